import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	isCompleteLicenseNumber,
	makeLicenseNumber,
	nearbyLicenseNumbers,
	parseLicenseNumber
} from './license-number.ts';
import { isRefusal } from '../refusal.ts';

const number = fc.uint8Array({ minLength: 11, maxLength: 11 }).map(makeLicenseNumber);
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXY';

describe('a license number as people type it', () => {
	test('any made number reads back, in any case, with or without dashes and prefix', () => {
		fc.assert(
			fc.property(number, (made) => {
				expect(parseLicenseNumber(made)).toBe(made);
				expect(parseLicenseNumber(made.toLowerCase())).toBe(made);
				expect(parseLicenseNumber(made.replaceAll('-', ''))).toBe(made);
				expect(parseLicenseNumber(` ${made.slice(3).replaceAll('-', ' ')} `)).toBe(made);
			})
		);
	});

	test('O, I and L fold to what they look like', () => {
		fc.assert(
			fc.property(number, (made) => {
				const typed = made.slice(3).replaceAll('0', 'o').replaceAll('1', 'l');
				expect(parseLicenseNumber(typed)).toBe(made);
			})
		);
	});

	test('every single wrong symbol is found', () => {
		fc.assert(
			fc.property(number, fc.nat(11), fc.nat(29), (made, place, shift) => {
				const body = [...made.slice(3).replaceAll('-', '')];
				const at = symbols.indexOf(body[place]!);
				body[place] = symbols[(at + 1 + shift) % symbols.length]!;
				expect(isRefusal(parseLicenseNumber(body.join('')))).toBe(true);
			})
		);
	});

	test('every swap of two unlike neighbours is found', () => {
		fc.assert(
			fc.property(number, fc.nat(10), (made, place) => {
				const body = [...made.slice(3).replaceAll('-', '')];
				fc.pre(body[place] !== body[place + 1]);
				[body[place], body[place + 1]] = [body[place + 1]!, body[place]!];
				expect(isRefusal(parseLicenseNumber(body.join('')))).toBe(true);
			})
		);
	});

	test('a number still being typed is not called wrong', () => {
		expect(isCompleteLicenseNumber('KF-7Q2M-90')).toBe(false);
		expect(isCompleteLicenseNumber('KF-7Q2M-90TK-C4XD')).toBe(true);
	});
});

describe('a license number with one character that is off', () => {
	test('the number that was meant is among the few that are near', () => {
		fc.assert(
			fc.property(number, fc.nat(11), fc.nat(29), (made, place, shift) => {
				const body = [...made.slice(3).replaceAll('-', '')];
				const at = symbols.indexOf(body[place]!);
				body[place] = symbols[(at + 1 + shift) % symbols.length]!;
				const near = nearbyLicenseNumbers(`KF-${body.join('')}`);
				expect(near).toContain(made);
				expect(near.length).toBeLessThan(24);
				for (const each of near) expect(parseLicenseNumber(each)).toBe(each);
			})
		);
	});

	test('so is the one with two neighbours the right way round', () => {
		fc.assert(
			fc.property(number, fc.nat(10), (made, place) => {
				const body = [...made.slice(3).replaceAll('-', '')];
				fc.pre(body[place] !== body[place + 1]);
				[body[place], body[place + 1]] = [body[place + 1]!, body[place]!];
				expect(nearbyLicenseNumbers(`KF-${body.join('')}`)).toContain(made);
			})
		);
	});

	test('a symbol of no number is the one that is off, two of them are too many', () => {
		const made = 'KF-0000-0000-0000';
		expect(nearbyLicenseNumbers('KF-000U-0000-0000')).toEqual([made]);
		expect(nearbyLicenseNumbers('KF-000U-0000-000Z')).toEqual([]);
	});

	test.for(['KF-0000-0000-0000', 'KF-0000-0000-000', 'northwind-gmbh', 'a'.repeat(500), ''])(
		'nothing is near %s',
		(text) => {
			expect(nearbyLicenseNumbers(text)).toEqual([]);
		}
	);
});
