/**
 * What several procedures take.
 *
 * @module
 */
import * as z from 'zod';
import { LATEST_END } from '#lib/domain/calendar.ts';
import { isBlank } from '#lib/domain/typed-name.ts';

export const id = z.uuid();

/** Seconds since 1970. */
export const instant = z.int().min(0);

/** Seconds since 1970 at which something ends: a day that every text can say. [DT1] */
export const end = instant.max(LATEST_END);

/** A license number as it was typed. */
export const licenseNumber = z.string().max(64);

const line = (typed: z.ZodString) =>
	typed
		.max(200)
		.regex(/^[^\p{Cc}\p{Cs}]+$/u)
		.refine((read) => !isBlank(read));

/** One line for people, as the database can hold it. */
export const text = line(z.string());

/** The same, as what something is called: blanks around it are not part of it. */
export const name = line(z.string().trim());

/** Several lines of it. */
export const longText = z
	.string()
	.max(4000)
	.regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u);

/** Of a product or an entitlement, as files say it. */
export const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

export const amount = z.int().min(1).max(1_000_000);

export const days = z.int().min(1).max(3650);

/** Major versions, both ends included. */
export const versions = z
	.strictObject({ from: z.int().min(0), to: z.int().min(0) })
	.refine(({ from, to }) => from <= to);

export const email = z.email().max(200);

/** A page that people open. */
export const webAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.hostname }).max(500);

/** In lower case, as accounts have it. */
export const accountEmail = email.toLowerCase();

const path = z.string().min(1).max(1000);

/** Name, address and encryption of a server that is being set up. */
export const reach = z.strictObject({
	vendor: text,
	url: z.string().max(300),
	tls: z.enum(['files', 'authority', 'proxy', 'options', 'none']),
	cert: path.optional(),
	key: path.optional(),
	proxies: z.string().max(1000).optional()
});

/** Rows of one part of a file: all or none of them are imported. */
export const importOf = <T extends z.ZodType>(row: T) =>
	z.strictObject({ rows: z.array(row).min(1).max(500), dryRun: z.boolean() });
