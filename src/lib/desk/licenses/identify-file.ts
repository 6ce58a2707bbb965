/**
 * What a pasted file or a scanned code names: a license, a machine's activation, a request.
 *
 * @module
 */
import { anchorsOf, type Fingerprint } from '#lib/domain/machines/machine.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { decodeFingerprint, isFingerprintCode } from '#lib/formats/fingerprint-code.ts';
import { readFile } from '#lib/formats/file.ts';
import type { FileKind } from '#lib/desk/store/file-rows.ts';
import { answeredRequest, readBody, summarize } from '#lib/desk/files/summary.ts';
import { Scan } from '#lib/signing/scan.ts';

export type IdentifiedFile = {
	kind: FileKind | 'fingerprint';
	text: string;
	jti?: string;
	number?: string;
	licenseId?: string;
	act?: string;
	/** `jti` of the request that it is, or answers. */
	request?: string;
	label?: string;
	/** Hashes by which its machine is found. */
	anchors?: string[];
};

/** @returns Nothing where the text is no file of ours. */
export async function identifyFile(input: string): Promise<IdentifiedFile | undefined> {
	const text = input.trim();
	if (isFingerprintCode(text)) {
		const machine = decodeFingerprint(text);
		return isRefusal(machine) ? undefined : { kind: 'fingerprint', text, ...anchors(machine.fp) };
	}
	const [whole] = text.startsWith('KF1:') ? await scanned(text) : [text];
	const file = whole === undefined ? undefined : readFile(whole);
	if (whole === undefined || file === undefined || isRefusal(file)) return undefined;
	const body = readBody(file);
	if (isRefusal(body)) return undefined;
	const { number, act, label, fingerprint } = summarize(body, file);
	const { claims, type } = body;
	const isAsked = type === 'activation-request';
	const named: IdentifiedFile = {
		kind: type,
		text: whole,
		jti: claims.jti,
		request: isAsked ? claims.jti : answeredRequest(body),
		number,
		act,
		label
	};
	if ('sub' in claims && typeof claims.sub === 'string') named.licenseId = claims.sub;
	return fingerprint ? { ...named, ...anchors(fingerprint) } : named;
}

/** The frames of a code, pasted one a line. */
async function scanned(text: string): Promise<string[]> {
	const scan = new Scan();
	for (const code of text.split(/\s+(?=KF1:)/)) scan.add(code);
	return scan.files();
}

function anchors(fp: Fingerprint): { anchors: string[] } {
	return { anchors: anchorsOf(fp) };
}
