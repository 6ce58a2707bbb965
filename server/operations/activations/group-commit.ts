/**
 * Group commit: what arrives while a transaction runs is decided together in the next one. A store
 * that makes few durable commits a second then still takes many decisions a second, and each answer
 * waits for its own commit.
 *
 * @module
 */
import { promisify } from 'node:util';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';

export type GroupOptions = {
	/** Whether a fault is the store's and none of the asks': then all of them fail with it at once. */
	isOfStore?: (error: unknown) => boolean;
	limits?: GroupLimits;
};

export type GroupLimits = {
	/** Asks in one transaction. */
	batch: number;
	/** Asks that may wait; those beyond it are refused at once. */
	queue: number;
	/** How long those who were answered last are waited for. */
	patienceMs: number;
};

export const defaultGroupLimits: GroupLimits = { batch: 500, queue: 5000, patienceMs: 2 };

const nextTurn = promisify(setImmediate);

type Waiting<Ask, Answer> = {
	ask: Ask;
	resolve: (answer: Answer) => void;
	reject: (error: unknown) => void;
};

/**
 * @param decide - Decides all asks in one transaction and answers in their order, once that is
 * committed. Where it throws, all of it has happened or nothing has: asks are decided again, so what
 * has been decided must be found.
 * @returns Decides one ask with those that arrive at the same time, first come first served. An ask
 * that makes `decide` throw is decided again alone, and so are its neighbours: it fails alone. Nobody
 * waits for a store that is in trouble more than once.
 */
export function groupCommit<Ask, Answer>(
	decide: (asks: readonly Ask[]) => Promise<readonly Answer[]>,
	{ isOfStore = () => false, limits = defaultGroupLimits }: GroupOptions = {}
): (ask: Ask) => Promise<Answer | Refusal<'RATE_LIMITED'>> {
	const queue: Waiting<Ask, Answer>[] = [];
	let running = false;

	/** How many were decided together last. */
	let last = 1;
	/** Told of each ask while a group is gathered. */
	let arrived: (() => void) | undefined;

	async function run(): Promise<void> {
		running = true;
		while (queue.length > 0) {
			await gather();
			const group = queue.splice(0, limits.batch);
			last = group.length;
			await settle(group);
		}
		running = false;
	}

	/**
	 * Those who were answered ask again: with half of them and of those who waited meanwhile, the store
	 * works for one half while the other is read. Without it the first to ask again would go alone.
	 */
	async function gather(): Promise<void> {
		await nextTurn();
		const meant = Math.min(Math.ceil((last + queue.length) / 2), limits.batch);
		if (queue.length >= meant) return;
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, limits.patienceMs);
			arrived = () => {
				if (queue.length < meant) return;
				clearTimeout(timer);
				resolve();
			};
		});
		arrived = undefined;
	}

	async function settle(group: readonly Waiting<Ask, Answer>[]): Promise<void> {
		try {
			await commit(group);
		} catch (error) {
			if (group.length === 1 || isOfStore(error)) for (const each of group) each.reject(error);
			else for (const each of group) await settle([each]);
		}
	}

	async function commit(group: readonly Waiting<Ask, Answer>[]): Promise<void> {
		const answers = await decide(group.map(({ ask }) => ask));
		if (answers.length !== group.length) throw new Error('one answer for each ask');
		for (const [at, { resolve }] of group.entries()) resolve(answers[at]!);
	}

	return (ask) => {
		if (queue.length >= limits.queue)
			return Promise.resolve(refuse('RATE_LIMITED', { retryAfterSeconds: 1 }));
		return new Promise((resolve, reject) => {
			queue.push({ ask, resolve, reject });
			arrived?.();
			if (!running) void run();
		});
	};
}
