/** What SPEC.md spells out to the byte is what the code does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileKinds } from '#lib/formats/write-armour.ts';
import { QR_DICTIONARY } from '#lib/formats/qr.ts';
import { claimSchemas, tokenTypes } from '#lib/formats/tokens.ts';
import { replacementsAllowed, usualQuotas } from '#lib/domain/seats/giving-back.ts';
import { offlineShareOf } from '#lib/domain/seats/allotment.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { defaultLimits, GUESS_SECONDS, GUESSES } from '#server/http/rate-limit.ts';
import { HUB_KEY_SECONDS } from '#lib/signing/root.ts';
import { SESSION_SECONDS } from '#server/auth/auth.ts';
import { specPages } from '../scripts/spec/pages.ts';

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

test('the pages that the code makes are as the code is now', async () => {
	for (const [name, text] of Object.entries(await specPages())) {
		const there = readFileSync(join(import.meta.dirname, '../docs/spec', name), 'utf8');
		expect(there === text, `npm run spec, and commit docs/spec/${name}`).toBe(true);
	}
});

test('[FI7] the overview of claims names each of them', () => {
	const overview = section('Claims');
	for (const type of tokenTypes) {
		const row = overview.split('\n').find((line) => line.startsWith(`| \`${type}\` (`)) ?? '';
		const shared = overview
			.split('\n')
			.filter((line) => !line.startsWith('|'))
			.join('\n');
		for (const claim of Object.keys(claimSchemas[type].def.shape))
			expect(`${row}${shared}`, `${type}.${claim}`).toMatch(new RegExp(`\`${claim}\\b`));
	}
});

test('[SE5, SE6, AL1, AL3, FI5, HT1, PE4] the numbers of SECURITY.md are those of the code', () => {
	const security = readFileSync(join(import.meta.dirname, '../SECURITY.md'), 'utf8');
	const flat = security.replace(/\s+/g, ' ');
	const { returnsPerYear, coolDays } = usualQuotas;
	const usual = Object.fromEntries(
		(['returnsPerYear', 'deskSeats', 'drawDays', 'allotmentDays'] as const).map((name) => [
			name,
			Number(licenses[name].default)
		])
	);
	const days = (seconds: number) => seconds / 86_400;
	const worst = 10 + replacementsAllowed({ seats: 10, quotas: usualQuotas }) + 10 * returnsPerYear;
	for (const sentence of [
		`(\`returnsPerYear\`, ${usual.returnsPerYear} for each seat)`,
		`With ten seats that is ${worst} in the worst year`,
		`cooled for its ${coolDays} days (\`coolDays\`)`,
		`**${usual.deskSeats} slots for each person and license** (\`deskSeats\`)`,
		`until \`fexp\`: ${usual.drawDays} days** (\`drawDays\`)`,
		`stops after ${usual.allotmentDays} (\`allotmentDays\`)`,
		`**${days(SESSION_SECONDS)} days from the last day it was used**`,
		`and by **${days(HUB_KEY_SECONDS) / 365} years**`,
		`${defaultLimits.perNumber} failed proofs of a number a minute`,
		`Asks ${defaultLimits.perAddress} times a minute from one address, guesses ${GUESSES} times in a quarter`
	])
		expect(flat).toContain(sentence);
	expect(licenses.returnsPerYear.default).toBe(returnsPerYear);
	expect(licenses.coolDays.default).toBe(coolDays);
	expect(offlineShareOf({ seats: 10 })).toBe(5);
	expect(GUESS_SECONDS).toBe(15 * 60);
});
