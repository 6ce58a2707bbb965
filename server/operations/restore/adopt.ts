/**
 * Adopting what this hub has signed and, restored from a backup, has forgotten: license keys first,
 * then what else the hub has signed, then facts. Whoever submits them, and whatever the state of the
 * license. [SY6, SY10]
 *
 * @module
 */
import type { Adoption } from '#lib/domain/seats/adoption.ts';
import type { DrawState } from '#lib/domain/seats/allotment.ts';
import { isRefusal, refuse, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import type { Hub } from '#server/hub/hub.ts';
import { learnKey } from '#server/operations/facts/read-fact.ts';
import { recordKept } from '#server/operations/facts/record-kept.ts';
import { recordFacts, type RecordedFact } from '#server/operations/facts/record-facts.ts';
import { adoptAlone, adoptTogether } from './adopt-alone.ts';
import { adoptLists, readList, retireListed, type FoundList } from './adopt-revocations.ts';
import { adoptLicense } from './adopt-license.ts';
import { adoptSigned, type FoundSigned } from './adopt-signed.ts';
import type { Adopted, FoundKey } from './adopted.ts';

/** A file as it was read: what this hub has signed, or a fact, to be read once more as such. */
type Read = (
	| { kind: 'license'; found: FoundKey }
	| FoundSigned
	/** What a desk signed, or an allotment: see `record-facts.ts`. */
	| { kind: 'fact'; text: string }
) & { list?: FoundList };

/**
 * @param texts - License keys, activation files, receipts, and facts of desks.
 * @returns What became of each, in their order. A file under a voided key is refused.
 */
export async function adopt(
	hub: Hub,
	texts: readonly string[],
	actor: string
): Promise<(Adopted | Refusal)[]> {
	const read = await Promise.all(texts.map((text) => adoptAlone(hub, () => readSigned(hub, text))));
	const genuine = withoutRefusals(read);
	const done = new Map<object, Adopted | Refusal>();
	for (const each of genuine)
		if (each.kind === 'license')
			done.set(each, await adoptAlone(hub, () => adoptLicense(hub, each.found, actor)));
	const signed = genuine.filter((each) => each.kind === 'activation' || each.kind === 'receipt');
	const facts = genuine.filter((each) => each.kind === 'fact');
	const adopted = [
		await adoptTogether(hub, signed, (some) => adoptSigned(hub, some, actor)),
		// After what the hub itself has signed: a machine that it knows already joins its activation.
		await adoptTogether(hub, facts, (some) => adoptFacts(hub, some, actor))
	];
	for (const each of adopted) for (const [piece, said] of each) done.set(piece, said);
	await recordKept(hub);
	await adoptAlone(hub, () => retireGone(hub, { genuine, done }, actor));
	return read.map((each) => (isRefusal(each) ? each : done.get(each)!));
}

/** What lists name is gone, whichever of the two is brought first. [SE6, SE8] */
async function retireGone(
	hub: Hub,
	{ genuine, done }: { genuine: readonly Read[]; done: ReadonlyMap<object, Adopted | Refusal> },
	actor: string
): Promise<void> {
	await adoptLists(
		hub,
		genuine.flatMap(({ list }) => list ?? []),
		actor
	);
	const acts = [...done.values()].flatMap((said) => (isRefusal(said) ? [] : (said.act ?? [])));
	await retireListed(hub, acts, actor);
}

async function adoptFacts<F extends { text: string }>(
	hub: Hub,
	facts: readonly F[],
	actor: string
): Promise<Map<F, Adopted | Refusal>> {
	const texts = facts.map(({ text }) => text);
	const recorded = await recordFacts(hub, texts, actor);
	const done = new Map(facts.map((fact, at) => [fact, adoptedFact(recorded[at]!)]));
	// A return alone is completed from the ledger, which its draw has reached only now. [FI6, SE8]
	const alone = facts.filter((fact) => isKept(done.get(fact)!));
	if (alone.length === 0 || alone.length === facts.length) return done;
	return new Map([...done, ...(await adoptFacts(hub, alone, actor))]);
}

function isKept(said: Adopted | Refusal): boolean {
	return isRefusal(said) && said.refused === 'RETURN_KEPT';
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
	const list = await readList(hub, file);
	const { allot } = (file.body.payload ?? {}) as { allot?: unknown };
	const { type: found } = file.body;
	if (found === 'allotment' || found === 'close' || found === 'return' || allot !== undefined)
		return { kind: 'fact', text, list };
	const verified = await verifyFile({ ...file, trust: undefined, revocation: undefined }, hub);
	if (isRefusal(verified)) return verified;
	const { type, claims, kid, text: token } = verified.body;
	if (type !== 'license' && type !== 'activation' && type !== 'receipt') {
		const expected = ['license', 'activation', 'receipt'];
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected, found: type });
	}
	await learnKey(hub, file, kid);
	// Sound: the type of the token is compared, and its claims are of that type.
	if (type === 'license') return { kind: type, found: { claims, kid, text: token }, list };
	if (type === 'receipt') return { kind: type, found: { claims, kid, text: token }, list };
	return { kind: type, found: { claims, kid, text: token }, list };
}
