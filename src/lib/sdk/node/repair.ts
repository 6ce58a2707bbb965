/**
 * A new request takes along what this machine has given back, and a repaired machine gives back what
 * it held before. [MA3, MA4]
 *
 * @module
 */
import { compareMachines } from '#lib/domain/machines/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { FILE_LENGTH_LIMIT } from '#lib/formats/armour.ts';
import { joinTokens } from '#lib/formats/file.ts';
import { TOKEN_LENGTH_LIMIT } from '#lib/formats/jws.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import type { EnteredKey } from '../judge-key.ts';
import { keptActivations, type KeptActivation } from './kept.ts';
import { findMachineKey } from './machine-key.ts';
import { giveBack, givenBack, pendingReturns, type PendingReturn } from './returns.ts';
import type { MachineState } from './state.ts';
import { isWritable, ownerOf } from './state-folder.ts';

/** An activation that stays as it is, and why. */
export type Kept = { activation: Claims['activation']; reason: Refusal };

/**
 * Pending returns for the license or product that is asked for, and those of the same hub. Another
 * vendor's would only make its hub refuse the file.
 */
export function carriedReturns(state: MachineState, key: EnteredKey): PendingReturn[] {
	const pending = pendingReturns(state);
	const own = concerned(pending, key);
	const carried: PendingReturn[] = [];
	// The request itself comes last and must fit as well. What does not is carried by its own file.
	let room = FILE_LENGTH_LIMIT - TOKEN_LENGTH_LIMIT;
	for (const each of own) {
		room -= joinTokens(each.tokens).length + 1;
		if (room >= 0) carried.push(each);
	}
	return carried;
}

/**
 * Gives back all that the machine held before its repair, at the hub that is asked. All or nothing:
 * where a folder or one of the keys belongs to somebody else, nothing is locked yet.
 *
 * @returns Those that stay: their keys are gone, or were never here.
 */
export async function giveAllBack(
	state: MachineState,
	key: EnteredKey,
	now: number
): Promise<Kept[] | Refusal<'STATE_KEY_ELSEWHERE'>> {
	for (const folder of state.repaired ?? [])
		if (!isWritable(folder))
			return refuse('STATE_KEY_ELSEWHERE', { folder, owner: ownerOf(folder) ?? '' });
	const returned = givenBack(state);
	const held = keptActivations(state).filter(
		({ activation }) => !returned.has(activation.act) && isOver(state, activation)
	);
	const leaving: KeptActivation[] = [];
	const kept: Kept[] = [];
	for (const each of concerned(held, key)) {
		const { act, cnf } = each.activation;
		const found = await findMachineKey(state, { act, jkt: cnf.jkt });
		if (!isRefusal(found)) leaving.push(each);
		else if (found.refused === 'STATE_KEY_ELSEWHERE') return found;
		else kept.push({ activation: each.activation, reason: found });
	}
	for (const each of leaving) {
		const made = await giveBack(state, each, now);
		if (!isRefusal(made)) continue;
		if (made.refused === 'STATE_KEY_ELSEWHERE') return made;
		kept.push({ activation: each.activation, reason: made });
	}
	return kept;
}

/** Of the machine before its repair; a license may ask for more matches than the state folder. */
function isOver(
	{ repaired = [], machine }: MachineState,
	{ fp, pol }: Kept['activation']
): boolean {
	return repaired.length > 0 || !compareMachines(fp, machine.fp, pol).same;
}

/** Those of the license, the product, or a hub that one of these is from. */
function concerned<T extends { activation: Claims['activation'] }>(
	all: readonly T[],
	{ number, license }: EnteredKey
): T[] {
	const isAsked = ({ activation: { num, prd } }: T) => num === number || prd === license?.prd;
	const hubs = new Set(all.filter(isAsked).map(({ activation }) => activation.iss));
	if (license) hubs.add(license.iss);
	// A number alone does not tell its hub; where all are from one, it is that one.
	const [only, ...others] = new Set(all.map(({ activation }) => activation.iss));
	if (hubs.size === 0 && only !== undefined && others.length === 0) hubs.add(only);
	return all.filter((each) => isAsked(each) || hubs.has(each.activation.iss));
}
