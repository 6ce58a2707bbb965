/**
 * What a file declares, as its own comments explain it: members of types, read and not run.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../root.ts';

export type Member = {
	name: string;
	isOptional: boolean;
	/** As it is written, on one line. */
	type: string;
	/** Its docstring. */
	comment: string;
	/** The plain comment before it, where one begins a group. */
	heading?: string;
};

export type Declared = { name: string; comment: string; members: Member[]; type: string };

/** The exported types of a file, in its order. */
export function declaredTypes(path: string): Declared[] {
	const text = readFileSync(join(root, path), 'utf8');
	const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const exported = source.statements
		.filter(ts.isTypeAliasDeclaration)
		.filter(({ modifiers = [] }) =>
			[...modifiers].some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
		);
	return exported.map((alias) => ({
		name: alias.name.text,
		comment: commentOf(alias),
		type: oneLine(alias.type.getText()),
		members: ts.isTypeLiteralNode(alias.type)
			? alias.type.members.filter(ts.isPropertySignature).map((each) => memberOf(each, text))
			: []
	}));
}

export function declaredType(path: string, name: string): Declared {
	const found = declaredTypes(path).find((each) => each.name === name);
	if (!found) throw new Error(`${path} declares no ${name}`);
	return found;
}

/** The members of a type that is written as `{ … }` inside another. */
export function literalMembers(type: string): Member[] {
	const text = `type T = ${type};`;
	const source = ts.createSourceFile('t.ts', text, ts.ScriptTarget.Latest, true);
	const [alias] = source.statements.filter(ts.isTypeAliasDeclaration);
	return alias && ts.isTypeLiteralNode(alias.type)
		? alias.type.members.filter(ts.isPropertySignature).map((each) => memberOf(each, text))
		: [];
}

function memberOf(signature: ts.PropertySignature, text: string): Member {
	const heading = (ts.getLeadingCommentRanges(text, signature.pos) ?? [])
		.filter(({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia)
		.map(({ pos, end }) => text.slice(pos + 2, end).trim())
		.join(' ');
	return {
		name: (signature.name as ts.Identifier | ts.StringLiteral).text,
		isOptional: signature.questionToken !== undefined,
		type: oneLine(signature.type?.getText() ?? ''),
		comment: commentOf(signature),
		heading: heading || undefined
	};
}

function commentOf(node: ts.Node): string {
	const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
	return oneLine(ts.getTextOfJSDocComment(doc?.comment) ?? '');
}

function oneLine(text: string): string {
	return text.replace(/\s*\n\s*/g, ' ').trim();
}
