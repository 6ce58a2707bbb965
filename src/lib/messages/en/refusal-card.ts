/**
 * English: the frame of a refusal; its text is in refusals.ts.
 *
 * @module
 */
export const refusalCardEn = {
	asked: 'Requested',
	facts: 'Details',
	next: 'What to do next',
	code: 'Code',
	fact: {
		number: 'License',
		seats: 'Seats',
		used: 'In use',
		contact: 'Contact',
		expiredAt: 'Expired',
		clock: 'Clock on this device',
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
		reason: 'Reason',
		kid: 'Key',
		signedAt: 'Signed',
		maintainedUntil: 'Maintenance until',
		builtAt: 'Built',
		product: 'Product'
	} as Record<string, string>
};

export type RefusalCardTexts = typeof refusalCardEn;
