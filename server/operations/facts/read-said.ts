/**
 * What a request says of its machine, where a desk sends it along with the file that it drew for it.
 *
 * @module
 */
import { saidIn, type MachineSaid } from '#lib/domain/machines/machine-said.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import { verifyRequest } from '#lib/signing/request.ts';

/**
 * A draw is a fact whatever comes along with it: what is no genuine request of this very machine is
 * passed over. [P11, SY10]
 *
 * @param asked - A request token.
 */
export async function readSaid(
	{ req, cnf: { jkt } }: Claims['activation'],
	asked: unknown
): Promise<MachineSaid | null> {
	const token = typeof asked === 'string' ? decodeToken(asked) : undefined;
	if (!token || isRefusal(token)) return null;
	const request = await verifyRequest(token);
	if (isRefusal(request) || request.jkt !== jkt || request.claims.jti !== req) return null;
	return saidIn(request.claims);
}
