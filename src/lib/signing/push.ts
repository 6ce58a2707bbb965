/**
 * Signed pushes: what a desk asks, in its own hand, whoever brings it. [SY9]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { PushBody } from '#lib/protocol/push.ts';
import { readSignedPush, type ReadBody, type SignedPush } from '../formats/push.ts';
import { uuidv7 } from '../formats/uuid.ts';
import { signToken, verifyToken } from './jws.ts';
import { importPublicJwk, type Signer } from './keys.ts';
import { textHash } from './text-hash.ts';

/** A push whose signature was made by the key that it names. */
export type VerifiedPush = ReadBody & {
	/** Thumbprint of the key. */
	jkt: string;
	/** Of the token. */
	jti: string;
	/** The desk's own time, which nobody judges. */
	signedAt: number;
};

/** @param now - The desk's own time, which nobody judges. */
export async function signPush(
	content: PushBody,
	{ signer, now }: { signer: Signer; now: number }
): Promise<SignedPush> {
	const body = JSON.stringify(content);
	const claims = { v: 1, jti: uuidv7(), iat: now, outbox: content.outbox };
	const sha256 = await textHash(body);
	return { body, push: await signToken('push', { ...claims, sha256 }, signer) };
}

/** @returns `PUSH_NOT_SIGNED` for another key, other bytes or another outbox than the token says. */
export async function verifyPush(signed: SignedPush): Promise<VerifiedPush | Refusal> {
	const found = readSignedPush(signed);
	if (isRefusal(found)) return found;
	const { read, token } = found;
	const { outbox } = read;
	const key = await importPublicJwk(read.key);
	if (isRefusal(key)) return key;
	const verified = await verifyToken(token, key);
	if (isRefusal(verified)) {
		const { refused } = verified;
		const reason = refused === 'SIGNATURE_INVALID' ? 'signature' : 'claims';
		return refuse('PUSH_NOT_SIGNED', { outbox, reason });
	}
	const { claims } = verified;
	if (claims.sha256 !== (await textHash(signed.body)))
		return refuse('PUSH_NOT_SIGNED', { outbox, reason: 'body' });
	if (claims.outbox !== outbox) return refuse('PUSH_NOT_SIGNED', { outbox, reason: 'outbox' });
	return { ...read, jkt: key.kid, jti: claims.jti, signedAt: claims.iat };
}
