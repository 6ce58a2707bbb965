/**
 * What `@keyferry/sdk` exports: verifying and judging, in a browser as on a server. Nothing here reads
 * a disk, a clock or a machine.
 *
 * @module
 */
export type { Seconds } from '#lib/domain/time.ts';
export type { Fingerprint, Machine } from '#lib/domain/machines/machine.ts';
export { isRefusal, type Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
export {
	emptyTrustState,
	type Circumstances,
	type TrustState
} from '#lib/domain/machines/verification.ts';
export { decodeFingerprint, encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
export type { Claims, PublicJwk } from '#lib/formats/tokens.ts';
export { describeChanges, type Change } from './changes.ts';
export { judgeKey, type EnteredKey, type ForeignKeys, type KeyExpectation } from './judge-key.ts';
export {
	judgeSigned,
	readActivation,
	verifyActivation,
	type SignedActivation,
	type Trusting,
	type VerifiedActivation
} from './verify.ts';
