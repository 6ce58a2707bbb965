import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { signToken } from '#lib/signing/jws.ts';
import type { Hub } from '#server/hub/hub.ts';
import { oweSignatures } from './owed-signatures.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signer: Hub['signer'] = {
	kid: 'k'.repeat(43),
	endsAt: 2 ** 40,
	ended: () => undefined,
	sign: (bytes) => sign(null, bytes, privateKey),
	signAside: (bytes) => promisify(sign)(null, bytes, privateKey)
};
const refusal = (jti: string) =>
	({ v: 1, jti, iat: 1, iss: 'Example', req: jti, code: 'SEAT_LIMIT_REACHED', facts: {} }) as const;

function holds(token: string): boolean {
	const at = token.lastIndexOf('.');
	const signature = Buffer.from(token.slice(at + 1), 'base64url');
	return verify(null, Buffer.from(token.slice(0, at)), publicKey, signature);
}

describe('signatures that are owed', () => {
	test.for([1, 3, 4, 40])('%i of them are each paid to whoever holds the token', async (count) => {
		const owed = oweSignatures(signer);
		const made = [];
		for (let n = 0; n < count; n++)
			made.push(await signToken('refusal', refusal(`request ${n}`), owed.signer));
		const holders = made.flatMap((token) => [{ token }, { token, of: 'the same' }]);
		expect(holders.filter(({ token }) => holds(token))).toEqual([]);
		await owed.pay(holders);
		expect(holders.filter(({ token }) => !holds(token))).toEqual([]);
		for (const [n, { token }] of holders.entries())
			expect(token).toBe(
				await signToken('refusal', refusal(`request ${Math.floor(n / 2)}`), signer)
			);
	});

	test('what was signed before stays as it is', async () => {
		const owed = oweSignatures(signer);
		const known = { token: await signToken('refusal', refusal('known'), signer) };
		const { token } = known;
		await signToken('refusal', refusal('new'), owed.signer);
		await owed.pay([known]);
		expect(known.token).toBe(token);
	});

	test('a key that has ended meanwhile signs nothing', async () => {
		const fails = () => {
			throw new Error('ended');
		};
		const owed = oweSignatures({ ...signer, sign: fails, signAside: fails });
		const held = { token: await signToken('refusal', refusal('late'), owed.signer) };
		await expect(owed.pay([held])).rejects.toThrow('ended');
		expect(holds(held.token)).toBe(false);
	});
});
