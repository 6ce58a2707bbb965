/**
 * Verifying an activation file: the chain to a pinned root, then product, version, machine, history
 * and time. Pure, for browser and Node; the caller keeps the state. [FI1, FI8, CL1, MA2]
 *
 * @module
 */
import { doubtClock } from '#lib/domain/machines/clock.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import {
	judgeActivation,
	noticeGrace,
	type Circumstances,
	type TrustState
} from '#lib/domain/machines/verification.ts';
import { encodeBase64url } from '#lib/formats/base64url.ts';
import { fileTokens, readFile, type TokenFile } from '#lib/formats/file.ts';
import type { DecodedToken } from '#lib/formats/jws.ts';
import type { Claims, PublicJwk } from '#lib/formats/tokens.ts';
import { verifyFile, type Learned } from '#lib/signing/chain.ts';

/** Bytes of SHA-256 that a revocation names an activation by. */
const RETIRED_HASH_BYTES = 9;

export type Trusting = {
	/** Root keys that the product was built with. Never those of the file. */
	roots: readonly PublicJwk[];
	/** Hub keys met before: they complete a bare token, as a QR code carries it. */
	hubKeys?: readonly DecodedToken<'hub-key'>[];
	/** What this verifier has kept from earlier files. */
	state: TrustState;
};

/** Signed by a hub that a pinned root vouches for. Whether it may run here is another question. */
export type SignedActivation = {
	activation: Claims['activation'];
	state: TrustState;
	/** The whole chain, completed where a bare token came: what to keep. */
	tokens: string[];
};

export type VerifiedActivation = SignedActivation & {
	/** The clock cannot be right: a warning that stops nothing. [CL1] */
	notice?: Refusal<'CLOCK_BEHIND'>;
	/** It has ended and still opens: say so to whoever runs it. [GR1] */
	grace?: Refusal<'ACTIVATION_IN_GRACE'>;
};

/**
 * Verifies one activation file as armour, bare tokens or read before.
 *
 * @returns The activation with the state to keep for the next file, or the reason why the product
 * may not run on it. Keep the state of {@link readActivation} where a refusal should teach too.
 */
export async function verifyActivation(
	file: string | TokenFile,
	asked: Trusting & Circumstances
): Promise<VerifiedActivation | Refusal> {
	const signed = await readActivation(file, asked);
	if (isRefusal(signed)) return signed;
	const refusal = await judgeSigned(signed, asked);
	if (refusal) return refusal;
	const notice = doubtClock(asked.now, signed.state.trustedAt);
	const grace = noticeGrace(signed.activation, { ...asked, state: signed.state });
	return { ...signed, ...(notice && { notice }), ...(grace && { grace }) };
}

/** Checks signatures and takes over what the file teaches; judges nothing. */
export async function readActivation(
	file: string | TokenFile,
	{ roots, hubKeys, state }: Trusting
): Promise<SignedActivation | Refusal> {
	const read = typeof file === 'string' ? readFile(file) : file;
	if (isRefusal(read)) return read;
	if (read.body.type !== 'activation')
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['activation'], found: read.body.type });
	const verified = await verifyFile(read, { roots, voided: state.voided, hubKeys });
	if (isRefusal(verified)) return verified;
	// Sound: the type of the body was compared before, and verifying does not change it.
	const activation = verified.body.claims as Claims['activation'];
	const { generations } = state;
	const newest = Math.max(generations[activation.act] ?? 0, activation.gen);
	const tokens = fileTokens(read).map(({ text }) => text);
	const { hubKey, allotment } = verified;
	if (!read.key && hubKey) {
		const above = allotment ? [hubKey.text, allotment.text] : [hubKey.text];
		tokens.splice(-1, 0, ...above);
	}
	return {
		activation,
		tokens,
		state: {
			...learn(state, verified.learned),
			generations: { ...generations, [activation.act]: newest }
		}
	};
}

/** Whether a signed activation may run under these circumstances. */
export async function judgeSigned(
	{ activation, state }: SignedActivation,
	circumstances: Circumstances
): Promise<Refusal | undefined> {
	// Hashing costs as much as half a signature: only where there is a list to look through.
	if (state.retired.length > 0 && state.retired.includes(await retiredHash(activation.act)))
		return refuse('ACTIVATION_RETIRED', { act: activation.act, contact: activation.contact });
	return judgeActivation(activation, { ...circumstances, state });
}

/** What a verifier knows after a file: every part only grows. [FI8] */
export function learn(state: TrustState, learned: Learned): TrustState {
	return {
		...state,
		trustedAt: Math.max(state.trustedAt, learned.trustedAt),
		retired: [...new Set([...state.retired, ...(learned.revocation?.acts ?? [])])],
		voided: [...new Set([...state.voided, ...learned.voided])]
	};
}

export async function retiredHash(act: string): Promise<string> {
	const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(act));
	return encodeBase64url(new Uint8Array(digest, 0, RETIRED_HASH_BYTES));
}
