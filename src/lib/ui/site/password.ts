/**
 * A new password, as a form is told about it.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/ui/base/explain.ts';

export const LEAST_PASSWORD = 10;

/** @returns What is wrong with the password itself, where that is what was refused. */
export function passwordRefusal(refusal: Refusal | undefined): string | undefined {
	if (refusal?.refused !== 'PASSWORD_COMMON' && refusal?.refused !== 'PASSWORD_SHORT')
		return undefined;
	const { title, next } = explain(refusal);
	return `${title} ${next}`;
}
