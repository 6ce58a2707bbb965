/**
 * Wherever a password is set, it passes here. [PE4]
 *
 * @module
 */
import { hashPassword } from 'better-auth/crypto';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isCommonPassword } from './guessable-password.ts';

export const PASSWORD_LEAST = 10;
export const PASSWORD_MOST = 128;

/** @returns As it is stored. */
export async function hashNewPassword(
	password: string
): Promise<string | Refusal<'PASSWORD_SHORT' | 'PASSWORD_COMMON'>> {
	if (password.length < PASSWORD_LEAST) return refuse('PASSWORD_SHORT', { least: PASSWORD_LEAST });
	if (isCommonPassword(password)) return refuse('PASSWORD_COMMON', {});
	return hashPassword(password);
}
