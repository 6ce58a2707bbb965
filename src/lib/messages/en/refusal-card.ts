/**
 * English: the frame of a refusal; its text is in refusals.ts.
 *
 * @module
 */
export const refusalCardEn = {
	asked: 'Asked',
	facts: 'Facts',
	next: 'What to do next',
	code: 'Code',
	fact: {
		number: 'License',
		seats: 'Seats',
		used: 'In use',
		contact: 'Contact',
		expiredAt: 'Expired',
		clock: 'Clock here',
		trusted: 'Trusted time',
		version: 'Version',
		from: 'Covered from',
		to: 'Covered to',
		expected: 'Expected',
		found: 'Found',
		matched: 'Matching',
		differ: 'Different',
		needed: 'Needed',
		line: 'Line',
		reason: 'Detail',
		kid: 'Key',
		signedAt: 'Signed',
		maintainedUntil: 'Maintenance till',
		builtAt: 'Built',
		product: 'Product'
	} as Record<string, string>
};

export type RefusalCardTexts = typeof refusalCardEn;
