import { expect, test } from 'vitest';
import { newTotpSecret, stepOf, totpAddress, totpAt } from './totp.ts';

/** `12345678901234567890` in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.for([
	[59, '287082'],
	[1_111_111_109, '081804'],
	[1_111_111_111, '050471'],
	[1_234_567_890, '005924'],
	[2_000_000_000, '279037'],
	[20_000_000_000, '353130']
] as const)('[PE6] at %i it is %s, as in RFC 6238', ([seconds, password]) => {
	expect(totpAt(SECRET, Math.floor(seconds / 30))).toBe(password);
});

test('[PE6] counts within a step of its time, once, and never after a later one', () => {
	const secret = newTotpSecret();
	expect(secret).toMatch(/^[A-Z2-7]{32}$/);
	const now = 3_000_000;
	const current = now / 30;
	const found = (step: number, lastStep = 0) =>
		stepOf(secret, { typed: totpAt(secret, step), now, lastStep });
	expect([-2, -1, 0, 1, 2].map((by) => found(current + by))).toEqual([
		undefined,
		current - 1,
		current,
		current + 1,
		undefined
	]);
	expect(found(current, current)).toBeUndefined();
	expect(found(current - 1, current)).toBeUndefined();
	expect(stepOf(secret, { typed: '', now, lastStep: 0 })).toBeUndefined();
});

test('[PE6] apps read the secret and whose it is', () => {
	const url = new URL(
		totpAddress(SECRET, { issuer: 'Example Software', email: 'a+b@example.com' })
	);
	expect(decodeURIComponent(url.pathname)).toContain('Example Software:a+b@example.com');
	expect(Object.fromEntries(url.searchParams)).toEqual({
		secret: SECRET,
		issuer: 'Example Software'
	});
});
