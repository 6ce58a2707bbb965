/**
 * Whether the vendor's people need a second factor to be its people: an admin says so. [PE6]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { mayAct, VENDOR_ID } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { organization } from '#server/db/schema/people.ts';
import { isSecondRequired, withSecondRequired } from '#server/auth/second-factor.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { readSecondFactor } from './second-factor.ts';

export async function readSecondRequired(hub: Hub): Promise<boolean> {
	const [vendor] = await hub.db.select().from(organization).where(eq(organization.id, VENDOR_ID));
	return isSecondRequired(vendor?.metadata);
}

/** Whoever asks it of others has one: or nobody might be left to take it back. */
export async function requireSecondFactor(
	hub: Hub,
	isRequired: boolean,
	asker: Asker
): Promise<Refusal<'NOT_PERMITTED' | 'SECOND_FACTOR_MISSING'> | undefined> {
	if (!mayAct(asker.vendor, 'hub.settings'))
		return refuse('NOT_PERMITTED', { action: 'hub.settings' });
	if (isRequired && !(await readSecondFactor(hub, asker.userId)))
		return refuse('SECOND_FACTOR_MISSING', {});
	await writing(hub.db, VENDOR_ID, async ({ tx, raiseRevision, audit }) => {
		await raiseRevision();
		const [vendor] = await tx.select().from(organization).where(eq(organization.id, VENDOR_ID));
		if (isSecondRequired(vendor?.metadata) === isRequired) return;
		const metadata = withSecondRequired(vendor?.metadata, isRequired);
		await tx.update(organization).set({ metadata }).where(eq(organization.id, VENDOR_ID));
		audit({
			at: hub.now(),
			actor: asker.userId,
			action: 'hub.second-factor',
			subject: VENDOR_ID,
			facts: { required: isRequired }
		});
	});
	return undefined;
}
