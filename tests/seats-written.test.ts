/** Seats change in one room: nothing else writes the counters of a license or the rows that hold seats. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { sourcesUnder } from './architecture-imports.ts';

const root = resolve(import.meta.dirname, '..');

/** How many seats of a license are what, and the tables whose rows each hold some. [SE1] */
const COUNTERS = ['active', 'cooling', 'reserved'];
const TABLES = ['activations', 'allotments', 'draws'];

test('[SE2] only the ledger writes seats', () => {
	const outside = sourcesUnder('server').filter(
		(file) =>
			!/^server\/(ledger|db)\//.test(file) && !file.endsWith('.test.ts') && file.endsWith('.ts')
	);
	const found = outside.flatMap((file) => {
		const text = readFileSync(join(root, file), 'utf8');
		return seatWrites(text).map((write) => `${file}: ${write}`);
	});
	expect(found).toEqual([]);
});

test.each([
	['row.active += 1;', 'active'],
	['license.counts.cooling--;', 'cooling'],
	['await tx.insert(activations).values(rows);', 'insert activations'],
	['await tx.update(activations).set({ gen });', 'update activations'],
	['await insertRows(tx, draws, rows);', 'insertRows draws'],
	['await updateRows(tx, licenses, rows, ["seats", "reserved"]);', 'set reserved'],
	['await tx.update(licenses).set({ seats, active });', 'set active'],
	['await tx.update(licenses).set({ ...{ reserved: 0 } });', 'set reserved'],
	['await tx.execute(sql`update license set active = 0`);', 'SQL license']
])('[SE2] a planted write is found: %s', (text, write) => {
	expect(seatWrites(text)).toContain(write);
});

test('[SE2] reading is no write', () => {
	const text = `
		const used = row.active + row.cooling;
		const counts = { active: row.active, reserved: 0 };
		await tx.select().from(activations).where(eq(activations.state, 'active'));
		await tx.update(licenses).set({ frozenAt });`;
	expect(seatWrites(text)).toEqual([]);
});

/** What a source writes of seats, as `counter`, `verb table` or `set counters`. */
function seatWrites(text: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		const target = assigned(node);
		if (target && ts.isPropertyAccessExpression(target) && COUNTERS.includes(target.name.text)) {
			found.push(target.name.text);
		}
		if (ts.isCallExpression(node)) found.push(...callWrites(node));
		if (ts.isTaggedTemplateExpression(node)) found.push(...sqlWrites(node.getText()));
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
	return found;
}

function assigned(node: ts.Node): ts.Expression | undefined {
	if (ts.isPostfixUnaryExpression(node)) return node.operand;
	if (ts.isPrefixUnaryExpression(node)) {
		const { PlusPlusToken, MinusMinusToken } = ts.SyntaxKind;
		return [PlusPlusToken, MinusMinusToken].includes(node.operator) ? node.operand : undefined;
	}
	if (!ts.isBinaryExpression(node)) return undefined;
	const { FirstAssignment, LastAssignment } = ts.SyntaxKind;
	const { kind } = node.operatorToken;
	return kind >= FirstAssignment && kind <= LastAssignment ? node.left : undefined;
}

function callWrites({ expression, arguments: given }: ts.CallExpression): string[] {
	const verb = ts.isPropertyAccessExpression(expression)
		? expression.name.text
		: expression.getText();
	const table = given[verb.endsWith('Rows') ? 1 : 0]?.getText() ?? '';
	if (/^(insert|update|delete)(Rows)?$/.test(verb) && TABLES.includes(table)) {
		return [`${verb} ${table}`];
	}
	const columns =
		verb === 'updateRows' && table === 'licenses'
			? (given[3]?.getText().match(/\w+/g) ?? [])
			: verb === 'set' || verb === 'values'
				? given.flatMap(fieldsOf)
				: [];
	const counters = COUNTERS.filter((counter) => columns.includes(counter));
	return counters.length > 0 ? [`set ${counters.join(', ')}`] : [];
}

/** The fields of a literal, those of literals spread in it too. */
function fieldsOf(node: ts.Node): string[] {
	if (!ts.isObjectLiteralExpression(node)) return [];
	return node.properties.flatMap((property) =>
		ts.isSpreadAssignment(property) ? fieldsOf(property.expression) : [property.name.getText()]
	);
}

function sqlWrites(text: string): string[] {
	const written =
		/\b(?:insert into|update|delete from)\s+"?(license|activation|allotment|draw)\b/gi;
	return Array.from(text.matchAll(written), ([, table = '']) => `SQL ${table}`);
}
