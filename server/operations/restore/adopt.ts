/**
 * Adopting what this hub has signed and, restored from a backup, has forgotten: license keys first,
 * then receipts, then activations. Whoever submits them, and whatever the state of the license.
 * [SY6, SY10]
 *
 * @module
 */
import type { Adoption } from '#lib/domain/adoption.ts';
import type { DrawState } from '#lib/domain/allotment.ts';
import { isRefusal, refuse, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { FoundFile } from '#server/ledger/adopt-activation.ts';
import type { FoundReceipt } from '#server/ledger/adopt-receipt.ts';
import { learnKey } from '#server/operations/facts/read-fact.ts';
import { recordFacts, type RecordedFact } from '#server/operations/facts/record-facts.ts';
import { adoptActivations } from './adopt-activations.ts';
import { adoptLicense } from './adopt-license.ts';
import { adoptReceipts } from './adopt-receipts.ts';
import type { Adopted, FoundKey } from './adopted.ts';

/** A file as it was read: what this hub has signed, or a fact, to be read once more as such. */
type Read =
	| { kind: 'license'; found: FoundKey }
	| { kind: 'activation'; found: FoundFile }
	| { kind: 'receipt'; found: FoundReceipt }
	/** What a desk signed, or an allotment: see `record-facts.ts`. */
	| { kind: 'fact'; text: string };

/**
 * @param texts - License keys, activation files, receipts, and facts of desks.
 * @returns What became of each, in their order. A file under a voided key is refused.
 */
export async function adopt(
	hub: Hub,
	texts: readonly string[],
	actor: string
): Promise<(Adopted | Refusal)[]> {
	const read = await Promise.all(texts.map((text) => readSigned(hub, text)));
	const genuine = withoutRefusals(read);
	const done = new Map<object, Adopted | Refusal>();
	for (const each of genuine)
		if (each.kind === 'license') done.set(each.found, await adoptLicense(hub, each.found, actor));
	const receipts = genuine.flatMap((each) => (each.kind === 'receipt' ? [each.found] : []));
	const files = genuine.flatMap((each) => (each.kind === 'activation' ? [each.found] : []));
	const facts = genuine.filter((each) => each.kind === 'fact');
	// A machine that gave its seat back may hold another; so receipts come first, as far as they can.
	for (const [receipt, adopted] of await adoptReceipts(hub, receipts, actor))
		done.set(receipt, adopted);
	for (const [file, adopted] of await adoptActivations(hub, files, actor)) done.set(file, adopted);
	// After what the hub itself has signed: a machine that it knows already joins its activation.
	const recorded = await recordFacts(
		hub,
		facts.map(({ text }) => text),
		actor
	);
	for (const [at, fact] of facts.entries()) done.set(fact, adoptedFact(recorded[at]!));
	const left = receipts.filter((receipt) => isRefusal(done.get(receipt)));
	for (const [receipt, adopted] of await adoptReceipts(hub, left, actor))
		done.set(receipt, adopted);
	return read.map((each) => {
		if (isRefusal(each)) return each;
		return done.get(each.kind === 'fact' ? each : each.found)!;
	});
}

function adoptedFact(fact: RecordedFact | Refusal): Adopted | Refusal {
	if (isRefusal(fact)) return fact;
	const { number } = fact;
	if (fact.kind === 'draw') {
		const { act, state, isNew } = fact.answer;
		return { kind: 'activation', number, act, outcome: isNew ? drawOutcomes[state] : 'known' };
	}
	if (fact.kind === 'return') return { kind: 'receipt', number, outcome: 'receipt' };
	return { kind: 'allotment', number, outcome: fact.isNew ? 'allotment' : 'known' };
}

const drawOutcomes = {
	recorded: 'seat',
	joined: 'same-machine',
	overage: 'overage',
	contested: 'overage'
} as const satisfies Record<DrawState, Adoption>;

async function readSigned(hub: Hub, text: string): Promise<Read | Refusal> {
	const file = readFile(text);
	if (isRefusal(file)) return file;
	const { allot } = (file.body.payload ?? {}) as { allot?: unknown };
	const { type: found } = file.body;
	if (found === 'allotment' || found === 'close' || found === 'return' || allot !== undefined)
		return { kind: 'fact', text };
	const verified = await verifyFile({ ...file, trust: undefined, revocation: undefined }, hub);
	if (isRefusal(verified)) return verified;
	const { type, claims, kid, text: token } = verified.body;
	if (type !== 'license' && type !== 'activation' && type !== 'receipt') {
		const expected = ['license', 'activation', 'receipt'];
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected, found: type });
	}
	await learnKey(hub, file, kid);
	// Sound: the type of the token is compared, and its claims are of that type.
	if (type === 'license') return { kind: type, found: { claims, kid, text: token } };
	if (type === 'receipt') return { kind: type, found: { claims, kid, text: token } };
	return { kind: type, found: { claims, kid, text: token } };
}
