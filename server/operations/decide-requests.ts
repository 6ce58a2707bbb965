/**
 * Deciding activation requests: load, decide, sign and save in one transaction, under a lock on
 * each license. [SE2] Many requests are decided together as cheaply as one.
 *
 * @module
 */
import type { Writing } from '#server/db/writing.ts';
import type { Ask } from './ask.ts';
import type { Answer } from './answer.ts';
import { decideOne } from './decide-ask.ts';
import { recordReturn, type Receipt } from './give-back.ts';
import type { PlacedReturn } from './ask.ts';
import type { Hub } from './hub.ts';
import { loadLedger, type Ledger } from './ledger.ts';
import { findRevocations } from './revocations.ts';
import { saveLedger } from './save-ledger.ts';
import { serveWaiting } from './serve-waiting.ts';

/** @returns One answer for each ask, in their order. Asks may be of several customers. */
export async function decideRequests(
	hub: Hub,
	writing: Writing,
	asks: readonly Ask[]
): Promise<Answer[]> {
	return (await decideTogether(hub, writing, { asks })).answers;
}

/** What is decided in one transaction. */
export type Brought = { asks?: readonly Ask[]; returns?: readonly PlacedReturn[] };

/**
 * Returns first, those that requests carry included: a machine that was repaired gives its old seat
 * back and takes a new one in one file. [MA3, MA4]
 *
 * @returns A receipt for each return and an answer for each ask, in their orders.
 */
export async function decideTogether(
	hub: Hub,
	writing: Writing,
	{ asks = [], returns = [] }: Brought
): Promise<{ answers: Answer[]; receipts: Receipt[] }> {
	const leaving = [...returns, ...asks.flatMap((ask) => ask.returns ?? [])];
	const asksOf = Map.groupBy(asks, ({ customerId }) => customerId);
	const returnsOf = Map.groupBy(leaving, ({ customerId }) => customerId);
	const customerIds = [...new Set([...asksOf.keys(), ...returnsOf.keys()])].sort();
	const ledgers: Ledger[] = [];
	// All licenses before any customer: the order of locks. [SY4]
	for (const customerId of customerIds) {
		const wanted = {
			asks: asksOf.get(customerId) ?? [],
			leaving: (returnsOf.get(customerId) ?? []).map(leavingOf)
		};
		ledgers.push(await loadLedger(hub, writing, customerId, wanted));
	}
	const receipts = new Map<PlacedReturn, Receipt>();
	const answers = new Map<Ask, Answer>();
	for (const ledger of ledgers)
		for (const each of returnsOf.get(ledger.customerId) ?? [])
			receipts.set(each, await recordReturn(hub, ledger, each));
	for (const ledger of ledgers) {
		// A machine that gives its seat back in its own request takes it before those who wait. [RE1]
		const own = (asksOf.get(ledger.customerId) ?? []).toSorted(
			(one, other) => Number(isCarrying(other)) - Number(isCarrying(one))
		);
		const carrying = own.filter(isCarrying).length;
		const revocations = await findRevocations(writing.tx, ledger);
		for (const [at, ask] of own.entries()) {
			if (at === carrying) await serveWaiting(writing.tx, ledger);
			const answer = await decideOne(hub, ledger, ask);
			const carried = ask.returns?.map((each) => receipts.get(each)!);
			answers.set(ask, {
				...answer,
				revocation: revocations.get(ask.licenseId),
				...(carried?.length && { receipts: carried })
			});
		}
		await saveLedger(writing, ledger);
	}
	return {
		answers: asks.map((ask) => answers.get(ask)!),
		receipts: returns.map((each) => receipts.get(each)!)
	};
}

function isCarrying({ returns = [] }: Ask): boolean {
	return returns.length > 0;
}

function leavingOf({ proof, licenseId }: PlacedReturn) {
	const { act, req: request } = proof.activation;
	return { act, licenseId, way: 'return' as const, request };
}
