import { expect, test } from 'vitest';
import { usageBars, usageCsv } from './usage.ts';

const day = 20_000 * 24;

test('[US1] a chart has a bar for each hour, or for each day of UTC, the quiet ones too', () => {
	const hours = [
		{ hour: day + 5, peak: 3, denied: 1, waiting: 0 },
		{ hour: day + 7, peak: 9, denied: 2, waiting: 4 },
		{ hour: day + 49, peak: 1, denied: 0, waiting: 0 }
	];
	expect(usageBars(hours, { from: day + 5, to: day + 8, step: 1 })).toEqual([
		{ hour: day + 5, peak: 3, denied: 1, waiting: 0, hours: 1 },
		{ hour: day + 6, peak: 0, denied: 0, waiting: 0, hours: 1 },
		{ hour: day + 7, peak: 9, denied: 2, waiting: 4, hours: 1 }
	]);
	expect(usageBars(hours, { from: day + 5, to: day + 50, step: 24 })).toEqual([
		{ hour: day, peak: 9, denied: 3, waiting: 4, hours: 24 },
		{ hour: day + 24, peak: 0, denied: 0, waiting: 0, hours: 24 },
		{ hour: day + 48, peak: 1, denied: 0, waiting: 0, hours: 24 }
	]);
});

test('[US1] a table for spreadsheets says each hour in UTC', () => {
	const row = { product: 'atlas', hour: day + 5, peak: 3, denied: 1, waiting: 0 };
	expect(usageCsv([row])).toBe(
		'hour,product,peak,denied,waiting\r\n2024-10-04T05:00Z,atlas,3,1,0\r\n'
	);
});
