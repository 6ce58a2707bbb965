/**
 * What several procedures take.
 *
 * @module
 */
import * as z from 'zod';

export const id = z.uuid();

/** Seconds since 1970. */
export const instant = z.int().min(0);

/** A license number as it was typed. */
export const licenseNumber = z.string().max(64);

/** One line for people, as the database can hold it. */
export const text = z
	.string()
	.max(200)
	.regex(/^[^\p{Cc}\p{Cs}]+$/u);
