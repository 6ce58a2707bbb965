/** How the code does not read, whoever writes it. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { sourcesUnder } from './architecture-imports.ts';

const root = resolve(import.meta.dirname, '..');
const folders = ['src', 'server', 'tests', 'scripts', 'bench'];

test('fields stand in their literal, and a refusal has a name that says so', () => {
	const found = folders.flatMap(sourcesUnder).flatMap((file) => {
		if (file.includes('node_modules')) return [];
		const text = readFileSync(join(root, file), 'utf8');
		return scriptsOf(file, text).flatMap((script) =>
			oddities(script).map((oddity) => `${file}: ${oddity}`)
		);
	});
	expect(found).toEqual([]);
});

test.each([
	['const row = { ...{ a, b }, c };', 'fields grouped by `...{ }`'],
	['const no = judge(machine);', 'a `no`'],
	['for (const no of refusals) say(no);', 'a `no`']
])('a planted oddity is found: %s', (text, oddity) => {
	expect(oddities(text)).toEqual([oddity]);
});

test('spreading what has a name, or what there may be, is none', () => {
	const text = 'const row = { ...known, ...(isNew ? { createdAt } : {}), refusal };';
	expect(oddities(text)).toEqual([]);
});

test('what a person has unfolded is folded by no row that is read anew: `Fold` opens by itself, and nothing else', () => {
	const found = sourcesUnder('src').filter(
		(file) =>
			file.endsWith('.svelte') &&
			/<details\s[^>]*\bopen=/.test(readFileSync(join(root, file), 'utf8'))
	);
	expect(found).toEqual([]);
});

test('[DK9] no row that is read anew makes a query anew: whatever asks about something is a `LiveOf`', () => {
	const found = sourcesUnder('src').filter((file) => {
		if (file === 'src/lib/desk/store/live-of.svelte.ts') return false;
		return scriptsOf(file, readFileSync(join(root, file), 'utf8')).some(derivesQuery);
	});
	expect(found).toEqual([]);
});

test.each([
	'const row = $derived(new Live(() => read(id)));',
	'const row = $derived.by(() => { return id && new Live(() => read(id)); });'
])('a planted query is found: %s', (text) => {
	expect(derivesQuery(text)).toBe(true);
});

test('a query of its own and what is derived of it are none', () => {
	expect(derivesQuery('const rows = new Live(list); const row = $derived(rows.current);')).toBe(
		false
	);
});

test('[DK1] whatever reads in many steps is followed through all of them: what the database is given to run is asynchronous', () => {
	const found = sourcesUnder('src/lib/desk').filter((file) =>
		losesSteps(readFileSync(join(root, file), 'utf8'))
	);
	expect(found).toEqual([]);
});

test.each([
	'liveQuery(() => read(id));',
	"strict.transaction('rw', strict.files, () => addFiles(rows));",
	"strict.transaction('rw', strict.files, function () { return addFiles(rows); });"
])('a planted loss of steps is found: %s', (text) => {
	expect(losesSteps(text)).toBe(true);
});

test('an asynchronous function of a transaction loses none', () => {
	expect(losesSteps("strict.transaction('r', [strict.files], async () => read());")).toBe(false);
});

function scriptsOf(file: string, text: string): string[] {
	if (!file.endsWith('.svelte')) return [text];
	return Array.from(
		text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g),
		([, script = '']) => script
	);
}

function oddities(text: string): string[] {
	// Most files have neither, and need not be parsed.
	if (!/\.\.\.\s*\{|\bno\b/.test(text)) return [];
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isSpreadAssignment(node) && ts.isObjectLiteralExpression(node.expression)) {
			found.push('fields grouped by `...{ }`');
		}
		if (ts.isVariableDeclaration(node) && node.name.getText() === 'no') found.push('a `no`');
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
	return found;
}

function derivesQuery(text: string): boolean {
	if (!text.includes('new Live(')) return false;
	const isIn = (node: ts.Node, isDerived: boolean): boolean => {
		if (isDerived && ts.isNewExpression(node) && node.expression.getText() === 'Live') return true;
		const derives =
			isDerived ||
			(ts.isCallExpression(node) && /^\$derived(\.by)?$/.test(node.expression.getText()));
		return ts.forEachChild(node, (child) => isIn(child, derives) || undefined) ?? false;
	};
	return isIn(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true), false);
}

/** Dexie follows awaited steps only of functions that are asynchronous themselves. */
function losesSteps(text: string): boolean {
	if (!/\bliveQuery\(|\.transaction\(/.test(text)) return false;
	const loses = (node: ts.Node): boolean => {
		if (
			ts.isCallExpression(node) &&
			/(^|\.)(liveQuery|transaction)$/.test(node.expression.getText())
		) {
			const run = node.arguments.at(-1);
			if (
				run &&
				(ts.isArrowFunction(run) || ts.isFunctionExpression(run)) &&
				!run.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
			)
				return true;
		}
		return ts.forEachChild(node, (child) => loses(child) || undefined) ?? false;
	};
	return loses(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
}
