import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..');

export type Import = { specifier: string; typeOnly: boolean };

/** Every source file under a folder, as paths from the checkout's root with forward slashes. */
export function sourcesUnder(folder: string): string[] {
	if (!existsSync(join(root, folder))) return [];
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(ts|js|mjs|svelte)$/.test(entry.name))
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
		.sort();
}

/** What a file imports, in whichever way: statically, dynamically, as a type, or passed on. */
export function importsOf(file: string): Import[] {
	const text = readFileSync(join(root, file), 'utf8');
	return file.endsWith('.svelte') ? importsOfComponent(text) : importsOfModule(text);
}

/** Where an import of a file leads: a path from the root for our own files, else a package's name. */
export function targetOf(file: string, specifier: string): { own: boolean; name: string } {
	if (specifier.startsWith('.')) {
		const path = join(dirname(file), specifier).replaceAll(sep, '/');
		return { own: true, name: path };
	}
	if (specifier.startsWith('#lib/')) return { own: true, name: `src/lib/${specifier.slice(5)}` };
	if (specifier.startsWith('#server/')) return { own: true, name: `server/${specifier.slice(8)}` };
	if (/^(node:|~icons\/|\$)/.test(specifier)) return { own: false, name: specifier };
	const segments = specifier.split('/');
	return { own: false, name: segments.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}

function importsOfComponent(text: string): Import[] {
	const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)];
	const markup = text.replaceAll(/<script[^>]*>[\s\S]*?<\/script>/g, '');
	const dynamic = [...markup.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)];
	return [
		...scripts.flatMap(([, script = '']) => importsOfModule(script)),
		...dynamic.map(([, specifier = '']) => ({ specifier, typeOnly: false }))
	];
}

function importsOfModule(text: string): Import[] {
	const found: Import[] = [];
	// Only calls and types, `import('…')` and `require('…')`, stand deeper than the file's own statements.
	const isDeep = /\b(?:import|require)\s*\(/.test(text);
	const visit = (node: ts.Node): void => {
		const specifier = specifierOf(node);
		if (specifier !== undefined) found.push({ specifier, typeOnly: isTypeOnly(node) });
		if (isDeep) ts.forEachChild(node, visit);
	};
	ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest, true).statements.forEach(visit);
	return found;
}

function specifierOf(node: ts.Node): string | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
		return node.moduleSpecifier && textOf(node.moduleSpecifier);
	}
	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
		return textOf(node.argument.literal);
	}
	if (ts.isExternalModuleReference(node)) return textOf(node.expression);
	if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
	const [argument] = node.arguments;
	// An import of a name made at run time cannot be checked, so it must not be.
	return argument && (textOf(argument) ?? `?${argument.getText()}`);
}

function textOf(node: ts.Node): string | undefined {
	return ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** `import { type A }` still loads the module, so only a whole `import type` counts. */
function isTypeOnly(node: ts.Node): boolean {
	if (ts.isImportTypeNode(node)) return true;
	if (ts.isImportDeclaration(node))
		return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
	return ts.isExportDeclaration(node) && node.isTypeOnly;
}
