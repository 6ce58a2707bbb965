import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { endsCalendar } from './ends-calendar.ts';
import { writeIcs } from './ics.ts';

/** 2027-01-15T08:00:00Z */
const NOW = 1_800_000_000;

function read(text: string) {
	const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
	return calendar.getAllSubcomponents('vevent').map((each) => {
		const event = new ICAL.Event(each);
		return {
			uid: event.uid,
			day: event.startDate.toString(),
			isDay: event.startDate.isDate,
			summary: event.summary,
			description: event.description
		};
	});
}

test('[P13] what people typed comes out of a calendar program as it went in, however it is folded', () => {
	const text = fc.string({ unit: 'grapheme', maxLength: 200 });
	fc.assert(
		fc.property(text, text, (summary, description) => {
			const written = writeIcs([{ uid: 'a@keyferry', at: NOW, summary, description }], {
				name: summary,
				now: NOW
			});
			for (const line of written.split('\r\n'))
				expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
			expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
			const kept = (typed: string) =>
				typed.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
			expect(read(written)).toEqual([
				{
					uid: 'a@keyferry',
					day: '2027-01-15',
					isDay: true,
					summary: kept(summary),
					description: kept(description)
				}
			]);
		}),
		{ seed: 13, numRuns: 300 }
	);
});

test('[P13] nothing that was typed begins a line of its own', () => {
	const typed = 'Atlas\r\nEND:VEVENT\nBEGIN:VALARM\\n;,';
	const written = writeIcs([{ uid: 'a', at: NOW, summary: typed, description: typed }], {
		name: typed,
		now: NOW
	});
	expect(written.match(/^END:VEVENT\r$/gm)).toHaveLength(1);
	expect(written).not.toMatch(/^BEGIN:VALARM/m);
	expect(read(written)[0]!.summary).toBe('Atlas\nEND:VEVENT\nBEGIN:VALARM\\n;,');
});

test('[P13] an end that has moved is the same entry on another day', () => {
	const license = {
		id: '0198-a',
		number: 'KF-7Q2M-90TK-C4XD',
		title: 'Atlas',
		edition: 'Standard',
		customer: 'Example GmbH'
	};
	const texts = {
		name: 'Ends',
		end: {
			expiry: (what: string) => `${what} ends`,
			trial: (what: string) => `${what} trial ends`,
			maintenance: (what: string) => `${what} maintenance ends`
		},
		of: (number: string, customer: string) => `${number}, ${customer}`
	};
	const at = (expiresAt: number) =>
		read(
			endsCalendar([{ ...license, expiresAt, maintainedUntil: NOW }], {
				texts,
				hub: 'https://hub.example.com',
				now: NOW
			})
		);
	const [maintenance, end] = at(NOW + 86_400);
	expect(maintenance).toMatchObject({ summary: 'Atlas Standard maintenance ends' });
	expect(end).toMatchObject({ uid: '0198-a-expiry@keyferry', day: '2027-01-16' });
	expect(at(NOW + 2 * 86_400)[1]).toEqual({ ...end, day: '2027-01-17' });
});
