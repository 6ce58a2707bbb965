/**
 * How the terms of a license are typed.
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

/** Terms of a license that is there: what is not given stays as it is. */
export const termOptions = {
	seats: { type: 'string', description: 'Number of machines (default: as before)' },
	clients: { type: 'string', description: 'Number of clients of one site server' },
	edition: { type: 'string', description: 'Edition' },
	entitlements: {
		type: 'string',
		valueHint: 'A,B',
		description: 'All feature codes, old ones included'
	}
} as const;

type TypedTerms = { [name in keyof typeof termOptions]?: string };

export function readTerms({ seats, clients, edition, entitlements }: TypedTerms) {
	return {
		seats: optional('seats', seats, 1),
		clients: optional('clients', clients, 1),
		edition,
		entitlements: entitlements?.split(/[\s,]+/).filter(Boolean)
	};
}

export function majors(text: string): { from: number; to: number } {
	const [, from, to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(text) ?? [];
	if (from === undefined || Number(from) > Number(to))
		throw new UsageError(
			`--versions takes one major of up to four digits, or a range such as 8-9, not ${text}.`
		);
	return { from: Number(from), to: Number(to) };
}
