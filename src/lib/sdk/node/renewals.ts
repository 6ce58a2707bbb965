/**
 * What renews a file by its license number, without keeping the license key: proofs made from it in advance, each for one
 * request of this machine's key. Whoever copies them has nothing. [O7, RE2]
 *
 * @module
 */
import { uuidv7 } from '#lib/formats/uuid.ts';
import { proofOf } from '#lib/signing/request.ts';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EnteredKey } from '../judge-key.ts';
import { SECRET_FILE_MODE, writeDurably } from './durable-file.ts';
import { madeRequests } from './kept.ts';
import { openMachineKey } from './machine-key.ts';
import type { KeylessRenewal } from './request.ts';
import { keptIds, readRequestNote, type MachineState } from './state.ts';
import { readStateJson } from './state-folder.ts';

/** Once a week this is about five years; then the key is entered again. */
const PROOFS = 250;

type Stock = { proofs: { jti: string; proof: string }[] };

/** At a request with the license key: the only time that the key is there. */
export async function keepRenewals(
	state: MachineState,
	{ number, license }: EnteredKey
): Promise<void> {
	if (!license) return;
	const { signer } = await openMachineKey(state);
	const proofs: Stock['proofs'] = [];
	for (let at = 0; at < PROOFS; at++) {
		const jti = uuidv7();
		proofs.push({ jti, proof: await proofOf(license.sec, jti, signer.kid) });
	}
	writeStock(state, number, { proofs });
}

/** The next one, which stays until {@link spendRenewal}: a hub that did not answer costs none. */
export function nextRenewal(state: MachineState, number: string): KeylessRenewal | undefined {
	const [next] = readStock(state, number)?.proofs ?? [];
	if (!next) return undefined;
	const before = madeRequests(state).findLast(({ num }) => num === number);
	const { order: _, ...note } = before ? readRequestNote(state, before.jti) : {};
	return { ...next, note };
}

/** The next one, which is spent: its request is carried, and nobody says when it has arrived. */
export function takeRenewal(state: MachineState, number: string): KeylessRenewal | undefined {
	const next = nextRenewal(state, number);
	const [, ...proofs] = readStock(state, number)?.proofs ?? [];
	if (next) writeStock(state, number, { proofs });
	return next;
}

/** It was answered: requests before it are over, and are not kept for ever. */
export function spendRenewal(state: MachineState, number: string, jti: string): void {
	const proofs = readStock(state, number)?.proofs ?? [];
	writeStock(state, number, { proofs: proofs.filter((each) => each.jti !== jti) });
	const paths = keptIds(state, 'requests');
	for (const { num, jti: other } of madeRequests(state)) {
		const path = num === number && other !== jti ? paths.get(other) : undefined;
		if (path === undefined) continue;
		rmSync(path, { force: true });
		rmSync(path.replace(/\.kfreq$/, '.json'), { force: true });
	}
}

export function forgetRenewals({ folders }: MachineState, number: string): void {
	rmSync(join(folders.write, 'renewals', `${number}.json`), { force: true });
}

function readStock({ folders }: MachineState, number: string): Stock | undefined {
	const found = folders.read.map((folder) =>
		readStateJson<Stock>(folder, 'renewals', `${number}.json`)
	);
	return found.find((stock) => stock !== undefined);
}

function writeStock({ folders }: MachineState, number: string, stock: Stock): void {
	const text = `${JSON.stringify(stock)}\n`;
	writeDurably(join(folders.write, 'renewals', `${number}.json`), text, SECRET_FILE_MODE);
}
