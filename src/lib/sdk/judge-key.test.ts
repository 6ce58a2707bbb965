import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { judgeKey } from './judge-key.ts';

const numbers = fc.uint8Array({ minLength: 11, maxLength: 11 }).map(makeLicenseNumber);

describe('the text of a key field', () => {
	test('[FI3] whatever is typed or pasted ends in a number or a refusal, never in a fault', async () => {
		const nasty = fc.constantFrom(
			'-----BEGIN KEYFERRY LICENSE-----\n',
			'~',
			'.',
			'KF-',
			'e30',
			'\0',
			'“'
		);
		const text = fc.array(fc.oneof(fc.string({ unit: 'binary' }), nasty), { maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(text, async (parts) => {
				const judged = await judgeKey(parts.join(''), { roots: [] });
				expect(isRefusal(judged) || /^KF(-[0-9A-Y]{4}){3}$/.test(judged.number)).toBe(true);
			}),
			{ numRuns: 2000 }
		);
	});

	test('[K2] a number is read in any case, with or without its dashes and prefix', async () => {
		const asTyped = fc.constantFrom(
			(number: string) => number,
			(number: string) => number.toLowerCase(),
			(number: string) => number.replaceAll('-', ' '),
			(number: string) => number.replace('KF-', '').replaceAll('-', ''),
			(number: string) => ` ${number.replaceAll('0', 'o').replaceAll('1', 'l')}\n`
		);
		await fc.assert(
			fc.asyncProperty(numbers, asTyped, async (number, typed) => {
				expect(await judgeKey(typed(number), {})).toEqual({ number });
			})
		);
	});

	test('[K3] only a whole match of a pattern is a foreign key', async () => {
		const foreignKeys = [{ pattern: 'EXD6-....|OLD-\\d+', name: 'Old' }];
		const refused = async (text: string) => {
			const judged = await judgeKey(text, { foreignKeys, contact: 'x@example.com' });
			return isRefusal(judged) ? judged.refused : undefined;
		};
		expect(await refused('exd6-ab12')).toBe('KEY_FOREIGN');
		expect(await refused(' OLD-77 ')).toBe('KEY_FOREIGN');
		for (const other of ['EXD6-AB123', 'XOLD-77', 'OLD-7x'])
			expect(await refused(other)).toBe('LICENSE_NUMBER_INVALID');
	});
});
