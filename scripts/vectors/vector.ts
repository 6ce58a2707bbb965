/**
 * One vector: what is read, under which circumstances, and what must come of it.
 *
 * @module
 */
import type { Machine } from '#lib/domain/machines/machine.ts';
import type { TrustState } from '#lib/domain/machines/verification.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import { writeArmour } from '#lib/formats/write-armour.ts';
import type { PublicJwk, TokenType } from '#lib/formats/tokens.ts';

export type Expected = 'ok' | RefusalCode;

/** What the verifier of a file pins, asks and knows. What is absent is not asked. */
export type FileVector = {
	name: string;
	why: string;
	file: string;
	expect: Expected;
	roots: PublicJwk[];
	voided: string[];
	now: number;
	product?: string;
	version?: string;
	builtAt?: number;
	machine?: Machine;
	/** What a verifier has kept from earlier files; only in `activation-state.json`. */
	state?: Partial<TrustState>;
};

const READABLE = ['Keyferry', 'Made for tests. Nothing in it is secret.'];

export function armour(type: TokenType, ...tokens: string[]): string {
	return writeArmour(type, tokens, READABLE);
}
