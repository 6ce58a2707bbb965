/**
 * Receipts: the hub's signed answer to a return ends it on the machine. [MA4, SE5]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { fileTokens, readFile, writeFile, type TokenFile } from '#lib/formats/file.ts';
import { parseClaims, type Claims, type PublicJwk } from '#lib/formats/tokens.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { readFileSync } from 'node:fs';
import { learn } from '../verify.ts';
import { keptActivations, knownHubKeys } from './kept.ts';
import { pendingReturns } from './returns.ts';
import { keepFile, keptIds, type MachineState } from './state.ts';
import { keepTrust, readTrust } from './trust.ts';

/** What a receipt said. */
export type TakenReceipt =
	| {
			outcome: 'returned';
			activation: Claims['activation'];
			/** The seat is free, or cools until this time. */
			freed: true | number;
			/** It was loaded before. */
			again: boolean;
	  }
	| { outcome: 'elsewhere' }
	| { outcome: 'refused'; reason: Refusal };

/**
 * Takes in a receipt for an activation of this machine. Which return it answers does not matter: the
 * hub keys returns by activation, so one that a desk made, or that was made before the folder was
 * restored from a backup, ends it here as well.
 */
export async function takeReceipt(
	state: MachineState,
	file: TokenFile,
	roots: readonly PublicJwk[]
): Promise<TakenReceipt> {
	const trust = readTrust(state);
	const hubKeys = knownHubKeys(state);
	const verified = await verifyFile(file, { roots, voided: trust.voided, hubKeys });
	if (isRefusal(verified)) return { outcome: 'refused', reason: verified };
	keepTrust(state, learn(trust, verified.learned));
	// Sound: the caller compared the type of the body, and verifying does not change it.
	const { act, freed } = verified.body.claims as Claims['receipt'];
	const ours = [...pendingReturns(state), ...keptActivations(state)];
	const activation = ours.find((each) => each.activation.act === act)?.activation;
	if (!activation) return { outcome: 'elsewhere' };
	const again = keptIds(state, 'receipts').has(act);
	if (!again) {
		const tokens = fileTokens(file).map(({ text }) => text);
		if (!file.key && verified.hubKey) tokens.splice(-1, 0, verified.hubKey.text);
		keepFile(state, { kind: 'receipts', id: act, text: writeFile(tokens, lines(activation)) });
	}
	return { outcome: 'returned', activation, freed, again };
}

/** What the kept receipt of an activation says; absent where there is none, or none that is signed. */
export async function readReceipt(
	state: MachineState,
	act: string,
	roots: readonly PublicJwk[]
): Promise<Claims['receipt'] | undefined> {
	const path = keptIds(state, 'receipts').get(act);
	const file = path === undefined ? undefined : readFile(readFileSync(path, 'utf8'));
	if (!file || isRefusal(file) || file.body.type !== 'receipt') return undefined;
	const verified = await verifyFile(file, { roots, voided: readTrust(state).voided });
	if (isRefusal(verified)) return undefined;
	const claims = parseClaims('receipt', file.body.payload);
	return isRefusal(claims) || claims.act !== act ? undefined : claims;
}

function lines({ title, num, label }: Claims['activation']): string[] {
	return [
		`Keyferry receipt for the return of ${title}`,
		`License: ${num}`,
		`Machine: ${label ?? 'no label'}`
	];
}
