/**
 * What a licensed product embeds: unlock, load, status and entitlements, on the state folder that
 * it shares with the CLI. [K2, K4, K5]
 *
 * @example
 * const licensing = await openLicensing({ roots, product: 'atlas-server', version: '8.2' });
 * if (!isRefusal(licensing) && (await licensing.has('dataflow'))) openDataflow();
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import type { Machine } from '#lib/domain/machine.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { judgeKey, type ForeignKeys } from '../judge-key.ts';
import { readInput } from './files.ts';
import { takeIn, type Taken } from './load.ts';
import { createReturn, type MadeReturn } from './returns.ts';
import { makeRequest, type MadeRequest, type RequestWishes } from './request.ts';
import type { Probe } from './sources/probe.ts';
import { openState } from './state.ts';
import { readStatus, type Status } from './status.ts';

export type LicensingOptions = {
	/** Root keys that the product was built with. */
	roots: readonly PublicJwk[];
	product?: string;
	version?: string;
	/** When the product was built: maintenance must not have ended before. */
	builtAt?: Seconds;
	/** Patterns of keys from before, each with the name it is refused under. [K3] */
	foreignKeys?: readonly ForeignKeys[];
	/** Where people ask for an upgrade. */
	contact?: string;
	/** Instead of the system's state folder. */
	state?: string;
	/** The fingerprint given to this machine by hand, where the license allows it; else `KEYFERRY_FINGERPRINT`. */
	given?: string;
	/** Recorded sources of a machine, for tests; see `recordedProbe`. */
	probe?: Probe;
	now?: () => Seconds;
};

/** `key` is what a person entered: license key, number, or the path of a `.kflic` file. [K2] */
export type Ask = Omit<RequestWishes, 'version'> & { key: string };

export type Licensing = {
	machine: Machine;
	createRequest(ask: Ask): Promise<MadeRequest | Refusal>;
	/** Takes in a file, a folder, or a text. @throws When a path names nothing. */
	load(input: string): Promise<Taken[]>;
	/**
	 * Gives the seat back: locked here at once, and a file to carry. The same call saves the same
	 * return again until its receipt is loaded. [MA4]
	 *
	 * @param activation - `act` or license number; not needed where this product holds only one.
	 */
	createReturn(activation?: string): Promise<MadeReturn | Refusal>;
	status(): Promise<Status>;
	/** Whether an active license of this product entitles to this feature here and now. [K4] */
	has(entitlement: string): Promise<boolean>;
};

export async function openLicensing(
	options: LicensingOptions
): Promise<Licensing | Refusal<'STATE_OF_OTHER_MACHINE'>> {
	const opened = await openState(options);
	if (isRefusal(opened)) return opened;
	let state = opened;
	const { roots, product, version, builtAt } = options;
	const now = options.now ?? (() => Math.max(0, Math.floor(Date.now() / 1000)));
	const wishes = () => ({ roots, product, version, builtAt, now: now() });
	const status = () => readStatus(state, wishes());
	return {
		machine: state.machine,
		status,
		async createRequest({ key, ...ask }) {
			const entered = await judgeKey(await readKeyField(key), options);
			if (isRefusal(entered)) return entered;
			const made = await makeRequest(state, entered, { ...ask, version, now: now() });
			if (ask.given && !isRefusal(made))
				state = { ...state, machine: { ...state.machine, fp: made.claims.fp } };
			return made;
		},
		createReturn: (which) => createReturn(state, { which, product, now: now() }),
		async load(input) {
			const taken: Taken[] = [];
			for (const each of await readInput(input))
				taken.push(...(await takeIn(state, each, wishes())));
			return taken;
		},
		async has(entitlement) {
			const { licenses } = await status();
			return licenses.some(
				(license) => license.state === 'active' && license.entitlements.includes(entitlement)
			);
		}
	};
}

/** The path of a `.kflic` file stands for what is in it. */
async function readKeyField(key: string): Promise<string> {
	if (!/\.kflic(\.txt)?$/i.test(key.trim())) return key;
	const pieces = await readInput(key.trim());
	return pieces.map(({ text = '' }) => text).join('\n');
}
