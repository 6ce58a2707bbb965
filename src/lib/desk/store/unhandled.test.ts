import { expect, test } from 'vitest';
import { unhandledFault } from './unhandled.ts';

const named = (name: string, inner?: Error) =>
	Object.assign(new Error('x', { cause: inner }), { name, inner });

test('[DK11] what nobody handled is said, but for what is no fault', () => {
	expect(unhandledFault(named('QuotaExceededError'))).toBe('full');
	expect(unhandledFault(named('AbortError', named('QuotaExceededError')))).toBe('full');
	expect(unhandledFault(named('AbortError'))).toBeUndefined();
	expect(unhandledFault(named('DatabaseClosedError'))).toBeUndefined();
	expect(unhandledFault(new TypeError('x'))).toBe('failed');
	expect(unhandledFault('x')).toBe('failed');
});
