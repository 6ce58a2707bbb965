import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourcesUnder } from './architecture-imports.ts';

const root = join(import.meta.dirname, '..');

/** A rule begins its line in SPEC.md: a list item or a heading, its id in bold or brackets. */
const RULE = /^(?:[-*]|#{2,6}|\|)\s*(?:\*\*|\[|`)?([A-Z]{1,2}\d{1,2})\b/gm;

/** The title of a test or a group of tests, with the ids in brackets that it shows. */
const TITLE =
	/\b(?:test|it|describe)(?:\.\w+(?:\([^()]*\))?)*\(\s*(?:\n\s*)?(['"`])((?:(?!\1).)+)\1/g;
const IDS = /\[((?:[A-Z]{1,2}\d{1,2}(?:,\s*)?)+)\]/g;

const spec = readFileSync(join(root, 'SPEC.md'), 'utf8');
const rules = Array.from(spec.matchAll(RULE), ([, id = '']) => id);

const shown = new Map<string, string>();
for (const folder of ['src', 'server', 'scripts', 'tests', 'bench', 'examples']) {
	for (const file of sourcesUnder(folder)) {
		if (!/(\.(test|spec)|\bcontract)\.ts$/.test(file) || file.includes('node_modules')) continue;
		const text = readFileSync(join(root, file), 'utf8');
		for (const [, , title = ''] of text.matchAll(TITLE)) {
			for (const [, ids = ''] of title.matchAll(IDS)) {
				for (const id of ids.split(',')) shown.set(id.trim(), file);
			}
		}
	}
}

test('every rule of SPEC.md is shown by a test that names it', () => {
	expect(rules.length).toBeGreaterThan(0);
	expect(rules.filter((id) => !shown.has(id))).toEqual([]);
});

test('every rule that a test names is in SPEC.md', () => {
	// What a single letter names may be a capability of the design, which is no rule.
	const named = [...shown].filter(([id]) => /^[A-Z]{2}/.test(id));
	expect(named.filter(([id]) => !rules.includes(id))).toEqual([]);
});
