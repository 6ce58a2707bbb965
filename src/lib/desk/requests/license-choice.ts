/**
 * Which license a request asks for, by whatever a person has of it.
 *
 * @module
 */
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { strict } from '#lib/desk/store/database.ts';
import { readMirroredKey } from '#lib/desk/mirror/license-keys.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { readBody } from '#lib/desk/files/summary.ts';

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
	const [held, [row]] = await Promise.all([
		strict.keys.where('number').equals(number).last(),
		mirroredLicenses.with('licenses.number', [number])
	]);
	const text = held?.text ?? (row && (await readMirroredKey(row)));
	const known = text === undefined ? undefined : await readLicenseChoice(text);
	if (known && !isRefusal(known)) return known;
	if (!row) return { number };
	const { title: product, contact } = row;
	return { number, product, contact };
}
