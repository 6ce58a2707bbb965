/**
 * Activations on licenses that this hub has seen before: one round trip for each customer. What cannot be
 * decided so is left. [SE1, SE2]
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import type { RequestAnswer } from '#server/ledger/held/answer.ts';
import type { PlacedRequest } from '#server/ledger/held/ask.ts';
import { grantShortly, isShort } from '#server/ledger/grant-shortly.ts';
import { readLicenses, SeenLicenses, type SeenCustomer } from '#server/ledger/seen-licenses.ts';
import type { Hub } from '#server/hub/hub.ts';
import { admitTo, type SubmittedRequest } from './admit.ts';

const seenBy = new WeakMap<Hub, SeenLicenses>();

function seenOf(hub: Hub): SeenLicenses {
	const known = seenBy.get(hub) ?? new SeenLicenses();
	seenBy.set(hub, known);
	return known;
}

/** So often licenses are read anew where something was changed while it was decided. */
const TRIES = 2;

/** @returns The answers of those that were decided; the others are as if they had not been asked. */
export async function grantSeen(
	hub: Hub,
	submitted: readonly SubmittedRequest[],
	tries: number = TRIES
): Promise<ReadonlyMap<SubmittedRequest, RequestAnswer>> {
	const seen = seenOf(hub);
	const numbers = [...new Set(submitted.map(numberOf))];
	// All of them: what is read of one license of a customer tells that another was seen too long ago.
	if (!numbers.every((number) => seen.find(number)))
		for (const found of await readLicenses(hub.db, numbers)) seen.add(found);
	const byCustomer = Map.groupBy(submitted, (each) => seen.find(numberOf(each)));
	const answered = [...byCustomer].flatMap(([customer, own]) =>
		customer ? [grantOf(hub, { seen, customer, own, tries })] : []
	);
	return new Map((await Promise.all(answered)).flat());
}

function numberOf({ request }: SubmittedRequest): string {
	return request.claims.num;
}

type Share = {
	seen: SeenLicenses;
	customer: SeenCustomer;
	own: readonly SubmittedRequest[];
	tries: number;
};

async function grantOf(
	hub: Hub,
	{ seen, customer, own, tries }: Share
): Promise<[SubmittedRequest, RequestAnswer][]> {
	const placed = new Map<PlacedRequest, SubmittedRequest>();
	for (const each of own) {
		const license = customer.licenses.get(numberOf(each))!;
		const asked = admitTo(hub, license.row, each);
		if (isRefusal(asked)) continue;
		// All of a customer are decided together, in the order in which they came.
		if (!isShort(hub, asked, license)) return [];
		placed.set(asked, each);
	}
	if (placed.size === 0) return [];
	const answers = await grantShortly(hub, [...placed.keys()], customer).catch((error: unknown) => {
		// Whether it was stored is not known.
		seen.forget(customer);
		throw error;
	});
	if (answers === 'long') return [];
	if (answers !== 'changed') return [...placed].map(([asked, each]) => [each, answers.get(asked)!]);
	seen.forget(customer);
	return tries > 1 ? [...(await grantSeen(hub, [...placed.values()], tries - 1))] : [];
}
