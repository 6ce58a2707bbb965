/**
 * What somebody brings to show that they hold a license key. [RE2, P8]
 *
 * @module
 */
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import type { LicenseProof } from '#server/hub/license-proof.ts';

/** In the place of a machine key's thumbprint, where a license key proves itself for a download. */
const PROOF_FOR = 'releases';

type Brought = {
	/** A request of a machine, as a file. */
	request?: string;
	/** A proof for this alone, and the number of its license. */
	proof?: { id: string; mac: string };
	license?: string;
};

/** @returns `undefined` where nothing is brought. Whether a proof holds is found out with the license. */
export async function readProof({
	request,
	proof,
	license
}: Brought): Promise<{ number: string; proof: LicenseProof } | Refusal | undefined> {
	if (proof !== undefined) {
		const number = parseLicenseNumber(license ?? '');
		if (isRefusal(number)) return number;
		return { number, proof: { jti: proof.id, jkt: PROOF_FOR, proof: proof.mac } };
	}
	if (request === undefined) return undefined;
	const file = readFile(request);
	const verified = isRefusal(file) ? file : await verifyRequest(file.body);
	if (isRefusal(verified)) return verified;
	const { num: number, jti, proof: made = '' } = verified.claims;
	return { number, proof: { jti, jkt: verified.jkt, proof: made } };
}
