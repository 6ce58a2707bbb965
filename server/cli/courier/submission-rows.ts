/**
 * What became of each thing that was to be submitted, as a table: every one has its line, whatever
 * happened.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import type { HubAnswer } from '#server/cli/base/hub-answer.ts';
import { exitCodes, exitOf, refusalLines } from '#server/cli/base/outcome.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';

export type Row = {
	source: string;
	label?: string;
	number?: string;
	/**
	 * `returned`: the seat is free, or cools, as `freed` says. `taken`: done, and no file answers it.
	 * `not tried`: the run had ended before.
	 */
	outcome:
		'granted' | 'returned' | 'taken' | 'refused' | 'not submitted' | 'not tried' | 'left out';
	answer?: string;
	written?: string;
	/** True, or the time by which the seat has cooled. */
	freed?: true | number;
	/** Receipts of the returns that a request carried. */
	receipts?: string[];
	notices?: HubAnswer['notices'];
	refusal?: Refusal;
	/** Neither a file nor a refusal came of it: what happened, in a sentence. */
	fault?: string;
	/** Nobody judged it: the way was blocked, and the same again may work. */
	isBlocked?: true;
};

export function exitOfRows(rows: readonly Row[]): number {
	const refusals = rows.flatMap(({ refusal }) => refusal ?? []);
	if (rows.every(({ outcome }) => outcome === 'left out')) return exitCodes.refused;
	const exit = exitOf(refusals);
	const isLeft = rows.some(({ fault, isBlocked }) => fault !== undefined || isBlocked);
	return exit === exitCodes.done && isLeft ? exitCodes.fault : exit;
}

export function describeRows(rows: readonly Row[]): string[] {
	const head = ['file', 'label', 'license', 'outcome', 'answer'];
	const cells = rows.map((row) => [
		row.source,
		row.label ?? '',
		row.number ?? '',
		describeOutcome(row),
		[row.answer, ...(row.receipts ?? [])].filter((name) => name !== undefined).join(', ')
	]);
	const reasons = new Map(
		rows.flatMap(({ refusal }) => (refusal ? [[refusal.refused, refusal]] : []))
	);
	const explained = [...reasons.values()].flatMap(refusalLines);
	const count = (asked: Row['outcome']) => rows.filter(({ outcome }) => outcome === asked).length;
	const [granted, returned, taken] = [count('granted'), count('returned'), count('taken')];
	const sent = rows.length - count('left out');
	return [
		...table([head, ...cells]),
		...(explained.length > 0 ? ['', ...explained] : []),
		'',
		[
			`${sent} submitted: ${granted} granted, `,
			returned > 0 ? `${returned} returned, ` : '',
			taken > 0 ? `${taken} recorded, ` : '',
			`${sent - granted - returned - taken} not.`
		].join(''),
		...describeLeft(rows)
	];
}

function describeLeft(rows: readonly Row[]): string[] {
	const left = rows.filter(({ isBlocked }) => isBlocked).length;
	return left === 0 ? [] : [`${left} left: the same command again submits them.`];
}

function describeOutcome({ outcome, refusal, freed, fault }: Row): string {
	if (fault !== undefined) return `${outcome}: ${fault}`;
	if (outcome === 'left out') return 'left out: not a Keyferry file';
	if (refusal) return `${outcome}: ${refusal.refused}`;
	return typeof freed === 'number' ? `${outcome}, cools until ${isoDay(freed)}` : outcome;
}
