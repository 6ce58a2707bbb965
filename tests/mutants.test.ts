/** Each way to break the hub can still be tried, and the test that must notice is still there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { mutants } from '../scripts/mutants/list.ts';

const root = resolve(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A test file with those below it that it takes its tests from, and those that they do. */
function testsOf(file: string): string {
	const text = textOf(file);
	const imported = [...text.matchAll(/from '(\.\/[^']+)'/g)].map(([, name]) =>
		join(dirname(file), name!)
	);
	return [text, ...imported.map(testsOf)].join('\n');
}

test('no two mutants have one name', () => {
	const names = mutants.map(({ name }) => name);
	expect(names).toEqual([...new Set(names)]);
});

test.for(mutants)('mutant $name: what it breaks is there once, and so is its guard', (mutant) => {
	const { file, from, to, killedBy } = mutant;
	expect(existsSync(join(root, file)), file).toBe(true);
	expect(textOf(file).split(from).length - 1, `${file}: ${from}`).toBe(1);
	expect(to).not.toBe(from);
	// The whole title: the runner finds no other.
	const titles = ["'", '`'].map((quote) => `${quote}${killedBy.test}${quote}`);
	const text = testsOf(killedBy.file);
	expect(
		titles.some((title) => text.includes(title)),
		killedBy.test
	).toBe(true);
	// The title of several tests is found as well, and is none that runs.
	for (const title of titles) expect(text).not.toContain(`describe(${title}`);
});
