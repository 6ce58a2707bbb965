/**
 * A certificate authority of one's own, for hubs on networks where no public one reaches: devices
 * that trust its certificate get HTTPS, and with it service worker, camera and Web Crypto.
 *
 * @see RFC 5280
 * @module
 */
// The X.509 package finds its parts through it.
import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
	BasicConstraintsExtension,
	ExtendedKeyUsage,
	ExtendedKeyUsageExtension,
	KeyUsageFlags,
	KeyUsagesExtension,
	SubjectAlternativeNameExtension,
	SubjectKeyIdentifierExtension,
	AuthorityKeyIdentifierExtension,
	X509CertificateGenerator,
	type X509Certificate
} from '@peculiar/x509';
import { writeSecret } from './folder.ts';

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_650;
/** Apple's systems refuse server certificates that are valid for longer than 825 days. */
const SERVER_DAYS = 820;
/** Devices' clocks differ a little. */
const BACKDATED_MS = DAY_MS;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** @returns Path of the authority's certificate, which devices are to trust. */
export async function makeLocalAuthority(
	folder: string,
	hosts: readonly string[]
): Promise<string> {
	const tls = join(folder, 'tls');
	mkdirSync(tls, { recursive: true, mode: 0o700 });
	const authorityKeys = await makeKeys();
	const authority = await makeAuthority(authorityKeys);
	const serverKeys = await makeKeys();
	const names = new Set(['localhost', hostname(), '127.0.0.1', '::1', ...hosts]);
	const server = await makeServerCertificate({ authority, authorityKeys, serverKeys, names });

	writeSecret(join(tls, 'ca.key'), await privatePem(authorityKeys));
	writeSecret(join(tls, 'server.key'), await privatePem(serverKeys));
	const authorityFile = join(tls, 'ca.crt');
	writeFileSync(authorityFile, `${authority.toString('pem')}\n`);
	writeFileSync(join(tls, 'server.crt'), `${server.toString('pem')}\n`);
	return authorityFile;
}

async function makeAuthority(keys: CryptoKeyPair): Promise<X509Certificate> {
	return X509CertificateGenerator.createSelfSigned({
		name: [{ CN: [`Keyferry local authority (${hostname()})`] }],
		notBefore: new Date(Date.now() - BACKDATED_MS),
		notAfter: new Date(Date.now() + AUTHORITY_DAYS * DAY_MS),
		signingAlgorithm: algorithm,
		keys,
		extensions: [
			// It signs server certificates only, never another authority's.
			new BasicConstraintsExtension(true, 0, true),
			new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
			await SubjectKeyIdentifierExtension.create(keys.publicKey)
		]
	});
}

async function makeServerCertificate({
	authority,
	authorityKeys,
	serverKeys,
	names
}: {
	authority: X509Certificate;
	authorityKeys: CryptoKeyPair;
	serverKeys: CryptoKeyPair;
	names: ReadonlySet<string>;
}): Promise<X509Certificate> {
	return X509CertificateGenerator.create({
		subject: [{ CN: ['Keyferry hub'] }],
		issuer: authority.subject,
		notBefore: new Date(Date.now() - BACKDATED_MS),
		notAfter: new Date(Date.now() + SERVER_DAYS * DAY_MS),
		signingAlgorithm: algorithm,
		publicKey: serverKeys.publicKey,
		signingKey: authorityKeys.privateKey,
		extensions: [
			new BasicConstraintsExtension(false, undefined, true),
			new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
			new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
			new SubjectAlternativeNameExtension(
				[...names].map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }) as const)
			),
			await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
			await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey)
		]
	});
}

async function makeKeys(): Promise<CryptoKeyPair> {
	return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function privatePem({ privateKey }: CryptoKeyPair): Promise<string> {
	const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey));
	const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
	return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}
