/** One word for one thing: what a screen calls it, every other text does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

function filesOf(language: 'en' | 'de'): string[] {
	const folder = `src/lib/messages/${language}`;
	const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'));
	return [...names.map((name) => `${folder}/${name}`), `server/mail/letters-${language}.ts`];
}

test.each([
	['de', 'Anforderung', /Anfrage/],
	['de', 'Rechner', /(?<![Vv]irtuellen? )Maschine/],
	['de', 'Standortserver', /Site-Server/],
	['de', 'Stammschlüssel', /Wurzelschlüssel/],
	['de', 'Abgleich', /Synchronisierung|\bsynchronisier/],
	['de', 'Server', /\bHubs?\b/],
	['en', 'server', /['\s](?:hub|Hub) [a-z]/]
] as const)('in %s it is %s', (language, _, otherWord) => {
	const found = filesOf(language).flatMap((file) =>
		readFileSync(join(root, file), 'utf8')
			.split('\n')
			.filter((line) => otherWord.test(line) && !/^\s*(?:\*|\/[/*]|import )/.test(line))
			.map((line) => `${file}: ${line.trim()}`)
	);
	expect(found).toEqual([]);
});
