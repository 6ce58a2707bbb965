import { describe, expect, test, vi } from 'vitest';
import { refuse } from '#lib/domain/refusal.ts';
import { defaultGroupLimits, groupCommit } from './group-commit.ts';

/** Lets a test say when a transaction is committed. */
function heldBack() {
	const groups: (readonly string[])[] = [];
	const commits: (() => void)[] = [];
	const decide = async (asks: readonly string[]) => {
		groups.push(asks);
		await new Promise<void>((resolve) => commits.push(resolve));
		return asks.map((ask) => ask.toUpperCase());
	};
	const turn = async () => {
		for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
	};
	/** Of the next group, once it is gathered. */
	const commit = async () => {
		await vi.waitFor(() => expect(commits).not.toEqual([]), { timeout: 60_000, interval: 1 });
		commits.shift()!();
		await turn();
	};
	return { groups, decide, commit, turn };
}

describe('group commit', () => {
	test('what arrives together is decided together', async () => {
		const { groups, decide, commit } = heldBack();
		const ask = groupCommit(decide);
		const answers = ['a', 'b', 'c'].map(ask);
		await commit();
		await Promise.all(answers);
		expect(groups).toEqual([['a', 'b', 'c']]);
	});

	test('what arrives while a transaction runs is decided in the next one, in order', async () => {
		const { groups, decide, commit, turn } = heldBack();
		const ask = groupCommit(decide);
		const first = ask('a');
		await turn();
		const answers = ['b', 'c', 'd'].map(ask);
		await commit();
		await commit();
		expect(groups).toEqual([['a'], ['b', 'c', 'd']]);
		expect(await Promise.all([first, ...answers])).toEqual(['A', 'B', 'C', 'D']);
	});

	test('those who were answered are waited for, until half of them ask again', async () => {
		const { groups, decide, commit, turn } = heldBack();
		const ask = groupCommit(decide, { limits: { ...defaultGroupLimits, patienceMs: 60_000 } });
		const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
		const answers = names.map(ask);
		await commit();
		await Promise.all(answers);
		const again = [];
		for (const name of names.slice(0, 5)) {
			expect(groups).toEqual([names]);
			again.push(ask(name));
			await turn();
		}
		await commit();
		await Promise.all(again);
		expect(groups).toEqual([names, names.slice(0, 5)]);
	});

	test('who does not come is not waited for longer', async () => {
		const { groups, decide, commit } = heldBack();
		const ask = groupCommit(decide);
		const answers = ['a', 'b', 'c', 'd'].map(ask);
		await commit();
		answers.push(ask('e'));
		await commit();
		await Promise.all(answers);
		expect(groups).toEqual([['a', 'b', 'c', 'd'], ['e']]);
	});

	test('each answer waits for its own commit', async () => {
		const { decide, commit, turn } = heldBack();
		const ask = groupCommit(decide);
		const answered: unknown[] = [];
		const note = (each: string) => ask(each).then((answer) => answered.push(answer));
		const both = [note('a')];
		await turn();
		both.push(note('b'));
		expect(answered).toEqual([]);
		await commit();
		expect(answered).toEqual(['A']);
		await commit();
		await Promise.all(both);
		expect(answered).toEqual(['A', 'B']);
	});

	test('a group is no larger than its limit, and who waits longest comes first', async () => {
		const { groups, decide, commit } = heldBack();
		const ask = groupCommit(decide, { limits: { ...defaultGroupLimits, batch: 2 } });
		const answers = ['a', 'b', 'c', 'd', 'e'].map(ask);
		for (let turns = 0; turns < 3; turns++) await commit();
		await Promise.all(answers);
		expect(groups).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
	});

	test('beyond the queue an ask is refused at once, and later ones are not', async () => {
		const { decide, commit, turn } = heldBack();
		const ask = groupCommit(decide, { limits: { ...defaultGroupLimits, batch: 2, queue: 2 } });
		const answers = [ask('a')];
		await turn();
		answers.push(ask('b'), ask('c'));
		expect(await ask('d')).toEqual(refuse('RATE_LIMITED', { retryAfterSeconds: 1 }));
		for (let turns = 0; turns < 2; turns++) await commit();
		expect(await Promise.all(answers)).toEqual(['A', 'B', 'C']);
		const later = ask('e');
		await commit();
		expect(await later).toBe('E');
	});

	test('an ask that cannot be decided fails alone', async () => {
		const groups: (readonly string[])[] = [];
		const ask = groupCommit(async (asks: readonly string[]) => {
			groups.push(asks);
			await Promise.resolve();
			if (asks.includes('poison')) throw new Error('poisoned');
			return asks;
		});
		const answers = await Promise.allSettled(['a', 'b', 'poison', 'c'].map(ask));
		expect(answers.map(({ status }) => status)).toEqual([
			'fulfilled',
			'fulfilled',
			'rejected',
			'fulfilled'
		]);
		expect(groups).toEqual([['a', 'b', 'poison', 'c'], ['a'], ['b'], ['poison'], ['c']]);
	});

	test('a store that is in trouble is waited for once, not once for each', async () => {
		let tried = 0;
		const down = new Error('down');
		const decide = async () => {
			tried += 1;
			await Promise.resolve();
			throw down;
		};
		const ask = groupCommit<string, string>(decide, { isOfStore: (error) => error === down });
		const answers = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => ask(`${n}`)));
		expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
		expect(tried).toBe(1);
	});

	test('an answer too few is nobody’s answer', async () => {
		const ask = groupCommit<string, string>(() => Promise.resolve([]));
		await expect(ask('a')).rejects.toThrow('one answer for each ask');
	});
});
