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
import { judgeEntitlement, type SinceTable } from '#lib/domain/licenses/entitlement.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { judgeKey, type ForeignKeys } from '../judge-key.ts';
import type { Connection, ConnectWishes, LicensingType } from './connecting.ts';
import { FileConnection } from './file-connection.ts';
import { readInput } from './files.ts';
import { takeIn, type Taken } from './load.ts';
import { connectOnline, submit } from './online-licensing.ts';
import { keepRenewals, takeRenewal } from './renewals.ts';
import { createReturn, type MadeReturn } from './returns.ts';
import { makeRequest, type MadeRequest, type RequestWishes } from './request.ts';
import { ServerLicensing } from './server-licensing.ts';
import type { Probe } from './sources/probe.ts';
import { openState, type MachineState } from './state.ts';
import { readStatus, type Status } from './status.ts';

export type LicensingOptions = {
	/** Root keys that the product was built with. */
	roots: readonly PublicJwk[];
	product?: string;
	version?: string;
	/** From which version on its entitlements work: `{ 'remote-management': '5.2' }`. It needs `version`. [P7] */
	since?: SinceTable;
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
	/** Where the licenses come from; files unless said otherwise. [S4] */
	licensing?: LicensingType;
	/** Keeps what makes later requests by the number alone, without the key; online it always does. [O7] */
	isRenewable?: boolean;
	/** PEM of the authority of a site server's certificate; trust in its licenses never comes from it. */
	ca?: string;
	/** Name of a client that comes and goes, else `KEYFERRY_CLIENT`; else the installation is the client. [LE3] */
	client?: string;
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
	/** Of files offline; of a site server as it says, and from memory where it does not answer. */
	status(): Promise<Status>;
	/**
	 * Begins to work: a seat at the site server, renewed until it is closed; online files are renewed from
	 * now on; other files need nothing. A program connects once, and anew to start under new terms. [S4, LE6]
	 */
	connect(wishes?: ConnectWishes): Promise<Connection | Refusal>;
	/**
	 * Online only: sends a request or return to the hub and loads its answer.
	 *
	 * @throws Where the licensing type is another one: files are carried.
	 */
	submit(file: string): Promise<Taken[] | Refusal>;
	/** Whether an active license of this product entitles to this feature here and now. [K4] */
	has(entitlement: string): Promise<boolean>;
	/** Why it has not, for people; `undefined` where it has. [P7] */
	whyNot(entitlement: string): Promise<Refusal | undefined>;
};

/** @throws Where `since` is named and `version` is not. */
export async function openLicensing(
	options: LicensingOptions
): Promise<Licensing | Refusal<'STATE_OF_OTHER_MACHINE'>> {
	const opened = await openState(options);
	if (isRefusal(opened)) return opened;
	let state = opened;
	const { roots, product, version, since, builtAt, licensing: type = 'file' } = options;
	if (since !== undefined && version === undefined)
		throw new Error('a product that says since when its functions work names its version');
	const now = options.now ?? (() => Math.max(0, Math.floor(Date.now() / 1000)));
	const wishes = () => ({ roots, product, version, builtAt, now: now() });
	const fileStatus = () => readStatus(state, { ...wishes(), since });
	const load = async (input: string) => {
		const taken: Taken[] = [];
		for (const each of await readInput(input)) taken.push(...(await takeIn(state, each, wishes())));
		return taken;
	};
	const hub = typeof type === 'object' && 'online' in type ? type.online : undefined;
	const server = openServer(state, options);
	const entitled = async () => {
		if (server) return server.entitlements;
		const { licenses } = await fileStatus();
		return licenses.flatMap(({ state, entitlements }) => (state === 'active' ? entitlements : []));
	};
	const whyNot = async (entitlement: string) =>
		judgeEntitlement(await entitled(), { entitlement, version, since });
	return {
		machine: state.machine,
		load,
		async status() {
			const own = await fileStatus();
			return server ? { ...own, waiting: [], refused: [], ...(await server.status()) } : own;
		},
		async connect(asked = {}) {
			if (server) return server.connect(asked);
			if (hub === undefined) return new FileConnection();
			const licenses = async () => (await fileStatus()).licenses;
			return connectOnline(state, { hub, version, now, licenses, load });
		},
		submit(file) {
			if (hub === undefined)
				throw new Error('only what is licensed online is sent: carry the file');
			return submit({ hub, load }, file);
		},
		async createRequest({ key, ...ask }) {
			const entered = await judgeKey(await readKeyField(key), options);
			if (isRefusal(entered)) return entered;
			const isOwn = ask.machine === undefined;
			const isBare = isOwn && !entered.license;
			const renewal = isBare ? takeRenewal(state, entered.number) : undefined;
			const wished = { ...ask, version, now: now() };
			const made = await makeRequest(state, { ...entered, renewal }, wished);
			if (isRefusal(made)) return made;
			if (ask.given) state = { ...state, machine: { ...state.machine, fp: made.claims.fp } };
			if (isOwn && (hub !== undefined || options.isRenewable)) await keepRenewals(state, entered);
			return made;
		},
		createReturn: (which) => createReturn(state, { which, product, now: now() }),
		has: async (entitlement) => (await whyNot(entitlement)) === undefined,
		whyNot
	};
}

/** @throws Where no product is named: a site server counts the clients of one. */
function openServer(
	state: MachineState,
	{ licensing, product, ...options }: LicensingOptions
): ServerLicensing | undefined {
	if (typeof licensing !== 'object' || !('server' in licensing)) return undefined;
	if (product === undefined) throw new Error('a client of a site server names its product');
	return new ServerLicensing(state, { ...options, product, server: licensing.server });
}

/** The path of a `.kflic` file stands for what is in it. */
async function readKeyField(key: string): Promise<string> {
	if (!/\.kflic(\.txt)?$/i.test(key.trim())) return key;
	const pieces = await readInput(key.trim());
	return pieces.map(({ text = '' }) => text).join('\n');
}
