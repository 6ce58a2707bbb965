import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '../domain/refusal.ts';
import { termsInOrder } from '../domain/licenses/license.ts';
import { readFile, type TokenFile } from '../formats/file.ts';
import { decodeToken, type DecodedToken } from '../formats/jws.ts';
import type { Claims } from '../formats/tokens.ts';
import { uuidv7 } from '../formats/uuid.ts';
import {
	fingerprint,
	makeHub,
	makeKey,
	NOW,
	requestClaims,
	terms,
	type TestKey
} from '../../../tests/fixtures/chain.ts';
import { verifyFile, type Trust } from './chain.ts';
import { claimsOfDraw, signClose } from './draw.ts';
import { signToken } from './jws.ts';

const DAY = 86_400;

let hub: Awaited<ReturnType<typeof makeHub>>;
let desk: TestKey;
let machine: TestKey;
let allotment: Claims['allotment'];
let block: string;
let draw: Claims['activation'];
beforeAll(async () => {
	hub = await makeHub({ use: ['activation', 'allotment'] });
	[desk, machine] = [await makeKey(), await makeKey()];
	allotment = {
		v: 1,
		jti: uuidv7(),
		iat: NOW,
		iss: 'Example Software',
		...termsInOrder(terms),
		max: 2,
		nbf: NOW,
		exp: NOW + 30 * DAY,
		fexp: NOW + 90 * DAY,
		cnf: { jwk: desk.jwk }
	};
	block = await signToken('allotment', allotment, hub.hub.signer);
	const request = { claims: requestClaims(machine), jkt: machine.signer.kid };
	draw = claimsOfDraw(allotment, request, {
		jti: uuidv7(),
		slot: 2,
		gen: 1,
		fp: request.claims.fp
	});
});

const read = (...tokens: string[]): TokenFile => {
	const file = readFile(tokens.join('~'));
	if (isRefusal(file)) throw new Error(file.refused);
	return file;
};
const verify = (...tokens: string[]) => verifyFile(read(...tokens), { roots: [hub.root.jwk] });
const signDraw = (changes: Partial<Claims['activation']> = {}, by = desk) =>
	signToken('activation', { ...draw, ...changes }, by.signer);

describe('[AL3] a draw', () => {
	test('leads from its desk over the allotment to a root, and vouches for no time of its own', async () => {
		const verified = await verify(hub.hubKey, block, await signDraw());
		if (isRefusal(verified)) throw new Error(verified.refused);
		expect(verified.body.claims).toEqual(draw);
		expect(verified.allotment?.claims).toEqual(allotment);
		expect(verified.learned.trustedAt).toBe(NOW);
	});

	test('is judged for itself where its block was judged before, and a block by all of its bytes', async () => {
		const judged: Trust['judged'] = new Map();
		const after = (...tokens: string[]) =>
			verifyFile(read(...tokens), { roots: [hub.root.jwk], judged });
		expect(await after(hub.hubKey, block, await signDraw())).toHaveProperty('body');
		expect(await after(hub.hubKey, block, await signDraw())).toHaveProperty('body');
		expect(judged.size).toBe(1);
		const forged = await signDraw({}, await makeKey());
		expect(await after(hub.hubKey, block, forged)).toMatchObject({ refused: 'SIGNATURE_INVALID' });
		const other = await makeHub({ use: ['activation', 'allotment'] });
		const foreign = await signToken('allotment', allotment, other.hub.signer);
		expect(await after(other.hubKey, foreign, await signDraw())).toMatchObject({
			refused: 'KEY_UNKNOWN'
		});
		expect(await after(other.hubKey, block, await signDraw())).toHaveProperty('refused');
	});

	const changed: [string, (claims: Claims['activation']) => Partial<Claims['activation']>][] = [
		['a slot beyond the block', () => ({ slot: 3, act: `${allotment.jti}.3` })],
		['another slot than its act', () => ({ slot: 1 })],
		['another act', () => ({ act: `${allotment.jti}.1` })],
		['an act of another block', () => ({ act: `${uuidv7()}.2` })],
		['no slot', () => ({ slot: undefined })],
		['another allotment', () => ({ allot: uuidv7() })],
		['another issuer', () => ({ iss: 'Somebody' })],
		['another time', () => ({ iat: NOW + 1 })],
		['an earlier begin', () => ({ nbf: NOW - 1 })],
		['a later end', () => ({ exp: NOW + 91 * DAY })],
		['no end', () => ({ exp: undefined })],
		['another license', () => ({ sub: uuidv7() })],
		['another number', () => ({ num: 'KF-AAAA-AAAA-AAAA' })],
		['another product', () => ({ prd: 'atlas-client' })],
		['another title', () => ({ title: 'Atlas' })],
		['another edition', () => ({ ed: 'ultimate' })],
		['more entitlements', ({ ent }) => ({ ent: [...ent, 'admin'] })],
		['fewer entitlements', ({ ent }) => ({ ent: ent.slice(1) })],
		['more clients', () => ({ clients: 26 })],
		['unlimited clients', () => ({ clients: undefined })],
		['more versions', () => ({ ver: { from: 8, to: 99 } })],
		['longer maintenance', ({ mnt }) => ({ mnt: mnt! + 1 })],
		['endless maintenance', () => ({ mnt: undefined })],
		['another organization', () => ({ org: 'Sample Works Ltd' })],
		['another contact', () => ({ contact: 'me@example.com' })],
		['a softer policy', ({ pol }) => ({ pol: { ...pol, given: true } })]
	];
	test.for(changed)('with %s is refused', async ([, change]) => {
		const verified = await verify(hub.hubKey, block, await signDraw(change(draw)));
		expect(verified).toMatchObject({ refused: 'DRAW_INVALID' });
	});

	test('says of its own what only its machine can know', async () => {
		const own = { req: uuidv7(), fp: fingerprint('other'), name: 'Else', label: 'rack-99', gen: 7 };
		expect(isRefusal(await verify(hub.hubKey, block, await signDraw(own)))).toBe(false);
	});

	test('under another key is refused, that of another desk of the same hub included', async () => {
		const stranger = await makeKey();
		const theirs = await signToken(
			'allotment',
			{ ...allotment, jti: uuidv7(), cnf: { jwk: stranger.jwk } },
			hub.hub.signer
		);
		expect(await verify(hub.hubKey, block, await signDraw({}, stranger))).toMatchObject({
			refused: 'SIGNATURE_INVALID'
		});
		expect(await verify(hub.hubKey, theirs, await signDraw({}, stranger))).toMatchObject({
			refused: 'DRAW_INVALID',
			facts: { claim: 'allot' }
		});
	});

	test('without its allotment is refused, and completed where that is known', async () => {
		const token = await signDraw();
		expect(await verify(hub.hubKey, token)).toMatchObject({ refused: 'SIGNATURE_INVALID' });
		expect(await verify(token)).toMatchObject({ refused: 'CHAIN_INCOMPLETE' });
		const known = {
			hubKeys: [decode<'hub-key'>(hub.hubKey)],
			allotments: [decode<'allotment'>(block)]
		};
		const verified = await verifyFile(read(token), { roots: [hub.root.jwk], ...known });
		expect(isRefusal(verified) ? verified : verified.allotment?.claims.jti).toBe(allotment.jti);
	});

	test('that the hub itself signed is none', async () => {
		const token = await signDraw({}, hub.hub);
		expect(await verify(hub.hubKey, token)).toMatchObject({
			refused: 'DRAW_INVALID',
			facts: { claim: 'allot' }
		});
	});

	test('below an allotment that no hub may sign is refused', async () => {
		const other = await makeHub({ use: ['activation'] });
		const signed = await signToken('allotment', allotment, other.hub.signer);
		const file = read(other.hubKey, signed, await signDraw());
		expect(await verifyFile(file, { roots: [other.root.jwk] })).toMatchObject({
			refused: 'KEY_NOT_ALLOWED'
		});
	});
});

describe('[AL4] a close', () => {
	const close = (drawn: number[], by = desk, allot = allotment.jti) =>
		signClose({ jti: uuidv7(), allot, drawn }, { signer: by.signer, now: NOW });

	test('names every drawn slot, rising, within the block', async () => {
		const verified = await verify(hub.hubKey, block, await close([2, 1]));
		expect(isRefusal(verified) ? verified : verified.body.claims).toMatchObject({ drawn: [1, 2] });
		for (const drawn of [[3], [1, 1]])
			expect(await verify(hub.hubKey, block, await close(drawn))).toMatchObject({
				refused: 'DRAW_INVALID',
				facts: { claim: 'drawn' }
			});
	});

	test('is its own desk’s, and of this block', async () => {
		const theirs = await close([1], await makeKey());
		expect(await verify(hub.hubKey, block, theirs)).toMatchObject({ refused: 'SIGNATURE_INVALID' });
		const other = await close([1], desk, uuidv7());
		expect(await verify(hub.hubKey, block, other)).toMatchObject({ facts: { claim: 'allot' } });
	});
});

// The caller says what it decodes.

function decode<T extends 'hub-key' | 'allotment'>(text: string): DecodedToken<T> {
	const token = decodeToken(text);
	if (isRefusal(token)) throw new Error(token.refused);
	return token as DecodedToken<T>;
}
