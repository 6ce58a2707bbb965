/**
 * One site for many machines, or names that are counted: which of them change, and which are left out and
 * why. [DK3]
 *
 * @module
 */
import type { ActivationLine } from '#lib/search/activations/activation-summary.ts';

export type TextPlan = {
	todo: { row: ActivationLine; value: string }[];
	skipped: { row: ActivationLine; why: 'mayNot' | 'same' }[];
};

/** @param text - As it was typed. In a name, `#` counts the machines that may be changed. */
export function planTexts(
	rows: readonly ActivationLine[],
	{
		field,
		text,
		may
	}: { field: 'site' | 'label'; text: string; may: (row: ActivationLine) => boolean }
): TextPlan {
	const plan: TextPlan = { todo: [], skipped: [] };
	const typed = text.trim();
	if (typed === '') return plan;
	let at = 0;
	for (const row of rows) {
		if (!may(row)) {
			plan.skipped.push({ row, why: 'mayNot' });
			continue;
		}
		at += 1;
		const value = field === 'label' ? typed.replaceAll('#', `${at}`) : typed;
		if ((row[field] ?? '') === value) plan.skipped.push({ row, why: 'same' });
		else plan.todo.push({ row, value });
	}
	return plan;
}
