/**
 * What this machine holds: its key, requests made, activation files by `act`, refusals, and what
 * its verifier has learned. [MA3]
 *
 * Files of hubs are kept as they came and verified again at each reading, so nothing is believed
 * because it lies in a folder.
 *
 * @module
 */
import { compareMachines, type Fingerprint, type Machine } from '#lib/domain/machine.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { emptyTrustState, type TrustState } from '#lib/domain/verification.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import {
	exportPrivateJwk,
	generateKeyPair,
	importPrivateJwk,
	type PrivateJwk,
	type Signer
} from '#lib/signing/keys.ts';
import { join } from 'node:path';
import { SECRET_FILE_MODE, writeDurably, writeOnce } from './durable-file.ts';
import { machine } from './machine.ts';
import type { Probe } from './sources/probe.ts';
import {
	findStateFolders,
	listStateFiles,
	readStateFile,
	type StateFolders
} from './state-folder.ts';

export type MachineState = {
	folders: StateFolders;
	/** This machine, by the fingerprint given by hand where there is one. [MA2] */
	machine: Machine;
	/** What its sources say. */
	measured: Machine;
};

/** The kinds of files that are kept, each in a folder of its name. */
export type KeptKind = 'requests' | 'activations' | 'refusals';
const extensions: Record<KeptKind, string> = {
	requests: '.kfreq',
	activations: '.kfact',
	refusals: '.kfref'
};

const MACHINE_KEY = 'machine-key.json';

/** How many components of a state's machine must still match; the usual policy. */
const STATE_MATCHES = 2;

/** Opens the state of this machine for reading; nothing is written yet. */
export async function openState({
	state,
	probe
}: {
	/** Instead of the machine's folder. */
	state?: string;
	/** Recorded sources, for tests. */
	probe?: Probe;
} = {}): Promise<MachineState | Refusal<'STATE_OF_OTHER_MACHINE'>> {
	const folders = findStateFolders(state);
	const measured = await machine(probe);
	let given: Fingerprint['given'];
	for (const folder of folders.read) {
		const owner = readJson<Owner>(folder, 'machine.json');
		if (!owner) continue;
		if (typeof owner.fp !== 'object')
			throw new Error(`${join(folder, 'machine.json')} is damaged: it names no machine`);
		const { same, differ } = compareMachines(owner.fp, measured.fp, STATE_MATCHES);
		if (!same && JSON.stringify(owner.fp) !== JSON.stringify(measured.fp))
			return refuse('STATE_OF_OTHER_MACHINE', { folder, differ });
		given ??= owner.given;
	}
	return { folders, measured, machine: given ? { fp: { given }, vm: measured.vm } : measured };
}

type Owner = { fp: Fingerprint; given?: string };

/** Notes whose folder this is. @param given - Hash of a fingerprint given by hand, kept from now on. */
export function enrolMachine(state: MachineState, given?: string): MachineState {
	const kept = given ?? state.machine.fp.given;
	write(state, 'machine.json', { fp: state.measured.fp, given: kept });
	return kept ? { ...state, machine: { fp: { given: kept }, vm: state.measured.vm } } : state;
}

/** The machine key, made on first use. It never leaves this folder. [MA3] */
export async function openMachineKey(
	state: MachineState
): Promise<{ signer: Signer; jwk: PublicJwk }> {
	const found = state.folders.read.find((folder) => readMachineKey(folder));
	const folder = found ?? state.folders.write;
	if (!found) {
		const pair = await generateKeyPair(true);
		const made = `${JSON.stringify(await exportPrivateJwk(pair.privateKey))}\n`;
		writeOnce(join(folder, MACHINE_KEY), made, SECRET_FILE_MODE);
	}
	// What lies there counts: another process may have been first.
	const key = readMachineKey(folder);
	if (!key) throw new Error(`${join(folder, MACHINE_KEY)} cannot be read by this user`);
	const { kty, crv, x } = key;
	return { signer: await importPrivateJwk(key), jwk: { kty, crv, x } };
}

function readMachineKey(folder: string): PrivateJwk | undefined {
	return readJson<PrivateJwk>(folder, MACHINE_KEY);
}

/** Files of one kind as text, those of the machine's folder first. */
export function readKept(state: MachineState, kind: KeptKind): string[] {
	return state.folders.read.flatMap((folder) =>
		listStateFiles(folder, kind, extensions[kind]).map(
			(name) => readStateFile(folder, kind, name) ?? ''
		)
	);
}

/** @param id - `jti` or `act`; a draw's `act` has a dot, another maker's may have anything. */
export function keepFile(
	state: MachineState,
	{ kind, id, text }: { kind: KeptKind; id: string; text: string }
): void {
	const name = `${encodeURIComponent(id)}${extensions[kind]}`;
	writeDurably(join(state.folders.write, kind, name), text);
}

/** Trust of all folders as one: what is retired in either is retired. */
export function readTrust(state: MachineState): TrustState {
	return state.folders.read
		.map((folder) => readJson<Partial<TrustState>>(folder, 'trust.json') ?? {})
		.reduce<TrustState>(mergeTrust, emptyTrustState);
}

export function keepTrust(state: MachineState, trust: TrustState): void {
	const before = readTrust(state);
	const after = mergeTrust(before, trust);
	if (JSON.stringify(after) !== JSON.stringify(before)) write(state, 'trust.json', after);
}

/** Roots that somebody pinned here by naming them. Products are built with theirs instead. */
export function readPinnedRoots(state: MachineState): PublicJwk[] {
	const sets = state.folders.read.map((folder) =>
		readJson<{ keys: PublicJwk[] }>(folder, 'roots.json')
	);
	return sets.flatMap((set) => set?.keys ?? []);
}

export function pinRoots(state: MachineState, roots: readonly PublicJwk[]): void {
	const pinned = readPinnedRoots(state);
	const fresh = roots.filter((root) => !pinned.some(({ x }) => x === root.x));
	if (fresh.length > 0) write(state, 'roots.json', { keys: [...pinned, ...fresh] });
}

/** What is kept beside a request: only its maker saw the license key. Never a secret. */
export type RequestNote = { seats?: number; clients?: number; product?: string; title?: string };

export function keepRequestNote(state: MachineState, jti: string, note: RequestNote): void {
	write(state, `requests/${jti}.json`, note);
}

export function readRequestNote(state: MachineState, jti: string): RequestNote {
	const notes = state.folders.read.map((folder) =>
		readJson<RequestNote>(folder, 'requests', `${jti}.json`)
	);
	return notes.find((note) => note !== undefined) ?? {};
}

function mergeTrust(a: TrustState, b: Partial<TrustState>): TrustState {
	const generations = { ...a.generations };
	for (const [act, gen] of Object.entries(b.generations ?? {}))
		generations[act] = Math.max(generations[act] ?? 0, gen);
	return {
		trustedAt: Math.max(a.trustedAt, b.trustedAt ?? 0),
		generations,
		retired: [...new Set([...a.retired, ...(b.retired ?? [])])],
		voided: [...new Set([...a.voided, ...(b.voided ?? [])])]
	};
}

function write({ folders }: MachineState, name: string, value: unknown): void {
	writeDurably(join(folders.write, name), `${JSON.stringify(value, null, '\t')}\n`);
}

/**
 * The type is what this module writes.
 *
 * @throws When a file of the state is there and is not JSON: a fault of the disk, or of a hand.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function readJson<T>(folder: string, ...path: string[]): T | undefined {
	const text = readStateFile(folder, ...path);
	if (text === undefined) return undefined;
	try {
		return JSON.parse(text) as T;
	} catch (cause) {
		throw new Error(`${join(folder, ...path)} is damaged: it is not JSON`, { cause });
	}
}
