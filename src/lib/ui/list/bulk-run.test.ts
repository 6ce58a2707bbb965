import { expect, test } from 'vitest';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { countResults, runBulk, type BulkResults } from './bulk-run.ts';

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
const refusal = refuse('LICENSE_NUMBER_INVALID', { number: 'b' });
const unreachable = refuse('HUB_UNREACHABLE', { hub: 'https://hub.example' });

/** Answers as told, and remembers who was asked. */
function office(answers: Record<string, Refusal>) {
	const asked: string[] = [];
	return {
		asked,
		act: async ({ id }: { id: string }) => {
			asked.push(id);
			return answers[id];
		}
	};
}

test('[DK3] a row that is refused stops no other, and each has its own result', async () => {
	const { act, asked } = office({ b: refusal });
	let results: BulkResults = new Map();
	const tell = (told: BulkResults) => (results = told);
	const end = await runBulk(rows, act, { tell, signal: new AbortController().signal });
	expect(end).toEqual({ by: 'end' });
	expect(asked).toEqual(['a', 'b', 'c', 'd']);
	expect(results.get('b')).toEqual({ did: 'refused', refusal });
	expect(countResults(rows, results)).toEqual({ done: 3, refused: 1, left: 0 });
});

test('[DK3] where nobody answers the run stops, and goes on later with what is left', async () => {
	let results: BulkResults = new Map();
	const tell = (told: BulkResults) => (results = told);
	const { signal } = new AbortController();
	const cut = office({ b: refusal, c: unreachable });
	expect(await runBulk(rows, cut.act, { tell, signal })).toEqual({
		by: 'way',
		refusal: unreachable
	});
	expect(cut.asked).toEqual(['a', 'b', 'c']);
	expect(countResults(rows, results)).toEqual({ done: 1, refused: 1, left: 2 });
	const back = office({});
	await runBulk(rows, back.act, { known: results, tell, signal });
	expect(back.asked).toEqual(['c', 'd']);
	expect(countResults(rows, results)).toEqual({ done: 3, refused: 1, left: 0 });
});

test('[DK3] a run is stopped between two rows', async () => {
	const stop = new AbortController();
	let results: BulkResults = new Map();
	const { act, asked } = office({});
	const tell = (told: BulkResults) => {
		results = told;
		if (told.size === 2) stop.abort();
	};
	expect(await runBulk(rows, act, { tell, signal: stop.signal })).toEqual({ by: 'stopped' });
	expect(asked).toEqual(['a', 'b']);
	expect(countResults(rows, results).left).toBe(2);
});
