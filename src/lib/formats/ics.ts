/**
 * Days as a calendar program reads them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545
 * @module
 */
import { utcDay } from '../domain/calendar.ts';
import type { Seconds } from '../domain/time.ts';

export type CalendarDay = {
	/** The same for ever: what has moved is the same entry on another day. */
	uid: string;
	/** Any moment of the day of UTC. */
	at: Seconds;
	summary: string;
	description: string;
	/** Where it is looked at. */
	url?: string;
};

/** Octets of a line without its break. RFC 5545, 3.1 */
const LINE_OCTETS = 75;

/** @param about - `now` stamps each entry. */
export function writeIcs(
	days: readonly CalendarDay[],
	{ name, now }: { name: string; now: Seconds }
): string {
	const stamp = new Date(now * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Keyferry//Keyferry//EN',
		`X-WR-CALNAME:${escaped(name)}`,
		'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
		...days.flatMap(({ uid, at, summary, description, url }) => [
			'BEGIN:VEVENT',
			`UID:${escaped(uid)}`,
			`DTSTAMP:${stamp}`,
			// A whole day, of no zone: the same day for whoever reads it. [DT1]
			`DTSTART;VALUE=DATE:${utcDay(at).replaceAll('-', '')}`,
			`SUMMARY:${escaped(summary)}`,
			`DESCRIPTION:${escaped(description)}`,
			// An address is no text, and has nothing to escape.
			...(url === undefined ? [] : [`URL:${new URL(url).href}`]),
			'TRANSP:TRANSPARENT',
			'END:VEVENT'
		]),
		'END:VCALENDAR'
	];
	return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** RFC 5545, 3.3.11. What else is no character of a text is left out. */
function escaped(text: string): string {
	return text
		.replace(/\r\n?/g, '\n')
		.replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '')
		.replace(/[\\;,]/g, (sign) => `\\${sign}`)
		.replaceAll('\n', '\\n');
}

/** In pieces of whole characters, each line after the first with a space before it. */
function folded(line: string): string {
	const encoder = new TextEncoder();
	let text = '';
	let octets = 0;
	for (const character of line) {
		const more = encoder.encode(character).length;
		if (octets + more > LINE_OCTETS) {
			text += '\r\n ';
			octets = 1;
		}
		text += character;
		octets += more;
	}
	return text;
}
