/** What SPEC.md spells out to the byte is what the code does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileKinds } from '#lib/formats/armour.ts';
import { QR_DICTIONARY } from '#lib/formats/qr.ts';
import { tokenTypes } from '#lib/formats/tokens.ts';

const spec = readFileSync(join(import.meta.dirname, '../SPEC.md'), 'utf8');
const section = (title: string) => spec.split(/^## /m).find((part) => part.includes(title)) ?? '';

test('[FI6] the dictionary of QR codes', () => {
	const dictionary = /```\n(.*)\n```/.exec(section('QR codes'))?.[1];
	expect(dictionary).toBe(new TextDecoder().decode(QR_DICTIONARY));
});

test('[FI6] the numbers of the token types', () => {
	const numbers = tokenTypes.map((type, number) => `${type} ${number}`);
	const flat = section('QR codes').replace(/\s+/g, ' ');
	expect(flat).toContain(numbers.join(', '));
});

test('[FI5] every token type has its claims and its place in a file', () => {
	for (const type of tokenTypes) {
		expect(section('Claims')).toContain(`| \`${type}\` (`);
		const { label, extension } = fileKinds[type];
		const row = section('6. Files')
			.split('\n')
			.find((line) => line.includes(`\`${type}\``) && line.startsWith('|'));
		expect(row).toContain(label);
		expect(row).toContain(`.${extension}`);
	}
});
