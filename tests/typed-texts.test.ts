/** Texts that people typed stand in components as such: in `Typed`, or isolated inside a text of ours. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { expect, test } from 'vitest';
import { sourcesUnder } from './architecture-imports.ts';

const root = join(import.meta.dirname, '..');

/** Members of rows and summaries whose text came from a person. */
const TYPED = new Set(['label', 'customer', 'organization', 'userName', 'fileName', 'source']);
/** Attributes that are text as it stands. */
const SAID = new Set(['title', 'asked', 'truth', 'aria-label', 'placeholder']);

type Node = { type: string; start: number } & Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && 'type' in value;

/** Members that an expression shows as they are: what is handed to a call is that call's matter. */
function bare(node: unknown): string[] {
	if (!isNode(node) || node.type === 'CallExpression') return [];
	if (node.type === 'MemberExpression') {
		const { name } = node.property as { name?: string };
		return name !== undefined && TYPED.has(name) && !isOurs(node) ? [name] : [];
	}
	const shown = ['left', 'right', 'consequent', 'alternate', 'expressions', 'expression'];
	return shown.flatMap((part) => [node[part]].flat().flatMap(bare));
}

/** `words.t.field.customer` is the word for one. */
function isOurs(node: Node): boolean {
	const object = node.object as Node;
	if (object.type === 'MemberExpression') return isOurs(object);
	return object.type === 'Identifier' && ['words', 't'].includes(String(object.name));
}

function shownBare(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(shownBare);
	if (!isNode(node)) return [];
	if (node.type === 'ExpressionTag') return bare(node.expression);
	if (node.type === 'Attribute' && !SAID.has(String(node.name))) return [];
	const inner = ['attributes', 'fragment', 'nodes', 'value', 'body', 'fallback', 'consequent'];
	return [...inner, 'alternate', 'pending', 'then', 'catch'].flatMap((part) =>
		shownBare(node[part])
	);
}

const components = sourcesUnder('src').filter((file) => file.endsWith('.svelte'));

test('[NM1] no component shows a text that somebody typed as it is', () => {
	expect(components.length).toBeGreaterThan(50);
	const found = components.flatMap((file) => {
		const tree: AST.Root = parse(readFileSync(join(root, file), 'utf8'), { modern: true });
		return shownBare(tree.fragment).map((name) => `${file}: ${name}`);
	});
	expect(found).toEqual([]);
});

test('[NM1] such a text would be seen', () => {
	const seen = (text: string) => shownBare(parse(text, { modern: true }).fragment);
	expect(seen('<p>{row.label}</p>')).toEqual(['label']);
	expect(seen('{#if a}<b title={row.customer ?? ""}>{`x ${row.label}`}</b>{/if}')).toEqual([
		'customer',
		'label'
	]);
	expect(seen('<Typed text={row.label} /><b>{isolated(row.label)}</b>')).toEqual([]);
});
