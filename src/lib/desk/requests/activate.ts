/**
 * Unlock for another machine: a request made on the desk, by name, organization and key. (K2)
 *
 * The machine key is made and held by this desk, and the request says so [MA3]: such a key proves no
 * return later. A machine that can run the CLI makes a better request.
 *
 * @module
 */
import { parseLicenseNumber } from '#lib/domain/license-number.ts';
import type { Machine } from '#lib/domain/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { encodeBase64url } from '#lib/formats/base64url.ts';
import { decodeFingerprint, isFingerprintCode } from '#lib/formats/fingerprint-code.ts';
import { readFile, writeFile } from '#lib/formats/file.ts';
import { requestFileName } from '#lib/formats/file-name.ts';
import { FORMAT_VERSION, type Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { signerOf } from '#lib/signing/keys.ts';
import { proofOf } from '#lib/signing/request.ts';
import { deskNow, strict, writeFact } from '#lib/desk/store/database.ts';
import { changeSettings } from './desk.ts';
import { readableLines } from '#lib/desk/import/intake.ts';
import { readMirroredKey } from '#lib/desk/store/license-keys.ts';
import type { MachineKeyRow, RequestRow } from '#lib/desk/store/rows.ts';
import { readBody, sayWhat } from '#lib/desk/files/said.ts';
import { makeStoredKey } from '#lib/desk/store/stored-key.ts';

/** Which license: by number, by its key, or both. */
export type LicenseChoice = {
	number: string;
	/** The license key's `sec`, where a key was given: it makes the proof. [RE2] */
	sec?: string;
	product?: string;
	contact?: string;
	/** The key itself, to be kept on this desk. */
	keyText?: string;
};

/**
 * Reads what was typed, pasted, dropped or scanned where a key is asked for: the short number, a
 * license key as file or token.
 */
export async function readLicenseChoice(input: string): Promise<LicenseChoice | Refusal> {
	const text = input.trim();
	const file = readFile(text);
	if (isRefusal(file)) {
		// What has no token in it was meant as a number; the refusal then speaks of numbers.
		if (text.length > 40 || text.includes('-----')) return file;
		const number = parseLicenseNumber(text);
		return isRefusal(number) ? number : withKnownKey(number);
	}
	const body = readBody(file);
	if (isRefusal(body)) return body;
	if (body.type !== 'license')
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['license'], found: body.type });
	const { num: number, sec, title: product, contact } = body.claims;
	return { number, sec, product, contact, keyText: text };
}

/** By number alone, a key that this desk holds still gives its proof. */
async function withKnownKey(number: string): Promise<LicenseChoice> {
	const [held, row] = await Promise.all([
		strict.keys.where('number').equals(number).last(),
		strict.licenses.where('number').equals(number).first()
	]);
	const text = held?.text ?? (row && (await readMirroredKey(row)));
	const known = text === undefined ? undefined : await readLicenseChoice(text);
	if (known && !isRefusal(known)) return known;
	const choice: LicenseChoice = { number };
	if (row) Object.assign(choice, { product: row.title, contact: row.contact });
	return choice;
}

/**
 * Reads the machine: the code that `keyferry fingerprint` prints, or any name given by hand, which
 * only licenses that allow it accept [MA2].
 */
export async function readMachineCode(input: string): Promise<Machine | Refusal> {
	const text = input.trim();
	if (isFingerprintCode(text)) return decodeFingerprint(text);
	if (text === '') return refuse('FINGERPRINT_MALFORMED', { reason: 'empty' });
	return { fp: { given: await componentHash('given', text) }, vm: false };
}

export type RequestForm = {
	license: LicenseChoice;
	machine: Machine;
	name: string;
	organization?: string;
	/** Host or asset tag. */
	label?: string;
	site?: string;
	/** Version of the product that asks. */
	version?: string;
	os?: string;
};

/**
 * Makes and signs a request, and stores it with its machine key. Returns after the disk has both.
 */
export async function makeRequest(form: RequestForm): Promise<RequestRow | Refusal> {
	const name = form.name.trim();
	if (name === '') return refuse('BODY_INVALID', { path: 'name', reason: 'missing' });
	const { key, pair, jwk } = await makeStoredKey();
	const signer = await signerOf(pair);
	const jti = uuidv7();
	const claims: Claims['activation-request'] = {
		v: FORMAT_VERSION,
		jti,
		iat: deskNow(),
		num: form.license.number,
		proof: form.license.sec && (await proofOf(form.license.sec, jti, signer.kid)),
		fp: form.machine.fp,
		vm: form.machine.vm,
		held: 'desk',
		os: optional(form.os),
		pv: optional(form.version),
		name,
		org: optional(form.organization),
		label: optional(form.label),
		site: optional(form.site),
		cnf: { jwk }
	};
	const token = await signToken('activation-request', claims, signer);
	const said = sayWhat({ type: 'activation-request', claims });
	said.product = form.license.product;
	const text = writeFile([token], readableLines(said));
	const tooLong = readFile(text);
	if (isRefusal(tooLong)) return tooLong;
	const unreadable = readBody(tooLong);
	if (isRefusal(unreadable)) return unreadable;
	const row: RequestRow = {
		jti,
		number: claims.num,
		text,
		said,
		origin: 'made',
		fileName: requestFileName(claims),
		storedAt: deskNow()
	};
	await storeRequest(row, { request: jti, privateKey: key, publicKey: jwk });
	await changeSettings({ name, organization: optional(form.organization) });
	return row;
}

async function storeRequest(row: RequestRow, key: MachineKeyRow): Promise<void> {
	const store = (machineKey: MachineKeyRow) =>
		strict.transaction('rw', [strict.requests, strict.machineKeys, strict.facts], async () => {
			await strict.machineKeys.put(machineKey);
			await strict.requests.put(row);
			await writeFact('changedAt', deskNow());
		});
	await store(key);
}

/** A component's hash, as machines make it themselves. [MA1] */
async function componentHash(component: string, value: string): Promise<string> {
	const encoder = new TextEncoder();
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey(
		'raw',
		encoder.encode('keyferry-fp-1'),
		algorithm,
		false,
		['sign']
	);
	const message = encoder.encode(`${component}:${value.trim().toLowerCase()}`);
	return encodeBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, message), 0, 16));
}

function optional(text: string | undefined): string | undefined {
	return text?.trim() || undefined;
}
