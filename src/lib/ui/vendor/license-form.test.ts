import { describe, expect, test } from 'vitest';
import { changedTerms, formOf, formOfTerms, readForm, type DraftTerms } from './license-form.ts';

/** 2026-11-28T12:00:00Z */
const NOW = 1_795_867_200;
/** 2027-11-28T23:59:59Z */
const A_YEAR_ON = 1_827_446_399;

const server = {
	isServer: true,
	defaults: {
		edition: 'Professional',
		seats: 2,
		clients: 10,
		versions: { from: 8, to: 9 },
		maintenanceDays: 365
	}
};

describe('a new license', () => {
	test('begins with what its product says', () => {
		const { terms, wrong } = readForm(formOf(server, NOW), true);
		expect(wrong).toEqual([]);
		expect(terms).toEqual({
			edition: 'Professional',
			seats: 2,
			clients: 10,
			versions: { from: 8, to: 9 },
			maintainedUntil: A_YEAR_ON,
			expiresAt: undefined,
			entitlements: []
		});
	});

	test('of a product without defaults lacks its versions, and says the rest', () => {
		const { said, terms, wrong } = readForm(formOf({ isServer: false, defaults: {} }, NOW), false);
		expect(wrong).toEqual(['from']);
		expect(terms).toBeUndefined();
		expect(said).toMatchObject({ edition: 'Standard', seats: 1 });
	});

	test.each([
		['seats', '0'],
		['seats', '1.5'],
		['seats', '1000001'],
		['clients', ''],
		['from', 'eight'],
		['to', '7'],
		['maintenance', '2027-02-30'],
		['expires', '27-1-1'],
		['grace', '366'],
		['grace', 'two'],
		['edition', ' ']
	] as const)('%s is not %j', (field, text) => {
		const form = { ...formOf(server, NOW), [field]: text };
		expect(readForm(form, true).wrong).toEqual([field]);
	});
});

describe('a change', () => {
	const before: DraftTerms = {
		edition: 'Professional',
		seats: 2,
		versions: { from: 8, to: 9 },
		// Not the end of a day, as a demo or a program may say it.
		maintainedUntil: NOW,
		expiresAt: A_YEAR_ON,
		entitlements: ['dataflow']
	};

	test('of nothing is none, whatever the hour of an end', () => {
		const { terms } = readForm(formOfTerms(before), false);
		expect(changedTerms(before, terms!)).toEqual({});
	});

	test('says what differs, and takes an end away by null', () => {
		const form = { ...formOfTerms(before), seats: '5', to: '10', expires: '' };
		const { terms } = readForm(form, false);
		expect(changedTerms(before, terms!)).toEqual({
			seats: 5,
			versions: { from: 8, to: 10 },
			expiresAt: null
		});
	});
});
