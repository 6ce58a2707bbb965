import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, sourcesUnder, targetOf } from './architecture-imports.ts';
import { TABLE, TEST_PACKAGES } from './architecture-table.ts';

const files = [...sourcesUnder('src'), ...sourcesUnder('server')];
const declarations = files.filter((file) => file.endsWith('.d.ts'));
const sources = files.filter((file) => !declarations.includes(file));

/** The part that a path belongs to: the longest path of the table that it begins with. */
function partOf(path: string): string | undefined {
	return Object.keys(TABLE)
		.filter((part) => path === part || path.startsWith(`${part}/`))
		.sort((one, other) => other.length - one.length)[0];
}

function matches(pattern: string, name: string): boolean {
	return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** Why a file may not import something, or nothing where it may. */
function complaint(file: string, specifier: string, typeOnly: boolean): string | undefined {
	const part = partOf(file);
	const rules = part === undefined ? undefined : TABLE[part];
	if (part === undefined || rules === undefined) return `${file} is in a folder that has no row`;
	const { own, name } = targetOf(file, specifier);
	const isTest = file.endsWith('.test.ts');
	if (!own) {
		const allowed = [...rules.packages, ...(isTest ? TEST_PACKAGES : [])];
		if (allowed.some((pattern) => matches(pattern, name))) return;
		return `${file} (${part}) imports the package ${name}`;
	}
	if (isTest && name.startsWith('tests/')) return;
	if (name === 'src/app.css' && part === 'src/routes') return;
	const target = partOf(name);
	if (target === part) {
		return specifier.startsWith('#')
			? `${file} imports ${specifier} of its own part by #`
			: undefined;
	}
	if (target === undefined) return `${file} imports ${name}, which is in no part`;
	// One part's path may lie inside another's: `server` stands for the files right in it.
	if (target === 'server' && name.slice('server/'.length).includes('/')) {
		return `${file} imports ${name}, which is in a folder that has no row`;
	}
	for (const allowed of rules.parts) {
		if (matches(allowed, target)) return;
		if (allowed.startsWith('type:') && matches(allowed.slice(5), target) && typeOnly) return;
	}
	return `${file} (${part}) imports ${name} (${target})${typeOnly ? ' as a type' : ''}`;
}

describe('the parts', () => {
	test('every file is in a part of the table', () => {
		const strays = sources.filter((file) => {
			const part = partOf(file);
			return part === undefined || (part === 'server' && file.split('/').length > 2);
		});
		expect(strays).toEqual([]);
	});

	test('every import is one that the table allows', () => {
		const complaints = sources.flatMap((file) =>
			importsOf(file).map(({ specifier, typeOnly }) => complaint(file, specifier, typeOnly))
		);
		expect(complaints.filter((line) => line !== undefined)).toEqual([]);
	});

	test('an import that the table does not allow is complained about, in whichever way it is made', () => {
		const desk = 'src/lib/desk/store/outbox.ts';
		expect(complaint('src/lib/domain/seat.ts', 'zod', false)).toContain('the package zod');
		expect(complaint('src/lib/domain/seat.ts', '#lib/formats/jws.ts', true)).toContain('as a type');
		expect(complaint(desk, '#server/rpc/router.ts', true)).toBeUndefined();
		expect(complaint(desk, '#server/rpc/router.ts', false)).toContain('server/rpc');
		expect(complaint('src/lib/new/thing.ts', './other.ts', false)).toContain('no row');
		expect(complaint('server/operations/issue.ts', '../rpc/router.ts', false)).toContain(
			'server/rpc'
		);
	});
});

describe('the files', () => {
	test('no file passes on what others hold: there is no index', () => {
		expect(sources.filter((file) => /^index\./.test(basename(file)))).toEqual(
			sources
				.filter((file) => file.startsWith('src/service-worker/'))
				.filter((file) => /^index\./.test(basename(file)))
		);
	});

	test('no file is named for being of use instead of for what it holds', () => {
		const vague =
			/^(utils?|helpers?|managers?|services?|common|misc|shared)\b|-(utils?|helpers?|manager|service)\./;
		const named = [...sources, ...['tests', 'scripts', 'bench', 'examples'].flatMap(sourcesUnder)];
		expect(
			named.filter((file) => vague.test(basename(file)) && !file.includes('node_modules'))
		).toEqual([]);
		expect(named.filter((file) => /\/(utils?|helpers?|services?|common)\//.test(file))).toEqual([]);
	});
});
