/**
 * Licensing online: the same file as carried by hand, fetched from the hub and renewed there before it
 * ends, by the product itself. [S4, O7]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import { FileConnection } from './file-connection.ts';
import { submitToHub } from './hub-submission.ts';
import type { Taken } from './load.ts';
import { nextRenewal, spendRenewal } from './renewals.ts';
import { makeRequest } from './request.ts';
import type { MachineState } from './state.ts';
import type { LicenseStatus } from './status.ts';

/** How often it is looked whether a file is due. */
const LOOK_MS = 3600 * 1000;
/** A license may have got more seats, functions or time: it is asked for once a week. */
const WEEK = 7 * DAY_SECONDS;

export type OnlineOptions = {
	hub: string;
	version?: string;
	now: () => Seconds;
	licenses: () => Promise<LicenseStatus[]>;
	load: (text: string) => Promise<Taken[]>;
};

/** Sends a request or a return, and loads what comes back. */
export async function submit(
	{ hub, load }: Pick<OnlineOptions, 'hub' | 'load'>,
	file: string
): Promise<Taken[] | Refusal> {
	const answer = await submitToHub(hub, file);
	if (isRefusal(answer)) return answer;
	const taken: Taken[] = [];
	for (const text of answer.files) taken.push(...(await load(text)));
	return taken;
}

/** Renews what is due now, and from now on. */
export async function connectOnline(
	state: MachineState,
	options: OnlineOptions
): Promise<FileConnection> {
	const connection = new FileConnection();
	let isLost = false;
	const look = async () => {
		for (const license of await options.licenses()) {
			const why = await renewWhenDue(state, license, options);
			if (why === 'not-due') continue;
			if (why) {
				isLost = true;
				const end = license.expiresAt ?? Number.POSITIVE_INFINITY;
				connection.emit('lost', { left: end - options.now(), why });
				continue;
			}
			connection.emit('renewed');
			if (isLost) connection.emit('back');
			isLost = false;
		}
	};
	await look();
	connection.every(LOOK_MS, look);
	return connection;
}

async function renewWhenDue(
	state: MachineState,
	license: LicenseStatus,
	{ version, now, ...options }: OnlineOptions
): Promise<Refusal | undefined | 'not-due'> {
	const { number, name, organization, label } = license;
	const renewal = isDue(license, now()) ? nextRenewal(state, number) : undefined;
	if (!renewal) return 'not-due';
	const made = await makeRequest(
		state,
		{ number, renewal },
		{ name, organization, label, version, now: now() }
	);
	if (isRefusal(made)) return made;
	const taken = await submit(options, made.file);
	if (isRefusal(taken)) return taken;
	spendRenewal(state, number, renewal.jti);
	const bad = taken.find(({ outcome }) => outcome === 'refused' || outcome === 'answered-no');
	if (!bad) return undefined;
	// Sound: a hub's "no" has a code and facts as refusals have.
	if (bad.outcome === 'answered-no')
		return { refused: bad.code, facts: bad.facts } as unknown as Refusal;
	return bad.outcome === 'refused' ? bad.reason : undefined;
}

/** When two thirds of its time are over, and once a week. */
export function isDue(
	{ state, signedAt, expiresAt }: Pick<LicenseStatus, 'state' | 'signedAt' | 'expiresAt'>,
	now: Seconds
): boolean {
	if (state !== 'active' && state !== 'expired') return false;
	const span = expiresAt === undefined ? WEEK : Math.min(WEEK, ((expiresAt - signedAt) * 2) / 3);
	return now >= signedAt + span;
}
