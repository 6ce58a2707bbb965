/**
 * Switching entitlements of a license: decided under its lock of what is switched now. Where other ones
 * are on than before, the license is renewed by the same transaction. [P7, CH1, O7]
 *
 * @module
 */
import { judgeLicense, termsInOrder } from '#lib/domain/licenses/license.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { decideSwitch, type SwitchAsk } from '#lib/domain/licenses/switch.ts';
import { namesOf } from '#server/db/names.ts';
import type { LicenseRecord, Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import { closeLedger } from '#server/ledger/close.ts';
import type { SignedToken } from '#server/ledger/held/answer.ts';
import { licenseOf, reopenLedger, type Ledger } from '#server/ledger/held/ledger.ts';
import { renewActivations } from '#server/ledger/renew-activations.ts';
import { signKeyAgain } from './license-key.ts';

/** Somebody switches an entitlement, and may. */
export type PlacedSwitch = Omit<SwitchAsk, 'author'> & {
	kind: 'switch';
	customerId: string;
	licenseId: string;
	actor: string;
	/** Of the command. */
	id: string;
	/** As the catalog says now. */
	isSwitchable: boolean;
};

export type SwitchedTogether = {
	/** Why not, for each that is refused. */
	refusals: ReadonlyMap<PlacedSwitch, Refusal | undefined>;
	/** Where other entitlements are on than before: the license, its key, and a ledger with its files. */
	renewed?: { license: LicenseRecord; key: SignedToken; ledger: Ledger };
};

/** @param asked - Of one license, in the order in which they were asked. */
export async function switchEntitlements(
	hub: Hub,
	shell: Writing,
	asked: readonly PlacedSwitch[]
): Promise<SwitchedTogether> {
	const [first] = asked;
	if (!first) return { refusals: new Map() };
	const { licenseId } = first;
	const [row] = await shell.lockLicenses([licenseId]);
	const refusal = row
		? (hub.signer.ended() ?? judgeLicense(licenseOf(row), hub.now()))
		: refuse('NOT_FOUND', { what: `license ${licenseId}` });
	if (!row || refusal) return { refusals: new Map(asked.map((each) => [each, refusal])) };
	let now = { entitled: row.terms.ent, switches: row.switches ?? {} };
	const done = new Map<PlacedSwitch, Refusal | undefined>();
	const switched: PlacedSwitch[] = [];
	for (const each of asked) {
		const { isSwitchable, actor: by, id, ...change } = each;
		const ask = { ...change, author: { by, at: hub.now(), id } };
		const next = decideSwitch(now, ask, isSwitchable);
		done.set(each, isRefusal(next) ? next : undefined);
		if (next === 'same' || isRefusal(next)) continue;
		now = next;
		switched.push(each);
	}
	const refusals = await withNames(shell, done);
	if (switched.length === 0) return { refusals };
	return { refusals, renewed: await renewAs(hub, shell, { row, now, switched }) };
}

type Switched = {
	row: LicenseRecord;
	now: { entitled: string[]; switches: NonNullable<LicenseRecord['switches']> };
	switched: readonly PlacedSwitch[];
};

async function renewAs(
	hub: Hub,
	shell: Writing,
	{ row, now, switched }: Switched
): Promise<SwitchedTogether['renewed']> {
	const { terms: before, licenseId } = row;
	const last = switched.at(-1)!;
	const notes = switched.map(({ actor, entitlement, value }) => {
		return { actor, action: 'license.allowed' as const, facts: { entitlement, value } };
	});
	for (const note of notes.slice(0, -1))
		shell.audit({ ...note, at: hub.now(), subject: licenseId });
	// Switched to and fro: what was signed says so already.
	const isSame = isSameSet(before.ent, now.entitled);
	const terms = isSame ? before : termsInOrder({ ...before, ent: now.entitled });
	const signed = isSame ? undefined : await signKeyAgain(hub, row, { ...terms });
	const set = { terms, switches: now.switches, ...signed?.kept };
	const license = await writeLicense(hub, shell, {
		license: row,
		change: { set, note: notes.at(-1)! }
	});
	if (!signed) return undefined;
	const ledger = reopenLedger(hub, license);
	await renewActivations(shell.tx, ledger, { license, actor: last.actor });
	await closeLedger(shell, ledger);
	return { license, key: signed.key, ledger };
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((each) => other.includes(each));
}

/** Who switched it meanwhile, by name. */
async function withNames(
	{ tx }: Writing,
	done: Map<PlacedSwitch, Refusal | undefined>
): Promise<Map<PlacedSwitch, Refusal | undefined>> {
	const authors = [...done.values()].flatMap((refusal) =>
		refusal?.refused === 'CHANGED_MEANWHILE' ? (refusal.facts.by ?? []) : []
	);
	const names = await namesOf(tx, authors);
	for (const [each, refusal] of done)
		if (refusal?.refused === 'CHANGED_MEANWHILE') {
			const { by = '', ...facts } = refusal.facts;
			done.set(each, refuse('CHANGED_MEANWHILE', { ...facts, by: names.get(by) ?? '' }));
		}
	return done;
}
