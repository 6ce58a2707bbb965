/**
 * What this machine holds: requests made, activation files by `act`, refusals, returns and receipts.
 * Its key and what its verifier has learned are in modules of their own. [MA3]
 *
 * Files of hubs are kept as they came and verified again at each reading, so nothing is believed
 * because it lies in a folder.
 *
 * @module
 */
import { compareMachines, type Fingerprint, type Machine } from '#lib/domain/machines/machine.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';
import { machine } from './machine.ts';
import { hashComponent } from './sources/component-values.ts';
import type { Probe } from './sources/probe.ts';
import {
	findStateFolders,
	listStateFiles,
	readStateFile,
	readStateJson,
	type StateFolders
} from './state-folder.ts';

export type MachineState = {
	folders: StateFolders;
	/** This machine, by the fingerprint given by hand where there is one. [MA2] */
	machine: Machine;
	/** What its sources say. */
	measured: Machine;
	/**
	 * Only where a repair was asked for: folders of the machine that this one was before, none where
	 * they are still recognized.
	 */
	repaired?: string[];
};

/** The kinds of files that are kept, each in a folder of its name. */
export type KeptKind = 'requests' | 'activations' | 'refusals' | 'returns' | 'receipts';
const extensions: Record<KeptKind, string> = {
	requests: '.kfreq',
	activations: '.kfact',
	refusals: '.kfref',
	returns: '.kfret',
	receipts: '.kfrcp'
};

/** By what a state's machine must still match; the usual policy. */
const STATE_POLICY = { k: 2, given: false };

/** Opens the state of this machine for reading; nothing is written yet. */
export async function openState({
	state,
	probe,
	given: named = process.env.KEYFERRY_FINGERPRINT || undefined,
	repair = false
}: {
	/** Instead of the machine's folder. */
	state?: string;
	/** Recorded sources, for tests. */
	probe?: Probe;
	/** The fingerprint given by hand, instead of the one kept here; else `KEYFERRY_FINGERPRINT`. [MA2] */
	given?: string;
	/** Open the state of another machine too: this one, before its repair. */
	repair?: boolean;
} = {}): Promise<MachineState | Refusal<'STATE_OF_OTHER_MACHINE'>> {
	const folders = findStateFolders(state);
	const measured = await machine(probe);
	const repaired: string[] = [];
	let given: Fingerprint['given'] = named && hashComponent('given', named);
	for (const folder of folders.read) {
		const owner = readStateJson<Owner>(folder, 'machine.json');
		if (!owner) continue;
		if (typeof owner.fp !== 'object')
			throw new Error(`${join(folder, 'machine.json')} is damaged: it names no machine`);
		const { same, differ } = compareMachines(owner.fp, measured.fp, STATE_POLICY);
		if (!same && JSON.stringify(owner.fp) !== JSON.stringify(measured.fp)) {
			if (!repair) return refuse('STATE_OF_OTHER_MACHINE', { folder, differ });
			repaired.push(folder);
		}
		given ??= owner.given;
	}
	return {
		folders,
		measured,
		machine: given ? { fp: { given }, vm: measured.vm } : measured,
		repaired: repair ? repaired : undefined
	};
}

type Owner = { fp: Fingerprint; given?: string };

/** Notes whose folder this is. @param given - Hash of a fingerprint given by hand, kept from now on. */
export function enrolMachine(state: MachineState, given?: string): MachineState {
	const kept = given ?? state.machine.fp.given;
	const owner = { fp: state.measured.fp, given: kept };
	for (const folder of new Set([state.folders.write, ...(state.repaired ?? [])]))
		writeJson(folder, 'machine.json', owner);
	return kept ? { ...state, machine: { fp: { given: kept }, vm: state.measured.vm } } : state;
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
	writeDurably(keptPath(state.folders.write, kind, id), text);
}

/** Where a file of this kind lies, or would. */
export function keptPath(folder: string, kind: KeptKind, id: string): string {
	return join(folder, kind, `${encodeURIComponent(id)}${extensions[kind]}`);
}

/** Ids of the files of one kind, each with its path. Of two folders the machine's own counts. */
export function keptIds({ folders }: MachineState, kind: KeptKind): Map<string, string> {
	const found = new Map<string, string>();
	for (const folder of folders.read.toReversed())
		for (const name of listStateFiles(folder, kind, extensions[kind]))
			found.set(idOf(name.slice(0, -extensions[kind].length)), join(folder, kind, name));
	return found;
}

/** A name that no SDK wrote stands for itself. */
function idOf(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

/** Roots that somebody pinned here by naming them. Products are built with theirs instead. */
export function readPinnedRoots(state: MachineState): PublicJwk[] {
	const sets = state.folders.read.map((folder) =>
		readStateJson<{ keys: PublicJwk[] }>(folder, 'roots.json')
	);
	return sets.flatMap((set) => set?.keys ?? []);
}

export function pinRoots(state: MachineState, roots: readonly PublicJwk[]): void {
	const pinned = readPinnedRoots(state);
	const fresh = roots.filter((root) => !pinned.some(({ x }) => x === root.x));
	if (fresh.length > 0)
		writeJson(state.folders.write, 'roots.json', { keys: [...pinned, ...fresh] });
}

/** What is kept beside a request: only its maker saw the license key. Never a secret. */
export type RequestNote = {
	/** Counts the requests of this machine, from 1. */
	order?: number;
	seats?: number;
	clients?: number;
	product?: string;
	title?: string;
};

export function keepRequestNote(
	state: MachineState,
	jti: string,
	note: Omit<RequestNote, 'order'>
): void {
	const others = [...keptIds(state, 'requests').keys()].filter((other) => other !== jti);
	const order = 1 + Math.max(0, ...others.map((other) => readRequestNote(state, other).order ?? 0));
	writeJson(state.folders.write, `requests/${jti}.json`, { ...note, order });
}

export function readRequestNote(state: MachineState, jti: string): RequestNote {
	const notes = state.folders.read.map((folder) =>
		readStateJson<RequestNote>(folder, 'requests', `${jti}.json`)
	);
	return notes.find((note) => note !== undefined) ?? {};
}

function writeJson(folder: string, name: string, value: unknown): void {
	writeDurably(join(folder, name), `${JSON.stringify(value, null, '\t')}\n`);
}
