/**
 * Giving a seat back on the machine: active, then returning, then returned. [MA4]
 *
 * The return is stored before anything else, and its lying there is the lock: no file of that
 * activation runs here again, of any generation. It can be saved again, the same bytes, until its
 * receipt is loaded.
 *
 * @module
 */
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse, type Refusal, type Refusals } from '#lib/domain/refusal.ts';
import type { Returned } from '#lib/domain/machines/verification.ts';
import { activationStem, fileName } from '#lib/formats/file-name.ts';
import { readFile, writeFile, type TokenFile } from '#lib/formats/file.ts';
import { parseClaims, type Claims } from '#lib/formats/tokens.ts';
import { makeReturn } from '#lib/signing/return.ts';
import { existsSync, readFileSync } from 'node:fs';
import { PUBLIC_FILE_MODE, writeOnce } from './durable-file.ts';
import { keptActivations, type KeptActivation } from './kept.ts';
import { findMachineKey } from './machine-key.ts';
import { keptIds, keptPath, type MachineState } from './state.ts';
import { ownerOf } from './state-folder.ts';

type Activation = Claims['activation'];

export type MadeReturn = {
	activation: Activation;
	/** Armoured text. */
	file: string;
	/** `LABEL_XXXX_YYYYYY.kfret`: the stem of the activation's files. */
	name: string;
	/** Where the state keeps it. */
	path: string;
	/** It was made before; these are the same bytes. */
	again: boolean;
};

/** A return whose receipt has not been loaded. */
export type PendingReturn = MadeReturn & { tokens: TokenFile };

/** A person's words for one activation; an end of its id has at least this length. */
const ID_END_LENGTH = 6;

/** What this machine gave back, in either folder. */
export function givenBack(state: MachineState): Returned {
	const back = new Map<string, Refusals['ACTIVATION_RETURNED']>();
	for (const [act, file] of keptIds(state, 'returns')) back.set(act, { act, file, settled: false });
	for (const [act, file] of keptIds(state, 'receipts')) back.set(act, { act, file, settled: true });
	return back;
}

/** Returns that are still to be answered, by age. A damaged one locks, and cannot be carried. */
export function pendingReturns(state: MachineState): PendingReturn[] {
	const receipts = keptIds(state, 'receipts');
	const open = [...keptIds(state, 'returns')].filter(([act]) => !receipts.has(act));
	return open
		.flatMap(([, path]) => parseReturn(path) ?? [])
		.sort((a, b) => (a.age < b.age ? -1 : 1));
}

/**
 * Gives one activation back, or saves its return again.
 *
 * @param which - `act` or its end, or a license number; not needed where there is only one. What was
 * given back and not answered counts too, so that saving a return again never locks another seat.
 */
export async function createReturn(
	state: MachineState,
	{ which, product, now }: { which?: string; product?: string; now: number }
): Promise<MadeReturn | Refusal> {
	const held = keptActivations(state).filter(
		({ activation }) => product === undefined || activation.prd === product
	);
	const chosen = choose(held, givenBack(state), which?.trim());
	return isRefusal(chosen) ? chosen : giveBack(state, chosen, now);
}

/** Makes and stores the return of an activation; of several at once the first one stays. */
export async function giveBack(
	state: MachineState,
	{ file, activation }: KeptActivation,
	now: number
): Promise<MadeReturn | Refusal<'STATE_KEY_ELSEWHERE' | 'MACHINE_KEY_MISMATCH'>> {
	const { act, cnf } = activation;
	const before = keptIds(state, 'returns').get(act);
	if (before !== undefined) return { ...readReturn(before), again: true };

	const key = await findMachineKey(state, { act, jkt: cnf.jkt });
	if (isRefusal(key)) return key;
	if (!file.key) throw new Error(`the activation file of ${act} has no hub key`);
	const token = await makeReturn(activation, { ...key, now });
	const text = writeFile([file.key.text, file.body.text, token], returnLines(activation, now));
	// Where all who run on this activation look, or the lock would hold for this user only.
	const folder =
		state.folders.read.find(
			(each) => each === key.folder || existsSync(keptPath(each, 'activations', act))
		) ?? key.folder;
	const path = keptPath(folder, 'returns', act);
	try {
		writeOnce(path, text, PUBLIC_FILE_MODE);
	} catch (fault) {
		if ((fault as NodeJS.ErrnoException).code !== 'EACCES') throw fault;
		return refuse('STATE_KEY_ELSEWHERE', { folder, owner: ownerOf(folder) ?? '' });
	}
	return { ...readReturn(path), again: false };
}

function choose(
	held: readonly KeptActivation[],
	returned: Returned,
	which: string | undefined
): KeptActivation | Refusal {
	const named = which === undefined ? held : held.filter((each) => isNamed(each, which));
	const open = named.filter(({ activation }) => !returned.get(activation.act)?.settled);
	const [one, ...more] = open;
	if (one && more.length === 0) return one;
	if (one) return refuse('ACTIVATION_AMBIGUOUS', { activations: open.map(describeActivation) });
	const settled = named.length === 1 && named[0] && returned.get(named[0].activation.act);
	return settled
		? refuse('ACTIVATION_RETURNED', settled)
		: refuse('ACTIVATION_UNKNOWN', { activation: which ?? '' });
}

function isNamed({ activation: { act, num } }: KeptActivation, which: string): boolean {
	if (act === which || (which.length >= ID_END_LENGTH && act.endsWith(which.toLowerCase())))
		return true;
	const number = parseLicenseNumber(which);
	return !isRefusal(number) && number === num;
}

function describeActivation({ activation: { act, num, title } }: KeptActivation): string {
	return `${act} (${title}, ${num})`;
}

/** @throws When what lies there is no return: a fault of the disk, or of a hand. It locks all the same. */
function readReturn(path: string): PendingReturn {
	const read = parseReturn(path);
	if (!read) throw new Error(`${path} is damaged: it is no return`);
	return read;
}

function parseReturn(path: string): (PendingReturn & { age: string }) | undefined {
	const text = readFileSync(path, 'utf8');
	const tokens = readFile(text);
	if (isRefusal(tokens) || tokens.body.type !== 'return' || !tokens.activation) return undefined;
	const activation = parseClaims('activation', tokens.activation.payload);
	const claims = parseClaims('return', tokens.body.payload);
	if (isRefusal(activation) || isRefusal(claims)) return undefined;
	const name = fileName('return', activationStem(activation));
	return { activation, file: text, name, path, again: true, tokens, age: claims.jti };
}

function returnLines({ title, num, org, label }: Activation, now: number): string[] {
	return [
		`Keyferry return of ${title}`,
		`License: ${num}${org ? `, ${org}` : ''}`,
		`Machine: ${label ?? 'no label'}`,
		`Given back: ${new Date(now * 1000).toISOString()}`,
		'Carry this file to a desk or hub, and load the receipt that comes back.'
	];
}
