/**
 * How numbers, majors and dates of a license are typed.
 *
 * @module
 */
import { UsageError } from '#server/cli/base/outcome.ts';

export function whole(name: string, text: string, least: number): number {
	const value = Number(text);
	if (!Number.isSafeInteger(value) || value < least)
		throw new UsageError(`--${name} takes a whole number from ${least}, not ${text}.`);
	return value;
}

/** The number that an option may give. */
export function optional(
	name: string,
	text: string | undefined,
	least: number
): number | undefined {
	return text === undefined ? undefined : whole(name, text, least);
}

export function majors(text: string): { from: number; to: number } {
	const [, from, to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(text) ?? [];
	if (from === undefined || Number(from) > Number(to))
		throw new UsageError(`--versions takes one major or a range such as 8-9, not ${text}.`);
	return { from: Number(from), to: Number(to) };
}

/** The end of a day given as a date: what runs till a day runs through it. */
export function endTime(name: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
	const ms = Date.parse(isDay ? `${text}T23:59:59Z` : text);
	if (Number.isNaN(ms))
		throw new UsageError(`--${name} takes a date such as 2027-12-31, not ${text}.`);
	return Math.floor(ms / 1000);
}
