/**
 * What people call this desk: the hub shows it beside what the desk holds.
 *
 * @module
 */
import { readState } from './state.ts';

/** As Settings say, else after the browser and its system. */
export async function readDeskName(): Promise<string> {
	const given = cleanName((await readState('settings'))?.desk ?? '');
	return given || platformName();
}

/** One line of at most 80 signs, as the hub takes it. */
export function cleanName(text: string): string {
	return text
		.replace(/[\p{Cc}\p{Cs}]+/gu, ' ')
		.trim()
		.slice(0, 80)
		.trim();
}

const systems: readonly (readonly [RegExp, string])[] = [
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android.*Mobile/, 'Android phone'],
	[/Android/, 'Android tablet'],
	[/Windows/, 'Windows'],
	[/Mac OS X/, 'Mac'],
	[/CrOS/, 'Chromebook'],
	[/Linux/, 'Linux']
];
const browsers: readonly (readonly [RegExp, string])[] = [
	[/Edg/, 'Edge'],
	[/Firefox/, 'Firefox'],
	[/Chrom/, 'Chrome'],
	[/Safari/, 'Safari']
];

/** For people only: user agents say all sorts of things. */
export function platformName(agent = navigator.userAgent): string {
	const name = (table: typeof systems) => table.find(([pattern]) => pattern.test(agent))?.[1];
	return [name(browsers) ?? 'Desk', name(systems)].filter(Boolean).join(' · ');
}
