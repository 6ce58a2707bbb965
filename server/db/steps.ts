/**
 * Steps of what spans customers: left in one transaction, and each taken once, in its customer's. [DB1]
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { steps, type StepTask } from './schema/steps.ts';
import type { Database, Transaction } from './database.ts';
import { insertRows } from './rows.ts';
import { writing, type Writing } from './writing.ts';

export type Step = { customerId: string; task: StepTask };

/** @returns What they are steps of. */
export async function leaveSteps(
	tx: Transaction,
	left: readonly Step[],
	transfer: string = randomUUID()
): Promise<string> {
	const rows = left.map((step) => ({ id: randomUUID(), transfer, ...step }));
	await insertRows(tx, steps, rows);
	return transfer;
}

/** Takes a step in its customer's transaction. @returns Whether it could be: else it stays. */
export type TakeStep = (
	shell: Writing,
	step: { transfer: string; task: StepTask }
) => Promise<boolean> | boolean;

/** Takes notes alone. */
export const takeNote: TakeStep = ({ audit }, { task }) => {
	if (task.kind === 'note') audit(task.note);
	return task.kind === 'note';
};

/**
 * Takes all steps that are left, and those that they leave.
 *
 * @param transfer - What they are steps of; by default, of whatever.
 * @throws the first fault, once the others are taken.
 */
export async function takeSteps(db: Database, take: TakeStep, transfer?: string): Promise<void> {
	const tried = new Set<string>();
	const faults: unknown[] = [];
	const mine = transfer === undefined ? undefined : eq(steps.transfer, transfer);
	for (;;) {
		const left = await db.select().from(steps).where(mine);
		const next = left.filter(({ id }) => !tried.has(id));
		if (next.length === 0) break;
		for (const { id, customerId } of next) {
			tried.add(id);
			await takeOnce(db, { id, customerId }, take).catch((fault: unknown) => {
				if (!(fault instanceof Stays)) faults.push(fault);
			});
		}
	}
	if (faults.length > 0) throw faults[0];
}

/** Of two who take it at once, the second finds nothing. */
async function takeOnce(
	db: Database,
	{ id, customerId }: { id: string; customerId: string },
	take: TakeStep
): Promise<void> {
	await writing(db, customerId, async (shell) => {
		const [step] = await shell.tx.delete(steps).where(eq(steps.id, id)).returning();
		if (step && !(await take(shell, step))) throw new Stays();
	});
}

/** Undoes what was done for a step that cannot be taken yet. */
class Stays extends Error {}
