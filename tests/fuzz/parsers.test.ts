/**
 * Whatever comes in, a parser answers with a value or a typed refusal, and soon. `FUZZ_RUNS` sets how
 * many inputs each parser gets (2,000), `FUZZ_SEED` repeats a run.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse, type RefusalCode } from '#lib/domain/refusal.ts';
import { PUSH_PROTOCOL } from '#lib/protocol/push.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { FILE_LENGTH_LIMIT, findBlocks } from '#lib/formats/armour.ts';
import { readFile, readFiles } from '#lib/formats/file.ts';
import { decodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import { readPushBody, readPushFile, writePushFile } from '#lib/formats/push.ts';
import { decodeQr, QrReader } from '#lib/formats/qr.ts';
import { parseStrictJson } from '#lib/formats/strict-json.ts';
import { parseClaims, tokenTypes } from '#lib/formats/tokens.ts';
import { readZip, writeZip } from '#lib/formats/zip.ts';
import { verifyActivation } from '#lib/sdk/verify.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { keys } from '../../scripts/vectors/keys.ts';
import { damaged, madeUp, oneOf, randomOf } from './inputs.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));
/** For a text as long as one file may be. */
const SLOW_MS = 50;
console.log(`fuzz: FUZZ_SEED=${SEED} FUZZ_RUNS=${RUNS}`);

type Vectors = {
	vectors: { name: string; expect: string; file?: string; text?: string; codes?: string[] }[];
};
const load = (name: string) => {
	const path = new URL(`../vectors/${name}.json`, import.meta.url);
	return (JSON.parse(readFileSync(path, 'utf8')) as Vectors).vectors;
};
const filesOf = (name: string) =>
	load(name).flatMap(({ file = '' }) => (file.length < 9000 ? [file] : []));
const files = ['activation', 'license-keys', 'requests', 'refusals', 'trust'].flatMap(filesOf);
const good = load('activation').filter((vector) => vector.expect === 'ok');
const tokens = good.flatMap(({ file = '' }) => {
	const read = readFile(file);
	return isRefusal(read) ? [] : [read.body.text];
});
const payloads = tokens.map((text) => Buffer.from(text.split('.')[1]!, 'base64url').toString());
const codes = load('qr').flatMap((vector) => vector.codes ?? []);

/** What a parser may say no with, and what of a yes must hold. */
type Parser = {
	valid: readonly string[];
	parse: (text: string) => unknown;
	refusals: readonly RefusalCode[];
	holds?: (value: never, text: string) => boolean;
};

/** The same for the same seed, so no ids are made up here. */
const idOf = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const pushBodies = [1, 2, 3].map((count) => {
	const commands = Array.from({ length: count }, (_, at) => ({
		id: idOf(at + 1),
		outbox: idOf(0),
		n: at + 1,
		type: 'activation.request',
		version: 1,
		args: { request: files[at] },
		hash: 'a'.repeat(43),
		createdAt: 1
	}));
	const from = { outbox: idOf(0), key: keys.root.jwk, desk: 'Front desk' };
	return JSON.stringify({ protocol: PUSH_PROTOCOL, ...from, commands });
});

const tokenRefusals = ['TOKEN_MALFORMED', 'TOKEN_TYPE_UNEXPECTED'] as const;
const fileRefusals = ['FILE_TOO_LARGE', 'FILE_MALFORMED', ...tokenRefusals] as const;
let reader = new QrReader();

const parsers: Record<string, Parser> = {
	decodeToken: {
		valid: tokens,
		parse: decodeToken,
		refusals: tokenRefusals,
		holds: (token: { text: string }, text) => token.text === text
	},
	readFile: { valid: files, parse: readFile, refusals: fileRefusals },
	readFiles: { valid: files, parse: readFiles, refusals: fileRefusals, holds: Array.isArray },
	findBlocks: { valid: files, parse: findBlocks, refusals: fileRefusals, holds: Array.isArray },
	decodeQr: { valid: codes, parse: decodeQr, refusals: ['QR_MALFORMED', ...tokenRefusals] },
	QrReader: {
		valid: codes,
		parse: (text) => {
			const outcome = reader.add(text);
			if (reader.progress.of > 32) reader = new QrReader();
			return outcome;
		},
		refusals: ['QR_MALFORMED', ...tokenRefusals]
	},
	decodeFingerprint: {
		valid: load('fingerprint-codes').map(({ text = '' }) => text),
		parse: decodeFingerprint,
		refusals: ['FINGERPRINT_MALFORMED'],
		holds: (machine: { vm: boolean }) => typeof machine.vm === 'boolean'
	},
	parseLicenseNumber: {
		valid: load('license-numbers').map(({ text = '' }) => text),
		parse: parseLicenseNumber,
		refusals: ['LICENSE_NUMBER_INVALID'],
		holds: (number: string) => /^KF(-[0-9A-HJKMNP-TV-Y]{4}){3}$/.test(number)
	},
	readPushBody: {
		valid: pushBodies,
		parse: (text) => {
			const body = readPushBody(text);
			return isRefusal(body) ? body : [body, ...body.damaged.map(({ refusal }) => refusal)];
		},
		refusals: ['BODY_INVALID', 'BODY_TOO_LARGE', 'PROTOCOL_UNSUPPORTED']
	},
	readPushFile: {
		valid: pushBodies.map((body) => writePushFile({ body, push: tokens[0]! }, ['Keyferry push'])),
		parse: readPushFile,
		refusals: ['FILE_TOO_LARGE', 'FILE_MALFORMED']
	},
	readZip: {
		// One sign for each byte.
		valid: [1, 2, 40].map((count) => {
			const named = files.slice(0, count).map((text, at) => ({ name: `${at}.kfact`, text }));
			const entries = named.map(({ name, text }) => ({ name, bytes: Buffer.from(text) }));
			return Buffer.from(writeZip(entries)).toString('latin1');
		}),
		parse: (text) => {
			const entries = readZip(Buffer.from(text, 'latin1'), 64 * 1024);
			if (isRefusal(entries)) return entries;
			return entries.map((entry) => ('refusal' in entry ? entry.refusal : entry));
		},
		refusals: ['FILE_TOO_LARGE', 'TOO_MANY_FILES', 'FILE_MALFORMED']
	},
	parseClaims: {
		valid: payloads,
		parse: (text) => {
			const json = parseStrictJson(text);
			// As reading a token says it.
			if ('fault' in json) return refuse('TOKEN_MALFORMED', { reason: json.fault });
			return tokenTypes.map((type) => parseClaims(type, json.value));
		},
		refusals: ['TOKEN_MALFORMED', 'CLAIMS_INVALID', 'FORMAT_VERSION_UNSUPPORTED']
	}
};

function noesOf(outcome: unknown) {
	return [outcome].flat().filter((each) => isRefusal(each));
}

/** Something could be made of it: one value at least. */
function isAccepted(outcome: unknown): boolean {
	const outcomes = [outcome].flat();
	return outcomes.length > noesOf(outcome).length;
}

/** One in five made up, the others damaged. */
function inputOf(
	random: () => number,
	{ valid, sound }: { valid: readonly string[]; sound: readonly string[] }
): string {
	if (random() < 0.2) return madeUp(random);
	return damaged(random, random() < 0.5 ? sound : valid);
}

/** In processor time, which some systems count in steps of several milliseconds. */
function milliseconds(work: () => unknown): number {
	const before = process.threadCpuUsage();
	work();
	const { user, system } = process.threadCpuUsage(before);
	return (user + system) / 1000;
}

/** Splitting lines, which on a quiet machine takes less than fifty milliseconds. */
const lines = 'eyJhIjoxfQ\n'.repeat(20_000);
const reference = () => {
	for (let turn = 0; turn < 20; turn++) lines.split('\n');
};

/** One of five times. A long text may take longer; on a busy machine all work does. */
function isSoon(parse: () => unknown, text: string): boolean {
	const allowed = SLOW_MS * Math.max(1, text.length / FILE_LENGTH_LIMIT);
	for (let turn = 0; turn < 5; turn++) {
		const took = milliseconds(parse);
		if (took <= allowed || took <= (allowed / SLOW_MS) * milliseconds(reference)) return true;
	}
	return false;
}

vi.setConfig({ testTimeout: 30_000 + 10 * RUNS });

describe.for(Object.entries(parsers))('%s', ([name, { valid, parse, refusals, holds }]) => {
	test('[FI3] answers damaged and made-up inputs with a value or a typed refusal, and soon', () => {
		const random = randomOf(SEED ^ name.length);
		// Some vectors are there to be refused.
		const sound = valid.filter((text) => isAccepted(parse(text)));
		expect(sound.length, 'inputs that are sound as they are').toBeGreaterThan(2);
		const counts = { refused: 0, accepted: 0 };
		for (let run = 0; run < RUNS; run++) {
			const text = run % 10 === 0 ? oneOf(random, sound) : inputOf(random, { valid, sound });
			let outcome: unknown;
			try {
				expect(
					isSoon(() => (outcome = parse(text)), text),
					'answers soon'
				).toBe(true);
				for (const refusal of noesOf(outcome)) expect(refusals).toContain(refusal.refused);
				counts[isAccepted(outcome) ? 'accepted' : 'refused']++;
				if (!isRefusal(outcome) && holds) expect(holds(outcome as never, text)).toBe(true);
			} catch (cause) {
				const shown = JSON.stringify(text.length > 400 ? `${text.slice(0, 400)}…` : text);
				throw new Error(`FUZZ_SEED=${SEED}, run ${run}: ${shown}`, { cause });
			}
		}
		console.log(`fuzz: ${name} ${JSON.stringify(counts)}`);
		// A parser that says yes to everything, or no to everything, has not been tested here.
		expect(counts.refused / RUNS, 'the share that was refused').toBeGreaterThan(0.2);
		expect(counts.accepted / RUNS, 'the share that was accepted').toBeGreaterThan(0.05);
	});
});

/** A file, and what reading it to the end gives: the claims, or a refusal. */
const whole: [string, string, (text: string) => Promise<unknown>][] = [
	['activation', fileNamed('activation', 'with trust and revocation'), activationOf],
	['activation', fileNamed('activation', 'full'), activationOf],
	['license-keys', fileNamed('license-keys', 'full'), licenseOf],
	['requests', fileNamed('requests', 'full'), requestOf]
];

function fileNamed(list: string, wanted: string): string {
	return load(list).find(({ name }) => name === wanted)!.file!;
}

async function activationOf(text: string): Promise<unknown> {
	const asked = { roots: [keys.root.jwk], now: 1_800_000_000, state: emptyTrustState };
	const outcome = await verifyActivation(text, asked);
	return isRefusal(outcome) ? outcome : outcome.activation;
}

async function licenseOf(text: string): Promise<unknown> {
	const read = readFile(text);
	const outcome = isRefusal(read) ? read : await verifyFile(read, { roots: [keys.root.jwk] });
	return isRefusal(outcome) ? outcome : outcome.body.claims;
}

async function requestOf(text: string): Promise<unknown> {
	const read = readFile(text);
	const outcome = isRefusal(read) ? read : await verifyRequest(read.body);
	return isRefusal(outcome) ? outcome : outcome.claims;
}

describe('a valid file with one byte changed', () => {
	test.for(whole)('[FI3] %s: the same claims or a refusal', async ([name, file, open]) => {
		const random = randomOf(SEED);
		const original = await open(file);
		expect(isRefusal(original)).toBe(false);
		const bytes = new TextEncoder().encode(file);
		const every = bytes.length <= RUNS;
		const times = every ? bytes.length : RUNS;
		let refused = 0;
		for (let run = 0; run < times; run++) {
			const at = every ? run : Math.floor(random() * bytes.length);
			const copy = bytes.slice();
			copy[at] = oneOf(random, [copy[at]! ^ 1, copy[at]! ^ 0x20, Math.floor(random() * 256)]);
			const outcome = await open(new TextDecoder().decode(copy));
			if (isRefusal(outcome)) refused++;
			else expect(outcome, `${name}, FUZZ_SEED=${SEED}, byte ${at}`).toEqual(original);
		}
		// The readable lines are not signed; everything else is.
		expect(refused).toBeGreaterThan(times * 0.7);
	});
});
