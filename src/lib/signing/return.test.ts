import { beforeAll, describe, expect, test } from 'vitest';
import {
	activationClaims,
	makeHub,
	makeKey,
	NOW,
	requestClaims
} from '../../../tests/fixtures/chain.ts';
import { isRefusal } from '../domain/refusal.ts';
import { fileTokens, joinTokens, readFile, writeFile, type TokenFile } from '../formats/file.ts';
import { signToken } from './jws.ts';
import { makeReturn, verifyReturn } from './return.ts';

type Made = Awaited<ReturnType<typeof makeHub>>;
let hub: Made;
let machine: Awaited<ReturnType<typeof makeKey>>;
let claims: ReturnType<typeof activationClaims>;
let activation: string;

beforeAll(async () => {
	hub = await makeHub();
	machine = await makeKey();
	claims = activationClaims({ cnf: { jkt: machine.signer.kid } });
	activation = await signToken('activation', claims, hub.hub.signer);
});

const read = (...tokens: string[]): TokenFile => {
	const file = readFile(tokens.join('~'));
	if (isRefusal(file)) throw new Error(JSON.stringify(file));
	return file;
};
const returnBy = (key: typeof machine, of = claims) =>
	makeReturn(of, { signer: key.signer, jwk: key.jwk, now: NOW });
const verify = (...tokens: string[]) => verifyReturn(read(...tokens), { roots: [hub.root.jwk] });
const codeOf = (result: unknown) => (isRefusal(result) ? result.refused : 'verified');

describe('a return', () => {
	test('[MA4] names the activation that is given back, up to a pinned root', async () => {
		const verified = await verify(hub.hubKey, activation, await returnBy(machine));
		expect(verified).toMatchObject({
			type: 'return',
			jkt: machine.signer.kid,
			activation: { act: claims.act }
		});
	});

	test('[SE5] by anyone who only has the files is forged', async () => {
		const forged = await returnBy(await makeKey());
		expect(codeOf(await verify(hub.hubKey, activation, forged))).toBe('MACHINE_KEY_MISMATCH');
	});

	test('[SE5] of another activation is refused', async () => {
		const other = await returnBy(machine, { ...claims, act: activationClaims().act });
		expect(codeOf(await verify(hub.hubKey, activation, other))).toBe('MACHINE_KEY_MISMATCH');
	});

	test('[FI5] below a root that is not pinned is refused', async () => {
		const other = await makeHub();
		const text = await returnBy(machine);
		const file = read(other.hubKey, activation, text);
		expect(codeOf(await verifyReturn(file, { roots: [hub.root.jwk] }))).toBe('KEY_UNKNOWN');
	});

	test('[MA4] rides before a new request, each read as its own file', async () => {
		const one = [hub.hubKey, activation, await returnBy(machine)];
		const request = await signToken('activation-request', requestClaims(machine), machine.signer);
		const text = writeFile([...one, ...one, request], ['Two returns and a request']);
		const file = readFile(text);
		if (isRefusal(file)) throw new Error(file.refused);
		expect(file.body.type).toBe('activation-request');
		expect(file.returns?.map(joinTokens)).toEqual([one.join('~'), one.join('~')]);
		expect(fileTokens(file)).toHaveLength(7);
		expect(codeOf(await verifyReturn(file.returns![0]!, { roots: [hub.root.jwk] }))).toBe(
			'verified'
		);
	});
});
