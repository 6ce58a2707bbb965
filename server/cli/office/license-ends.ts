/**
 * When a license and its maintenance end: typed as days or times, and said back as what was understood. [DT1]
 *
 * @module
 */
import type { ArgsDef } from 'citty';
import { endsWithDay, parseDate, utcDay } from '#lib/domain/calendar.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoMoment } from '#server/cli/base/texts.ts';

/** `null` is without end; absent where nothing was said of it. */
export type LicenseEnds = { expiresAt?: Seconds | null; maintainedUntil?: Seconds | null };

export const endOptions = {
	expires: {
		type: 'string',
		valueHint: 'DATE|never',
		description: 'Last day (2027-12-31, in UTC), or a time with its zone'
	},
	maintenance: { type: 'string', valueHint: 'DATE|none', description: 'Last day of maintenance' },
	yes: { type: 'boolean', description: 'An end that has passed is meant' }
} as const satisfies ArgsDef;

export function readEnds({
	expires,
	maintenance,
	yes = false
}: {
	expires?: string;
	maintenance?: string;
	yes?: boolean;
}): LicenseEnds | Refusal<'DATE_INVALID'> {
	const expiresAt = expires === 'never' ? null : endOf(expires);
	const maintainedUntil = maintenance === 'none' ? null : endOf(maintenance);
	if (isRefusal(expiresAt)) return expiresAt;
	if (isRefusal(maintainedUntil)) return maintainedUntil;
	const now = Date.now() / 1000;
	const past = [expiresAt, maintainedUntil].find((end) => typeof end === 'number' && end <= now);
	if (typeof past === 'number' && !yes)
		throw new UsageError(`${endText(past)} has passed. Add --yes if that is meant.`);
	return { expiresAt, maintainedUntil };
}

/** What was understood of each end that was named. */
export function tellEnds({ expiresAt, maintainedUntil }: LicenseEnds): string[] {
	return [
		...(expiresAt === undefined ? [] : [`Expires: ${endText(expiresAt)}.`]),
		...(maintainedUntil === undefined ? [] : [`Maintenance: ${endText(maintainedUntil)}.`])
	];
}

function endOf(text: string | undefined): Seconds | undefined | Refusal<'DATE_INVALID'> {
	return text === undefined ? undefined : parseDate(text, 'end');
}

function endText(end: Seconds | null): string {
	if (end === null) return 'no end';
	return endsWithDay(end) ? `the end of ${utcDay(end)} (UTC)` : isoMoment(end);
}
