/** `tests/vectors/*.json` through our own code: exactly the expected code. */
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { compareMachines } from '#lib/domain/machines/machine.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { decodeBase45 } from '#lib/formats/base45.ts';
import { fileName, fileStem } from '#lib/formats/file-name.ts';
import { readFile } from '#lib/formats/file.ts';
import { decodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { QR_DICTIONARY, QrReader } from '#lib/formats/qr.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { verifyUsage } from '#lib/signing/usage.ts';
import { proofOf, verifyRequest } from '#lib/signing/request.ts';
import type { HubFileVector, RequestVector } from '../scripts/vectors/other-files.ts';
import type { UsageVector } from '../scripts/vectors/usage.ts';
import type {
	FileNameVector,
	FingerprintVector,
	MatchVector,
	NumberVector,
	QrVector
} from '../scripts/vectors/texts.ts';

function load<V extends { name: string }>(name: string): (readonly [string, V])[] {
	const path = new URL(`vectors/${name}.json`, import.meta.url);
	const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as { vectors: V[] };
	return vectors.map((vector) => [vector.name, vector] as const);
}

async function verifyAs({
	file,
	type,
	...trust
}: HubFileVector): Promise<'ok' | Refusal['refused']> {
	const read = readFile(file);
	if (isRefusal(read)) return read.refused;
	const verified = await verifyFile(read, trust);
	if (isRefusal(verified)) return verified.refused;
	return verified.body.type === type ? 'ok' : 'TOKEN_TYPE_UNEXPECTED';
}

describe.for(['license-keys', 'refusals', 'trust'])('%s.json', (name) => {
	test.for(load<HubFileVector>(name))('[FI7] %s', async ([, vector]) => {
		expect(await verifyAs(vector)).toBe(vector.expect);
	});
});

describe('usage.json', () => {
	test.for(load<UsageVector>('usage'))('[US2] %s', async ([, vector]) => {
		const read = readFile(vector.file);
		const usage = isRefusal(read) ? read : await verifyUsage(read, vector);
		expect(isRefusal(usage) ? usage.refused : 'ok').toBe(vector.expect);
		if (isRefusal(usage)) return;
		expect(
			usage.hours.map(({ hour, peak, denied, waiting }) => [hour, peak, denied, waiting])
		).toEqual(vector.hours);
	});
});

describe('requests.json', () => {
	test.for(load<RequestVector>('requests'))('[RE2] %s', async ([, vector]) => {
		const read = readFile(vector.file);
		const request = isRefusal(read) ? read : await verifyRequest(read.body);
		expect(isRefusal(request) ? request.refused : 'ok').toBe(vector.expect);
		if (isRefusal(request)) return;
		expect(request.jkt).toBe(vector.jkt);
		if (vector.sec === undefined) return;
		const { proof, jti } = request.claims;
		expect(proof === (await proofOf(vector.sec, jti, request.jkt))).toBe(vector.proven);
	});
});

describe('qr.json', () => {
	test.for(load<QrVector>('qr'))('[FI6] %s', ([, { codes, expect: expected, token }]) => {
		const reader = new QrReader();
		const outcomes = codes.map((code) => reader.add(code));
		const last = outcomes.findLast((outcome) => outcome !== undefined);
		const found = last === undefined ? 'waiting' : isRefusal(last) ? last.refused : 'ok';
		expect(found).toBe(expected);
		if (token !== undefined) expect(last).toMatchObject({ text: token });
	});

	test('[FI6] another inflater reads the same payload from a code', () => {
		const [, vector] = load<QrVector>('qr')[0]!;
		const bytes = decodeBase45(vector.codes[0]!.slice('KF1:'.length))!;
		const [, payload64 = '', signature64 = ''] = vector.token!.split('.');
		const inflated = inflateRawSync(bytes.subarray(33, -64), { dictionary: QR_DICTIONARY });
		expect(inflated.toString('base64url')).toBe(payload64);
		expect(Buffer.from(bytes.subarray(-64)).toString('base64url')).toBe(signature64);
	});
});

test.for(load<FileNameVector>('file-names'))('[FI4] file name: %s', ([, vector]) => {
	expect(fileName(vector.type, fileStem(vector))).toBe(vector.file);
});

test.for(load<NumberVector>('license-numbers'))('license number: %s', ([, vector]) => {
	const parsed = parseLicenseNumber(vector.text);
	expect(isRefusal(parsed) ? parsed.refused : 'ok').toBe(vector.expect);
	if (!isRefusal(parsed)) expect(parsed).toBe(vector.number);
});

test.for(load<FingerprintVector>('fingerprint-codes'))('[MA1] code: %s', ([, vector]) => {
	const machine = decodeFingerprint(vector.text);
	expect(isRefusal(machine) ? machine.refused : 'ok').toBe(vector.expect);
	if (!isRefusal(machine)) expect(machine).toEqual(vector.machine);
});

test.for(load<MatchVector>('matching'))('[MA2] matching: %s', ([, vector]) => {
	expect(compareMachines(vector.enrolled, vector.present, vector)).toEqual(vector.outcome);
});
