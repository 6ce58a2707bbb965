/**
 * Adopting what this hub has signed and, restored from a backup, has forgotten: license keys first,
 * then receipts, then activations. Whoever brings them, and whatever the state of the license.
 * [SY6, SY10]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import type { DrawState } from '#lib/domain/allotment.ts';
import type { Adoption } from '#lib/domain/adoption.ts';
import { termsInOrder } from '#lib/domain/license.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { adoptActivations } from './adopt-activations.ts';
import { adoptReceipts } from './adopt-receipts.ts';
import type { Adopted, FoundKey } from './adopted.ts';
import type { FoundFile } from '#server/ledger/adopt-activation.ts';
import type { FoundReceipt } from '#server/ledger/adopt-receipt.ts';
import { learnKey } from '#server/operations/facts/read-fact.ts';
import { recordFacts, type RecordedFact } from '#server/operations/facts/record-facts.ts';

type Read =
	| { license: FoundKey }
	| { activation: FoundFile }
	| { receipt: FoundReceipt }
	/** What a desk signed, or an allotment: see `record-facts.ts`. */
	| { fact: string };

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
	const done = new Map<unknown, Adopted | Refusal>();
	for (const each of read)
		if (!isRefusal(each) && 'license' in each)
			done.set(each, await adoptLicense(hub, each.license, actor));
	const found = read.flatMap((each) =>
		!isRefusal(each) && 'activation' in each ? [each.activation] : []
	);
	const receipts = read.flatMap((each) =>
		!isRefusal(each) && 'receipt' in each ? [each.receipt] : []
	);
	// A machine that gave its seat back may hold another; so receipts come first, as far as they can.
	for (const [receipt, adopted] of await adoptReceipts(hub, receipts, actor))
		done.set(receipt, adopted);
	for (const [activation, adopted] of await adoptActivations(hub, found, actor))
		done.set(activation, adopted);
	// After what the hub itself has signed: a machine that it knows already joins its activation.
	const facts = read.flatMap((each) => (!isRefusal(each) && 'fact' in each ? [each] : []));
	for (const [fact, adopted] of await adoptFacts(hub, facts, actor)) done.set(fact, adopted);
	const left = receipts.filter((receipt) => isRefusal(done.get(receipt)));
	for (const [receipt, adopted] of await adoptReceipts(hub, left, actor))
		done.set(receipt, adopted);
	return read.map((each) => {
		if (isRefusal(each)) return each;
		if ('license' in each || 'fact' in each) return done.get(each)!;
		return done.get('activation' in each ? each.activation : each.receipt)!;
	});
}

async function adoptFacts(
	hub: Hub,
	facts: readonly { fact: string }[],
	actor: string
): Promise<Map<unknown, Adopted | Refusal>> {
	const texts = facts.map(({ fact }) => fact);
	const recorded = await recordFacts(hub, texts, actor);
	return new Map(
		facts.map((fact, at) => {
			const outcome = recorded[at]!;
			return [fact, isRefusal(outcome) ? outcome : adoptedFact(outcome)];
		})
	);
}

function adoptedFact(fact: RecordedFact): Adopted {
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
		return { fact: text };
	const verified = await verifyFile({ ...file, trust: undefined, revocation: undefined }, hub);
	if (isRefusal(verified)) return verified;
	const { type, claims, kid, text: token } = verified.body;
	if (type !== 'license' && type !== 'activation' && type !== 'receipt') {
		const expected = ['license', 'activation', 'receipt'];
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected, found: type });
	}
	await learnKey(hub, file, kid);
	// Sound: the type of the token is compared, and its claims are of that type.
	if (type === 'license') return { license: { claims, kid, text: token } };
	if (type === 'receipt') return { receipt: { claims, kid, text: token } };
	return { activation: { claims, kid, text: token } };
}

/** A license key is taken up where its license is unknown, or where its own secret was lost. */
async function adoptLicense(
	hub: Hub,
	{ claims, kid, text }: FoundKey,
	actor: string
): Promise<Adopted | Refusal> {
	const { sub: licenseId, num: number, seats, exp, sec, iat } = claims;
	const sealed = {
		sealedKey: hub.seal.seal(text, licenseId),
		sealedSecret: hub.seal.seal(sec, licenseId),
		kid
	};
	const [known] = await hub.db.select().from(directory).where(eq(directory.key, licenseId));
	const customerId = known?.customerId ?? (await findCustomer(hub, claims.org));
	if (customerId === undefined)
		return refuse('NOT_FOUND', { what: `customer ${claims.org ?? ''}`.trim() });
	const outcome = await writing(hub.db, async (shell): Promise<Adopted['outcome']> => {
		const { tx, lockLicenses, raiseRevision, audit } = shell;
		const [row] = await lockLicenses(customerId, [licenseId]);
		const at = hub.now();
		if (row) {
			if (row.frozenAt === null || !row.reissued) return 'known';
			const revision = await raiseRevision(customerId);
			await tx
				.update(licenses)
				.set({ ...sealed, reissued: false, revision })
				.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
			audit(customerId, {
				...{ at, actor, action: 'license.reissued', subject: licenseId },
				facts: { kid, found: true }
			});
			return 'license';
		}
		await tx.insert(directory).values([
			{ key: number, customerId, licenseId },
			{ key: licenseId, customerId, licenseId }
		]);
		await tx.insert(licenses).values({
			...{ customerId, licenseId, number, product: claims.prd, terms: termsInOrder(claims) },
			...{ seats, ceiling: seats, expiresAt: exp, ...sealed },
			...{ createdAt: iat, frozenAt: at, revision: await raiseRevision(customerId) }
		});
		audit(customerId, {
			...{ at, actor, action: 'license.adopted', subject: licenseId },
			facts: { number, product: claims.prd, seats }
		});
		return 'license';
	});
	return { kind: 'license', number, outcome };
}

/** License keys name the organization; a customer added after the backup is added again first. */
async function findCustomer(hub: Hub, name: string | undefined): Promise<string | undefined> {
	if (name === undefined) return undefined;
	const [found] = await hub.db.select().from(customers).where(eq(customers.name, name));
	return found?.customerId;
}
