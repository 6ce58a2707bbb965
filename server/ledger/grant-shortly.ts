/**
 * The short way to decide requests: on licenses as they were seen last, and stored in one round trip,
 * which fails where anything has changed since. The decision is that of the long way (`decide.ts`),
 * which takes whatever this one leaves. [SE1, SE2, SE3]
 *
 * @module
 */
import { isSameFingerprint } from '#lib/domain/machines/machine.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { isOverLimit } from '#lib/domain/seat.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { RequestAnswer } from '#server/ledger/held/answer.ts';
import type { PlacedRequest } from '#server/ledger/held/ask.ts';
import { decideRequest } from './decide-request.ts';
import { hashesOf } from '#server/ledger/held/held-activations.ts';
import { newLedger, type Ledger } from '#server/ledger/held/ledger.ts';
import { oweSignatures } from './owed-signatures.ts';
import type { SeenCustomer, SeenLicense } from './seen-licenses.ts';
import { storeGrants, type KnownRows, type Unread } from './store-grants.ts';

/** What each is answered; `changed` where the customer is not what was seen any more. */
export type Shortly = ReadonlyMap<PlacedRequest, RequestAnswer> | 'changed' | 'long';

/** No trial, nobody who waits, nothing that time has changed, nothing beyond the license. */
export function isShort(
	hub: Hub,
	{ intent, returns }: PlacedRequest,
	{ row, dueAt }: SeenLicense
): boolean {
	if (intent !== 'decide' || returns.length > 0 || hub.signer.ended()) return false;
	const isDue = dueAt !== null && dueAt <= hub.freeingTime();
	return !isDue && row.waiting === 0 && row.trialDays === null && !isOverLimit(row.seats, row);
}

/**
 * Decides requests of one customer, each of which {@link isShort}: first as if all of it were new, then
 * on what is known of it.
 *
 * @param seen - With the licenses that are asked of. It is brought along with what is stored.
 */
export async function grantShortly(
	hub: Hub,
	asks: readonly PlacedRequest[],
	seen: SeenCustomer
): Promise<Shortly> {
	const asked = { hub, asks, seen };
	const first = await attempt(asked, undefined);
	if (!isKnown(first)) return first;
	if (first.revision !== seen.revision || first.hash !== seen.head.hash) return 'changed';
	if (!asks.every((ask) => isSameMachine(ask, first))) return 'long';
	const second = await attempt(asked, first);
	return isKnown(second) ? 'changed' : second;
}

type Asked = { hub: Hub; asks: readonly PlacedRequest[]; seen: SeenCustomer };

function isKnown(outcome: Shortly | KnownRows): outcome is KnownRows {
	return typeof outcome === 'object' && 'is' in outcome;
}

/** What is known of the machine is a seat of the hub's own, and it shows what it has always shown. */
function isSameMachine(
	{ request: { claims }, licenseId }: PlacedRequest,
	{ activations }: KnownRows
): boolean {
	const shown = new Set(hashesOf(claims.fp));
	return activations
		.filter(
			(row) => row.licenseId === licenseId && hashesOf(row.fp).some((each) => shown.has(each))
		)
		.every(
			({ state, drawn, fp }) => state === 'active' && !drawn && isSameFingerprint(fp, claims.fp)
		);
}

async function attempt(
	{ hub, asks, seen }: Asked,
	known: KnownRows | undefined
): Promise<Shortly | KnownRows> {
	const { customerId, licenses } = seen;
	const meant = new Map(asks.map(({ request }) => [request.claims.num, undefined]));
	const owed = oweSignatures(hub.signer);
	const ledger = newLedger(
		{ ...hub, signer: owed.signer },
		customerId,
		[...meant.keys()].map((number) => ({ ...licenses.get(number)!.row }))
	);
	for (const row of known?.requests ?? []) ledger.requests.set(row.request, row);
	for (const row of known?.activations ?? []) ledger.held.set(row.act, row);
	const answers = new Map<PlacedRequest, RequestAnswer>();
	for (const ask of asks) {
		const answer = await decideRequest(ledger, ask);
		// The hub's key has ended meanwhile.
		if (isRefusal(answer)) return 'long';
		const { revocation } = licenses.get(ask.request.claims.num)!;
		answers.set(ask, { ...answer, revocation });
	}
	await owed.pay([...ledger.changed.files, ...ledger.requests.values(), ...answers.values()]);
	if (known && isUnchanged(ledger)) return answers;
	const unread = known ? { requests: [], hashes: [] } : unreadOf(asks);
	const stored = await storeGrants(hub.db, ledger, { seen, unread });
	if (stored.is === 'known') return stored;
	if (stored.is === 'changed') return 'changed';
	follow(seen, ledger, stored);
	return answers;
}

function isUnchanged({ changed: { requests, activations } }: Ledger): boolean {
	return requests.size === 0 && activations.size === 0;
}

function unreadOf(asks: readonly PlacedRequest[]): Unread {
	return {
		requests: [...new Set(asks.map(({ request }) => request.claims.jti))],
		hashes: [...new Set(asks.flatMap(({ request }) => hashesOf(request.claims.fp)))]
	};
}

/** What was seen is what there is now. */
function follow(
	seen: SeenCustomer,
	ledger: Ledger,
	{ revision, head }: Pick<SeenCustomer, 'revision' | 'head'>
): void {
	Object.assign(seen, { revision, head });
	for (const row of ledger.licenses.values())
		seen.licenses.get(row.number)!.row = { ...row, revision };
}
