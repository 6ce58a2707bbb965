/**
 * The hub's own activation files: signed once, and kept. [FI1]
 *
 * @module
 */
import type { SignedFile } from '#lib/domain/seats/activation-record.ts';
import { graceDaysOf, withGrace } from '#lib/domain/licenses/license.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { activationClaims, fileOf, type Grantee } from '#lib/signing/activation.ts';
import { signToken } from '#lib/signing/jws.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { SignedToken } from './answer.ts';
import type { FileRecord, Ledger } from './ledger.ts';

type Next = { license: LicenseRecord; act: string; gen: number; exp?: Seconds; grantee: Grantee };

/** @returns The file as it is delivered, and what its activation's record learns from it. */
export async function signActivation(
	ledger: Ledger,
	{ license, act, gen, exp, grantee }: Next
): Promise<{ signed: SignedToken; file: SignedFile }> {
	const { hub } = ledger;
	const now = hub.now();
	// Of a file that ends before its license nothing is given: it is renewed in time. [GR1]
	const isLast = license.fileDays === null || exp === license.expiresAt;
	const grace = exp !== undefined && isLast ? graceDaysOf(license.terms) : undefined;
	const claims = activationClaims(grantee, withGrace(license.terms, grace), {
		jti: uuidv7(),
		iss: hub.iss,
		act,
		gen,
		iat: now,
		nbf: now,
		exp
	});
	const token = await signToken('activation', claims, hub.signer);
	const signed = { kid: hub.signer.kid, token };
	keepFile(ledger, { jti: claims.jti, act, gen, request: claims.req, ...signed, signedAt: now });
	return { signed, file: fileOf(claims) };
}

/**
 * Keeps a file for ever: one that this hub has signed, or a desk, or this hub before a restore.
 *
 * @param file - `machine` where it was brought back. [SE8]
 */
export function keepFile(
	{ customerId, changed }: Ledger,
	{ machine, ...file }: Omit<FileRecord, 'customerId' | 'machine'> & { machine?: string }
): void {
	changed.files.push({ customerId, ...file, machine: machine ?? null });
}
