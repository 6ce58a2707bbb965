/**
 * What a person entered where a product key is asked for: a number, a license key, or something
 * from long ago. [K2, K3]
 *
 * @module
 */
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { judgeVersion } from '#lib/domain/licenses/license.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { decodeBase64url } from '#lib/formats/base64url.ts';
import { findBlocks } from '#lib/formats/armour.ts';
import { readFile } from '#lib/formats/file.ts';
import { parseClaims, type Claims, type PublicJwk } from '#lib/formats/tokens.ts';
import { verifyFile } from '#lib/signing/chain.ts';

/** Keys that this vendor sold before Keyferry, or for other products. */
export type ForeignKeys = {
	/** Regular expression over the whole text, letter case aside: `EXD6-....-....-....`. */
	pattern: string;
	/** What such a key was for: `Example Dataflow Studio 6`. */
	name: string;
};

export type KeyExpectation = {
	product?: string;
	version?: string;
	foreignKeys?: readonly ForeignKeys[];
	/** Where a person asks the vendor for an upgrade. */
	contact?: string;
	/** Root keys, to check a license key that brings its chain. */
	roots?: readonly PublicJwk[];
};

/** The number always; the claims where the text was the license key itself. */
export type EnteredKey = { number: string; license?: Claims['license'] };

/**
 * Judges the text of a key field.
 *
 * A bare license key brings no chain and is taken at its word: it unlocks nothing, and the hub
 * verifies what is made from it.
 */
export async function judgeKey(
	text: string,
	expected: KeyExpectation
): Promise<EnteredKey | Refusal> {
	const entered = text.trim();
	const foreign = expected.foreignKeys?.find(({ pattern }) =>
		new RegExp(`^(?:${pattern})$`, 'i').test(entered)
	);
	if (foreign)
		return refuse('KEY_FOREIGN', { product: foreign.name, contact: expected.contact ?? '' });
	if (!looksLikeToken(entered)) {
		const number = parseLicenseNumber(entered);
		return isRefusal(number) ? number : { number };
	}
	const license = await readLicense(entered, expected.roots);
	if (isRefusal(license)) return license;
	if (!decodeBase64url(license.sec))
		return refuse('CLAIMS_INVALID', { type: 'license', path: 'sec', reason: 'base64url' });
	if (expected.product !== undefined && license.prd !== expected.product)
		return refuse('PRODUCT_MISMATCH', { expected: expected.product, found: license.prd });
	const contact = expected.contact ?? license.contact;
	const uncovered =
		expected.version === undefined
			? undefined
			: judgeVersion({ ...license, contact }, expected.version);
	return uncovered ?? { number: license.num, license };
}

function looksLikeToken(text: string): boolean {
	return /^[\w-]{20,}\.[\s\S]*\./.test(text) || findBlocks(text).length > 0;
}

async function readLicense(
	text: string,
	roots: readonly PublicJwk[] | undefined
): Promise<Claims['license'] | Refusal> {
	const file = readFile(text);
	if (isRefusal(file)) return file;
	if (file.body.type !== 'license')
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['license'], found: file.body.type });
	if (!file.key || !roots) return parseClaims('license', file.body.payload);
	const verified = await verifyFile(file, { roots });
	// Sound: the type of the body was compared before.
	return isRefusal(verified) ? verified : (verified.body.claims as Claims['license']);
}
