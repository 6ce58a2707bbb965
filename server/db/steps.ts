/**
 * Steps of what spans customers: left in one transaction, and each taken once, in its customer's. What was
 * taken is marked there, and goes from where it was left afterwards. [DB1]
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Seconds } from '#lib/domain/time.ts';
import { customerSteps, steps, takenSteps, type StepTask } from './schema/steps.ts';
import type { Database, Transaction } from './database.ts';
import { insertRows } from './rows.ts';
import { writing, type Writing } from './writing.ts';

export type Step = { customerId: string; task: StepTask };

/** In a transaction of the catalog. @returns What they are steps of. */
export async function leaveSteps(
	tx: Transaction,
	left: readonly Step[],
	transfer: string = randomUUID()
): Promise<string> {
	const rows = left.map((step) => ({ id: randomUUID(), transfer, ...step }));
	await insertRows(tx, steps, rows);
	return transfer;
}

/** The same in a transaction of a customer, for another one. */
export async function sendStep(
	{ tx, customerId }: Writing,
	{ customerId: to, task }: Step,
	transfer: string = randomUUID()
): Promise<string> {
	const row = { customerId, id: randomUUID(), transfer, to, task };
	await insertRows(tx, customerSteps, [row], { customerId });
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

/** Whose steps are taken, and when: by hub time. */
export type StepsOf = { db: Database; now: () => Seconds };

/**
 * Takes all steps that are left, and those that they leave.
 *
 * @param transfer - What they are steps of; by default, of whatever.
 * @throws the first fault, once the others are taken.
 */
export async function takeSteps(hub: StepsOf, take: TakeStep, transfer?: string): Promise<void> {
	const tried = new Set<string>();
	const faults: unknown[] = [];
	for (;;) {
		const next = (await stepsLeft(hub.db, transfer)).filter(({ id }) => !tried.has(id));
		if (next.length === 0) break;
		for (const step of next) {
			tried.add(step.id);
			await takeOnce(hub, step, take).catch((fault: unknown) => {
				if (!(fault instanceof Stays)) faults.push(fault);
			});
		}
	}
	if (faults.length > 0) throw faults[0];
}

type Left = Step & {
	id: string;
	transfer: string;
	/** The customer that has left it; else it was the catalog. */
	from?: string;
};

export async function stepsLeft(db: Database, transfer?: string): Promise<Left[]> {
	const { customerId: from, id, to: customerId, task } = customerSteps;
	const [ofCatalog, ofCustomers] = await Promise.all([
		db
			.select()
			.from(steps)
			.where(transfer === undefined ? undefined : eq(steps.transfer, transfer)),
		db
			.select({ id, transfer: customerSteps.transfer, customerId, task, from })
			.from(customerSteps)
			.where(transfer === undefined ? undefined : eq(customerSteps.transfer, transfer))
	]);
	return [...ofCatalog, ...ofCustomers];
}

/** Of two who take it at once, the second finds that it was. */
async function takeOnce(hub: StepsOf, step: Left, take: TakeStep): Promise<void> {
	const { db } = hub;
	const { id, customerId, from } = step;
	await writing(db, customerId, async (shell) => {
		const takenAt = hub.now();
		const marked = await shell.tx
			.insert(takenSteps)
			.values({ customerId, id, takenAt })
			.onConflictDoNothing()
			.returning();
		// However long ago: others may have read just now that it is left, and its mark outlasts them.
		if (marked.length === 0)
			await shell.tx
				.update(takenSteps)
				.set({ takenAt })
				.where(and(eq(takenSteps.customerId, customerId), eq(takenSteps.id, id)));
		else if (!(await take(shell, step))) throw new Stays();
	});
	if (from === undefined) await db.delete(steps).where(eq(steps.id, id));
	else
		await writing(db, from, ({ tx }) =>
			tx
				.delete(customerSteps)
				.where(and(eq(customerSteps.customerId, from), eq(customerSteps.id, id)))
		);
}

/** Undoes what was done for a step that cannot be taken yet. */
class Stays extends Error {}
