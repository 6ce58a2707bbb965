/**
 * What a look at one thing finds: it holds, or it comes with its mend.
 *
 * @module
 */
import { Fault, systemCode } from '#server/fault.ts';

/** `note`: worth knowing. `bad`: the server will not do what it should. */
export type Finding = { name: string; state: 'ok' | 'note' | 'bad'; says: string; mend?: string };

export type Check<Patient> = (patient: Patient) => Promise<Finding> | Finding;

export const ok = (name: string, says: string): Finding => ({ name, state: 'ok', says });

export const note = (name: string, says: string, mend?: string): Finding => ({
	name,
	state: 'note',
	says,
	mend
});

export const bad = (name: string, says: string, mend?: string): Finding => ({
	name,
	state: 'bad',
	says,
	mend
});

/** One line for each, in their order; what cannot even be looked at is bad. */
export async function lookAt<Patient>(
	patient: Patient,
	checks: Record<string, Check<Patient>>
): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (const [name, check] of Object.entries(checks))
		findings.push(
			await Promise.resolve()
				.then(() => check(patient))
				.catch((error: unknown) => findingOf(name, error))
		);
	return findings;
}

function findingOf(name: string, error: unknown): Finding {
	if (error instanceof Fault) return bad(name, error.message, error.next);
	return bad(name, `It could not be looked at (${systemCode(error) ?? String(error)}).`);
}
