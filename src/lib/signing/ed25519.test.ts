import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeHub } from '../../../tests/fixtures/chain.ts';

beforeEach(() => vi.resetModules());
afterEach(() => vi.restoreAllMocks());

/** What browsers do that do not know the algorithm. */
function withoutEd25519(): void {
	for (const name of ['generateKey', 'importKey'] as const) {
		const real = crypto.subtle[name].bind(crypto.subtle) as (...asked: unknown[]) => unknown;
		vi.spyOn(crypto.subtle, name).mockImplementation((...asked: unknown[]) =>
			asked.includes('Ed25519')
				? Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
				: (real(...asked) as never)
		);
	}
}

describe('[FI9] a platform without Ed25519', () => {
	test('is told from one that has it', async () => {
		const { hasEd25519 } = await import('./ed25519.ts');
		expect(await hasEd25519()).toBe(true);
		vi.resetModules();
		withoutEd25519();
		const old = await import('./ed25519.ts');
		expect(await old.hasEd25519()).toBe(false);
	});

	test('says so of a good key, and never that the key is weak', async () => {
		const { root } = await makeHub();
		withoutEd25519();
		const { importPublicJwk } = await import('./keys.ts');
		expect(await importPublicJwk(root.jwk)).toEqual({ refused: 'ED25519_MISSING', facts: {} });
	});

	test('and with Ed25519 only what is no key is weak', async () => {
		const { importPublicJwk } = await import('./keys.ts');
		const weak = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) } as const;
		expect(await importPublicJwk(weak)).toMatchObject({ refused: 'KEY_WEAK' });
	});
});
