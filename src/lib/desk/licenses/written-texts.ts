/**
 * Texts that this desk has written and its mirror does not say yet: licenses and machines are found by them
 * all the same. [CH1, O9]
 *
 * @module
 */
import type { AskedChange } from '#lib/domain/licenses/change.ts';
import { textOfSubject } from '#lib/desk/mirror/asked-texts.ts';
import { readActivations } from './read-parts.ts';
import { nameMachines, type NamedMachine } from './texts.ts';

export type WrittenTexts = {
	/** By license: its note, names and sites of its machines. */
	byLicense: ReadonlyMap<string, string>;
	/** Machines of which something was written here, with that. */
	machines: readonly NamedMachine[];
};

/** @param asked - What was asked of each text. */
export async function readWritten(
	asked: ReadonlyMap<string, readonly AskedChange[]>
): Promise<WrittenTexts> {
	const open = [...asked].flatMap(([subject, changes]) => {
		const own = changes.filter(({ state }) => state !== 'over').map(({ value }) => value);
		return own.length > 0 ? [{ ...textOfSubject(subject), value: own.join(' ') }] : [];
	});
	const acts = open.filter(({ field }) => field !== 'note').map(({ of }) => of);
	const machines = await nameMachines(await readActivations([...new Set(acts)]));
	const licenseOf = new Map(machines.map(({ id, licenseId }) => [id, licenseId]));
	const byLicense = new Map<string, string>();
	for (const { field, of, value } of open) {
		const license = field === 'note' ? of : licenseOf.get(of);
		if (license === undefined) continue;
		byLicense.set(license, [byLicense.get(license), value].filter(Boolean).join(' '));
	}
	return { byLicense, machines };
}
