/**
 * Requests that were read and verified here are decided by the worker that owns their customer: all of a
 * customer's then share its groups and what it has seen of it. Who owns whom is no promise to anybody:
 * where the owner has gone, or two believe to be it for a moment, locks and revisions decide. [SE1, SE2]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { directory } from '#server/db/schema/catalog.ts';
import type { Database } from '#server/db/database.ts';
import type { Hub } from '#server/hub/hub.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { decideThrough, type Decide } from '#server/operations/activations/activate.ts';
import type { SubmittedRequest } from '#server/operations/activations/admit.ts';
import type { Line } from './line.ts';
import { ownerAmong } from './owners.ts';
import type { WorkerQuestions } from './questions.ts';

/** Customers of so many licenses are known without asking the directory. */
const KNOWN = 20_000;

/** As long as whoever decides waits for a lock: one that stands still holds up nobody for ever. */
export const PATIENCE_MS = 5_000;

/** Nothing where it could not be decided. */
type Handed = Awaited<ReturnType<Decide>> | undefined;

export type HandingOver = {
	/** Who takes part from now on. */
	useLive(workers: readonly number[]): void;
	/** What another worker hands over. Whoever asks is to say why it could not be decided. */
	decide(submitted: SubmittedRequest): Promise<Handed>;
};

/**
 * @param onDecided - Told of each request that another worker has decided.
 * @param onFault - Told of what the store refused to others who asked here.
 */
export function handOver(
	hub: Hub,
	{
		self,
		line,
		onDecided,
		onFault
	}: {
		self: number;
		line: Line<WorkerQuestions>;
		onDecided: () => void;
		onFault: (error: unknown, what: string) => void;
	}
): HandingOver {
	let live: readonly number[] = [self];
	let decideHere: Decide | undefined;
	const customerOf = rememberCustomers(hub.db);
	/** Owners that somebody here has waited for too long: until they answer, nobody else does. */
	const late = new Set<number>();
	/** @returns Nothing where the owner could not decide, or does not answer. */
	const askOwner = (owner: number, submitted: SubmittedRequest): Promise<Handed> =>
		new Promise((resolve) => {
			const timer = setTimeout(() => {
				late.add(owner);
				resolve(undefined);
			}, PATIENCE_MS);
			const settle = (decided: Handed) => {
				clearTimeout(timer);
				late.delete(owner);
				resolve(decided);
			};
			// It may have decided and gone: the same request is answered the same. [SE3]
			line.ask(owner, 'decide', submitted).then(settle, () => settle(undefined));
		});
	decideThrough(hub, (own) => {
		decideHere = own;
		return async (submitted) => {
			if (live.length < 2) return own(submitted);
			const customerId = await customerOf(submitted.request.claims.num);
			const owner = customerId === undefined ? self : (ownerAmong(customerId, live) ?? self);
			if (owner === self || late.has(owner)) return own(submitted);
			const decided = await askOwner(owner, submitted);
			if (decided === undefined) return own(submitted);
			onDecided();
			return decided;
		};
	});
	return {
		useLive: (workers) => (live = workers),
		decide: async (submitted) => {
			try {
				return await decideHere!(submitted);
			} catch (error) {
				onFault(error, 'a request that was handed over failed');
				// Nobody waits for a store that is in trouble more than once.
				return refusalOfFault(error);
			}
		}
	};
}

/** A license that has moved is decided all the same, by another worker than its new customer's. */
function rememberCustomers(db: Database): (number: string) => Promise<string | undefined> {
	const known = new Map<string, string>();
	return async (number) => {
		const found = known.get(number);
		if (found !== undefined) return found;
		const [row] = await db
			.select({ customerId: directory.customerId })
			.from(directory)
			.where(eq(directory.key, number));
		if (!row) return undefined;
		if (known.size >= KNOWN) known.clear();
		known.set(number, row.customerId);
		return row.customerId;
	};
}
