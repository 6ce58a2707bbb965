/**
 * Usage reports of site servers.
 *
 * @module
 */
import { USAGE_HOURS_LIMIT } from '#lib/formats/tokens.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { activation } from './activation-chain.ts';
import { keys, type TestKey } from './keys.ts';
import { hubKey, id, minimal, NOW, token } from './tokens.ts';
import { armour, type Expected } from './vector.ts';

export type UsageVector = {
	name: string;
	why: string;
	file: string;
	expect: Expected;
	roots: PublicJwk[];
	hours?: [hour: number, peak: number, denied: number, waiting: number][];
};

const HOUR = NOW / 3600;

const claims = {
	v: 1,
	jti: id(60),
	iat: NOW,
	sub: minimal.sub,
	act: minimal.act,
	gen: 1,
	site: 'Plant west',
	prd: minimal.prd,
	clients: 10,
	hour: HOUR,
	peak: [4, 10, 0],
	denied: [0, 3, 0],
	waiting: [0, 1, 0],
	cnf: { jwk: keys.machine.jwk }
};

const report = (changes: object = {}, key: TestKey = keys.machine) =>
	token('usage', { ...claims, ...changes }, key);

export function usageVectors(): UsageVector[] {
	const of = (
		[name, why, expect]: [string, string, Expected],
		file: string,
		more: Partial<UsageVector> = {}
	): UsageVector => ({ name, why, file, expect, roots: [keys.root.jwk], ...more });
	const signed = (changes?: object, key?: TestKey) =>
		armour('usage', hubKey, activation, report(changes, key));
	const long = Array.from({ length: USAGE_HOURS_LIMIT + 1 }, () => 1);
	return [
		of(['three hours', 'by the machine that the activation names', 'ok'], signed(), {
			hours: [
				[HOUR, 4, 0, 0],
				[HOUR + 1, 10, 3, 1],
				[HOUR + 2, 0, 0, 0]
			]
		}),
		of(
			['by another key', 'whoever has the file can make one', 'MACHINE_KEY_MISMATCH'],
			signed({ cnf: { jwk: keys.otherMachine.jwk } }, keys.otherMachine)
		),
		of(
			['of another activation', 'the one in the file is not its own', 'MACHINE_KEY_MISMATCH'],
			signed({ act: id(61) })
		),
		of(
			['of another product', 'the activation says which', 'PRODUCT_MISMATCH'],
			signed({ prd: 'delta' })
		),
		of(
			['lists of different lengths', 'each hour has three numbers', 'CLAIMS_INVALID'],
			signed({ denied: [1] })
		),
		of(
			['an hour too many', 'a report is a month', 'CLAIMS_INVALID'],
			signed({ peak: long, denied: long, waiting: long })
		),
		of(
			['without its activation', 'nobody knows whose it is', 'TOKEN_TYPE_UNEXPECTED'],
			armour('usage', report())
		),
		of(['unknown root', 'not pinned', 'KEY_UNKNOWN'], signed(), {
			roots: [keys.strangeRoot.jwk]
		}),
		of(
			['signature altered', 'a number was changed on the way', 'SIGNATURE_INVALID'],
			armour('usage', hubKey, activation, altered(report()))
		)
	];
}

function altered(text: string): string {
	const [header, , signature] = text.split('.');
	const payload = Buffer.from(JSON.stringify({ ...claims, peak: [0, 0, 0] })).toString('base64url');
	return [header, payload, signature].join('.');
}
