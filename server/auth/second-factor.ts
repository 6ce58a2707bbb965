/**
 * What a second factor means for a session, and what the vendor asks of its people. [PE6]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { secondFactors } from '#server/db/schema/people.ts';
import type { Database } from '#server/db/database.ts';

/** Whether somebody is asked for one. */
export async function hasSecondFactor(db: Database, userId: string): Promise<boolean> {
	const [found] = await db
		.select({ confirmedAt: secondFactors.confirmedAt })
		.from(secondFactors)
		.where(eq(secondFactors.userId, userId));
	return typeof found?.confirmedAt === 'number';
}

/** @param settings - Of the vendor, as its row in `organization` keeps them. */
export function isSecondRequired(settings: string | null | undefined): boolean {
	return read(settings).secondFactor === 'required';
}

export function withSecondRequired(
	settings: string | null | undefined,
	isRequired: boolean
): string {
	const { secondFactor: _, ...others } = read(settings);
	return JSON.stringify(isRequired ? { ...others, secondFactor: 'required' } : others);
}

function read(settings: string | null | undefined): Record<string, unknown> {
	return settings ? (JSON.parse(settings) as Record<string, unknown>) : {};
}
