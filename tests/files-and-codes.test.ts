import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { signToken } from '#lib/signing/jws.ts';
import { writeArmour } from '#lib/formats/write-armour.ts';
import { fileStem, requestFileName } from '#lib/formats/file-name.ts';
import { joinTokens, readFile, readFiles, writeFile, type TokenFile } from '#lib/formats/file.ts';
import { decodeFingerprint, encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { decodeToken, type DecodedToken } from '#lib/formats/jws.ts';
import { decodeQr, encodeQr, QR_CODE_LENGTH_LIMIT, QrReader } from '#lib/formats/qr.ts';
import { activationClaims, makeHub, makeKey, requestClaims } from './fixtures/chain.ts';

let hubKey: string;
let activation: string;
let request: string;
let file: string;

beforeAll(async () => {
	const hub = await makeHub();
	const machine = await makeKey();
	hubKey = hub.hubKey;
	activation = await signToken('activation', activationClaims(), hub.hub.signer);
	request = await signToken('activation-request', requestClaims(machine), machine.signer);
	file = writeFile([hubKey, activation], ['Atlas Server', 'rack-07', 'Example GmbH']);
});

const mustRead = (text: string): TokenFile => {
	const read = readFile(text);
	if (isRefusal(read)) throw new Error(JSON.stringify(read));
	return read;
};
const mustDecode = (text: string): DecodedToken => {
	const token = decodeToken(text);
	if (isRefusal(token)) throw new Error(JSON.stringify(token));
	return token;
};

describe('an armoured file', () => {
	test('[FI4] reads back, and the label names the last token', () => {
		expect(file).toContain('-----BEGIN KEYFERRY ACTIVATION-----');
		expect(Math.max(...file.split('\n').map((line) => line.length))).toBeLessThanOrEqual(64);
		expect(joinTokens(mustRead(file))).toBe(`${hubKey}~${activation}`);
	});

	test.for<[string, (text: string) => string]>([
		['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
		['a mail quote', (text) => text.replace(/^/gm, '> ')],
		['a byte order mark and indentation', (text) => `\uFEFF${text.replace(/^/gm, '   ')}`],
		['text around it', (text) => `Hello,\n\n${text}\n-- \nSent from a telephone`],
		['bare tokens', (text) => joinTokens(mustRead(text))]
	])('[FI4] survives %s', ([, mangle]) => {
		expect(joinTokens(mustRead(mangle(file)))).toBe(`${hubKey}~${activation}`);
	});

	test.for<[string, (text: string) => string, string]>([
		['nothing in it', () => '', 'nothing-found'],
		['a note', () => 'Please activate my machine.', 'nothing-found'],
		['its end cut off', (text) => text.slice(0, text.indexOf('-----END')), 'end-missing'],
		['a foreign sign', (text) => text.replace(/\n(e.{10})/, '\n$1§'), 'foreign-sign'],
		['two blocks', (text) => text + text, 'several-blocks'],
		['another label', (text) => text.replaceAll('ACTIVATION', 'LICENSE'), 'label']
	])('[FI4] with %s is refused', ([, damage, reason]) => {
		expect(readFile(damage(file))).toMatchObject({ refused: 'FILE_MALFORMED', facts: { reason } });
	});

	test('[FI4] damage is named by its line as a person counts', () => {
		const lines = file.split('\n');
		lines[6] = `${lines[6]!.slice(0, 20)}#${lines[6]!.slice(21)}`;
		expect(readFile(lines.join('\n'))).toEqual(
			refuse('FILE_MALFORMED', { reason: 'foreign-sign', line: 7 })
		);
	});

	test('[FI5] tokens out of order are refused', () => {
		const swapped = writeArmour('hub-key', [activation, hubKey], []);
		expect(readFile(swapped)).toEqual(refuse('FILE_MALFORMED', { reason: 'order' }));
		expect(readFile(`${activation}~${activation}`)).toMatchObject({ refused: 'FILE_MALFORMED' });
	});

	test('[FI4] no claim can draw lines of its own', () => {
		const lines = [
			'a\n-----BEGIN KEYFERRY LICENSE-----',
			'b\u202Ec\u2028d',
			'\u2014 begin keyferry x-'
		];
		const written = writeFile([hubKey, activation], lines);
		expect(written.split('\n').slice(0, 2)).toEqual(['a BEGIN KEYFERRY LICENSE-', 'b c d']);

		for (const dashes of ['-', '--', '-----', '\u2013', '\u2014', '- \u00ad-', '\u2212'])
			for (const mark of ['BEGIN', 'end', ' END', 'BEGIN\n'])
				for (const line of [`${dashes}${mark} KEYFERRY LICENSE-----`, `a ${dashes}${mark}`]) {
					const between = writeFile([hubKey, activation], [line, 'KEYFERRY LICENSE-']);
					expect(readFiles(between), line).toHaveLength(1);
					expect(readFile(between), line).toMatchObject({ body: { type: 'activation' } });
				}
	});

	test('[FI4] one paste may hold several files, each read or refused on its own', () => {
		const cut = file.slice(0, file.indexOf('-----END'));
		const other = writeFile([request], []);
		const read = readFiles(cut + file + other);
		expect(read.map((one) => (isRefusal(one) ? one.refused : one.body.type))).toEqual([
			'FILE_MALFORMED',
			'activation',
			'activation-request'
		]);
	});
});

// By the square of the length it would take longer than any test may.
test.each(['a', 'eyJ', '-', '-----BEGIN', '-----BEGIN KEYFERRY'])(
	'[FI3] a long run of white space after %j takes no longer than its length',
	(start) => {
		const text = `${start}${' '.repeat(2_000_000)}b`;
		expect(readFile(text)).toMatchObject({ refused: 'FILE_MALFORMED' });
	}
);

describe('file names', () => {
	test('[FI4] label, last group of the number, end of the request id', () => {
		const name = { number: 'KF-7Q2M-90TK-C4X7', request: '019a-0123456789ab' };
		expect(fileStem({ ...name, label: 'Büro / Rack 07' })).toBe('Buro-Rack-07_C4X7_6789ab');
		expect(fileStem({ ...name, label: '../../etc' })).toBe('etc_C4X7_6789ab');
		expect(fileStem({ ...name, label: 'x'.repeat(99) })).toHaveLength(40 + 12);
		expect(fileStem(name)).toBe('machine_C4X7_6789ab');
	});

	test('[FI4] a request is named by its claims', () => {
		const claims = mustDecode(request).payload as Parameters<typeof requestFileName>[0];
		expect(requestFileName(claims)).toBe(`rack-07_C4X7_${claims.jti.slice(-6)}.kfreq`);
	});
});

describe('QR codes', () => {
	test('[FI6] decode to the same bytes, and a request and an activation fit one code each', () => {
		for (const text of [request, activation, hubKey]) {
			const [code, ...more] = encodeQr(mustDecode(text));
			expect(more).toEqual([]);
			expect(code!.length).toBeLessThanOrEqual(QR_CODE_LENGTH_LIMIT);
			expect(code).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
			expect(decodeQr(code!)).toEqual(mustDecode(text));
		}
	});

	test('[FI6] a larger token goes in frames, collected in any order and more than once', async () => {
		const { hub } = await makeHub();
		const ent = Array.from({ length: 64 }, (_, i) => `feature-${(i * 7919).toString(36)}`);
		const large = mustDecode(await signToken('activation', activationClaims({ ent }), hub.signer));
		const frames = encodeQr(large);
		expect(frames.length).toBeGreaterThan(1);
		const reader = new QrReader();
		const seen = [...frames.slice(1).reverse(), frames.at(-1)!];
		expect(seen.map((frame) => reader.add(frame))).toEqual(seen.map(() => undefined));
		expect(reader.progress).toEqual({ seen: frames.length - 1, of: frames.length });
		expect(reader.add(frames[0]!)).toEqual(large);
	});

	test('[FI6] a frame of another set starts over', async () => {
		const reader = new QrReader();
		reader.add('KF1:1/2:ABC');
		reader.add('KF1:1/3:DEF');
		expect(reader.progress).toEqual({ seen: 1, of: 3 });
		expect(reader.add('KF1:4/3:DEF')).toEqual(refuse('QR_MALFORMED', { reason: 'frame' }));
	});

	test('[FI3] inflating is bounded', async () => {
		const { deflateSync } = await import('fflate');
		const { encodeBase45 } = await import('#lib/formats/base45.ts');
		const bomb = deflateSync(new Uint8Array(50_000_000).fill(0x20));
		const code = `KF1:${encodeBase45(Uint8Array.from([4, ...new Uint8Array(32), ...bomb, ...new Uint8Array(64)]))}`;
		expect(isRefusal(decodeQr(code))).toBe(true);
	});
});

describe('fingerprint codes', () => {
	const hash = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
	test('[MA1] read back, wrapped lines included; one wrong sign is found', () => {
		fc.assert(
			fc.property(hash, hash, fc.boolean(), fc.nat(), (os, disk, vm, place) => {
				const code = encodeFingerprint({ fp: { os, disk }, vm });
				expect(decodeFingerprint(code.replace(/.{40}/g, '$&\n  '))).toEqual({
					fp: { os, disk },
					vm
				});
				const at = place % code.length;
				const other = code.slice(0, at) + (code[at] === 'x' ? 'y' : 'x') + code.slice(at + 1);
				expect(isRefusal(decodeFingerprint(other))).toBe(true);
			})
		);
	});
});
