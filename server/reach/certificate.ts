/**
 * Certificate files that somebody names: whether a hub can serve its address with them.
 *
 * @module
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';

export type CertificateFiles = { cert: string; key: string };

/** @returns Why it cannot, with what is wrong and where. */
export function judgeCertificate(
	{ cert, key }: CertificateFiles,
	{ host, at }: { host: string; at: Date }
): Refusal<'CERTIFICATE_UNUSABLE'> | undefined {
	const unusable = (path: string, reason: string) =>
		refuse('CERTIFICATE_UNUSABLE', { path, reason });
	let certificate: X509Certificate;
	try {
		certificate = new X509Certificate(readFileSync(cert));
	} catch (error) {
		return unusable(cert, isUnreadable(error) ? 'not-there' : 'no-certificate');
	}
	let isPair: boolean;
	try {
		isPair = certificate.checkPrivateKey(createPrivateKey(readFileSync(key)));
	} catch (error) {
		return unusable(key, isUnreadable(error) ? 'not-there' : 'no-key');
	}
	if (!isPair) return unusable(key, 'no-pair');
	if (certificate.validToDate <= at) return unusable(cert, 'ended');
	const plain = host.replace(/^\[|\]$/g, '');
	const isNamed = isIP(plain) > 0 ? certificate.checkIP(plain) : certificate.checkHost(plain);
	return isNamed === undefined ? unusable(cert, 'other-name') : undefined;
}

function isUnreadable(error: unknown): boolean {
	return error instanceof Error && 'syscall' in error;
}
