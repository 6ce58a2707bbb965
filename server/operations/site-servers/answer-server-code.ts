/**
 * A person says which license a site server gets, or that it gets none. [GL2]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { serverCodes } from '#server/db/schema/people.ts';
import { writing } from '#server/db/writing.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { findLicenseByNumber } from '#server/operations/licenses/find-license.ts';
import { findServerCode, type ServerCodeRefusal } from './open-server-code.ts';

export type ApprovedServer = { name: string; number: string; title: string };

type ApprovalRefusal =
	ServerCodeRefusal | Refusal<'LICENSE_NOT_FOUND' | 'NOT_PERMITTED' | 'VIRTUAL_MACHINE_REFUSED'>;

/** What the license itself says no to, seats taken for one, is said when the server activates. */
export async function approveServerCode(
	hub: Hub,
	{ code, number }: { code: string; number: string },
	asker: Asker
): Promise<ApprovedServer | ApprovalRefusal> {
	const which = await findLicenseByNumber(hub, number, asker);
	if (isRefusal(which)) return which;
	const { customerId, licenseId } = which;
	const action = 'activation.request';
	if (!may(asker, action, customerId)) return refuse('NOT_PERMITTED', { action });
	const { userId } = asker;
	return writing(hub.db, customerId, async ({ tx, raiseRevision, audit }) => {
		await raiseRevision();
		const found = await findServerCode(tx, hub, { code, userId });
		if (isRefusal(found)) return found;
		const { id, name, machineCode, virtual } = found;
		const [license] = await tx
			.select({ terms: licenses.terms })
			.from(licenses)
			.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
		if (!license) throw new Error(`license ${licenseId} is in the directory alone`);
		const { title, contact, pol } = license.terms;
		if (virtual !== null && !pol.vm) return refuse('VIRTUAL_MACHINE_REFUSED', { number, contact });
		const answered = await tx
			.update(serverCodes)
			.set({ state: 'approved', customerId, licenseId })
			.where(and(eq(serverCodes.id, id), eq(serverCodes.state, 'open')))
			.returning({ id: serverCodes.id });
		// Of two answers in two tabs the first one counts.
		if (answered.length === 0) return refuse('SERVER_CODE_INVALID', {});
		const note = { at: hub.now(), actor: userId, subject: licenseId };
		const facts = { license: licenseId, server: name, machine: machineCode };
		audit({ ...note, action: 'site-server.approved', facts });
		return { name, number, title };
	});
}

/** The server is told, and asks no more. */
export async function denyServerCode(
	hub: Hub,
	code: string,
	{ userId }: Asker
): Promise<ServerCodeRefusal | null> {
	const found = await findServerCode(hub.db, hub, { code, userId });
	if (isRefusal(found)) return found;
	await hub.db
		.update(serverCodes)
		.set({ state: 'denied' })
		.where(and(eq(serverCodes.id, found.id), eq(serverCodes.state, 'open')));
	return null;
}
