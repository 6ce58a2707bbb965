import { describe, expect, test } from 'vitest';
import { countGroups, groupsOf, type Piled } from './request-groups.ts';

const stand = (state: Piled['state'], rest: Partial<Piled> = {}): Piled => ({
	state,
	origin: 'imported',
	...rest
});
const answered = { answer: 'file' };
const saved = { answer: 'file', answerSavedAt: 1 };

describe('[DK7] a request lies where something is to be done with it', () => {
	test.for([
		['a draft', stand('draft'), ['to-submit']],
		['one that waits for the server', stand('queued'), ['waiting']],
		['one that is asked again after a refusal', stand('queued', answered), ['waiting']],
		['granted, and its file is still here', stand('granted', answered), ['to-carry']],
		['granted, and its answer is not here yet', stand('granted'), ['waiting']],
		['granted and saved', stand('granted', saved), ['done']],
		[
			'granted here, and still here',
			stand('granted', { ...answered, origin: 'made' }),
			['to-carry']
		],
		[
			'granted, and its seat was given back',
			stand('granted', { ...answered, isSeatGone: true }),
			['done']
		],
		['refused, brought by somebody', stand('refused', answered), ['to-carry', 'refused']],
		['refused and saved', stand('refused', saved), ['refused']],
		[
			'refused, asked by this very desk',
			stand('refused', { ...answered, origin: 'made' }),
			['refused']
		],
		['refused by the queue, without a file', stand('refused'), ['refused']],
		[
			'waiting for a seat, brought by somebody',
			stand('waiting', answered),
			['waiting', 'to-carry']
		],
		['waiting for a seat, the "no" is carried', stand('waiting', saved), ['waiting']]
	] as const)('%s', ([, standing, groups]) => {
		expect(groupsOf(standing)).toEqual(groups);
	});

	test('counts name every pile, empty ones too', () => {
		const rows = [
			stand('draft'),
			stand('draft'),
			stand('refused', answered),
			stand('granted', saved)
		];
		expect(countGroups(rows)).toEqual({
			'to-submit': 2,
			waiting: 0,
			'to-carry': 1,
			refused: 1,
			done: 1
		});
	});
});
