import { expect, test } from 'vitest';
import { languages } from '#lib/messages/words/message.ts';
import { gistOf, writeLetter } from './letter.ts';
import type { Letters } from './letters.ts';

const link = 'https://hub.example.com/#/join/abc-DEF_123';
const invitation: Letters['invitation'] = {
	link,
	place: 'Example GmbH',
	role: 'owner',
	inviter: { name: 'Olga', email: 'olga@example.com' },
	until: 1_800_000_000
};

test.for(languages)(
	'[MS2] what a person typed is no markup, no line and no direction: %s',
	(language) => {
		const place = '<img src=x onerror=y>"\'&\r\nBcc: all@example.com\u202Egnp.exe';
		const inviter = {
			name: '\u05D0\u2067</p><a href="https://evil.example">',
			email: 'o@example.com'
		};
		const { subject, text, html } = writeLetter(
			'invitation',
			{ ...invitation, place, inviter },
			language
		);
		expect(subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
		expect(html).toContain(
			'&lt;img src=x onerror=y&gt;&quot;&#39;&amp; Bcc: all@example.com gnp.exe'
		);
		expect(html).not.toMatch(/<img|evil\.example">/);
		// Of marks of direction there are ours alone, and each is closed.
		expect(html).not.toMatch(/\p{Cf}/u);
		expect(text.replace(/\u2068[^\u2068\u2069]*\u2069/gu, '')).not.toMatch(/\p{Cf}/u);
		expect(text.split('\n').filter((line) => line !== '')).toHaveLength(4);
	}
);

test('[MS2] nothing is loaded from elsewhere, and the one address in it is the link', () => {
	for (const language of languages) {
		const { html } = writeLetter('invitation', invitation, language);
		expect(html).not.toMatch(/<(img|link|script|iframe|style|object)|url\(|src=|@import/);
		expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([link]);
	}
});

test('a long name is cut at a sign, not within one', () => {
	const { subject } = writeLetter('invitation', { ...invitation, place: '😀'.repeat(200) }, 'en');
	expect(subject).toBe(`Your invitation to ${'😀'.repeat(100)}…`);
});

test('what its reader needs stands on a line of its own', () => {
	const asker = { name: 'Tom', email: 'tom@example.com' };
	const things = ['P-1', 'P-2', 'P-3', 'P-4', 'P-5', 'P-6', 'P-7'];
	for (const language of languages) {
		expect(gistOf(writeLetter('invitation', invitation, language).text)).toBe(link);
		const code = writeLetter('code', { code: '402913', minutes: 10 }, language);
		expect(gistOf(code.text)).toBe('402913');
		expect(code.html).toContain('402913');
		const attach = writeLetter(
			'attach',
			{ code: '40291377', minutes: 60, asker, things },
			language
		);
		expect(gistOf(attach.text)).toBe('40291377');
		expect(attach.text).toContain('(+2)');
		const joined = {
			link,
			place: 'Example GmbH',
			role: 'owner',
			person: asker,
			proven: 'P-1'
		} as const;
		expect(gistOf(writeLetter('joined', joined, language).text)).toBe(link);
		const settings = 'https://hub.example.com/#/settings/reminders';
		const line = { number: 'KF-7Q2M-9RXA-4TWE', title: 'Atlas Standard', place: 'Example GmbH' };
		const maintenance = { ...line, said: { end: 'maintenance', at: 1_800_000_000 } as const };
		const seats = { ...line, said: { used: 9, seats: 10 } };
		const reminder: Letters['reminder'] = {
			groups: [
				{ what: 'soon', link, lines: [maintenance], more: 3 },
				{ what: 'seats', link, lines: [seats], more: 0 }
			],
			count: 5,
			now: 1_799_000_000,
			settings
		};
		const reminded = writeLetter('reminder', reminder, language);
		expect(gistOf(reminded.text)).toBe(link);
		expect(reminded.text).toContain(settings);
		expect(reminded.text).toMatch(/15\.? Jan.* 2027, in (12 days|12 Tagen)\./);
		expect(gistOf(writeLetter('test', { hub: 'https://hub.example.com' }, language).text)).toBe(
			undefined
		);
	}
});
