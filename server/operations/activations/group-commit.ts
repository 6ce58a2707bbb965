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
};

export const defaultGroupLimits: GroupLimits = { batch: 500, queue: 5000 };

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

	async function run(): Promise<void> {
		running = true;
		while (queue.length > 0) {
			await gather();
			await settle(queue.splice(0, limits.batch));
		}
		running = false;
	}

	/**
	 * Those who were answered together ask again together: the first of them does not go alone while
	 * each turn of the event loop brings another.
	 */
	async function gather(): Promise<void> {
		for (let before = 0; before < queue.length && queue.length < limits.batch;) {
			before = queue.length;
			await nextTurn();
		}
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
			if (!running) void run();
		});
	};
}
