/**
 * Machines that were retired after the backup: their manager's word is forgotten, and the lists that
 * ride in files name them still. [SE6, SE8, FI8]
 *
 * @module
 */
import { and, eq, inArray } from 'drizzle-orm';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { TokenFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { among } from '#server/db/among.ts';
import { activations, revocations } from '#server/db/schema/ledger.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { closeLedger } from '#server/ledger/close.ts';
import { recordRetirement } from '#server/ledger/give-back.ts';
import { openLedger } from '#server/ledger/open.ts';
import { readJoined } from '#server/ledger/allotments/allotment-blocks.ts';
import { shortHash, takeUpList } from '#server/ledger/revocations.ts';
import { lockedLicense } from '#server/ledger/held/seats.ts';
import { findCustomers } from './adopted.ts';

/** A list that this hub has signed. */
export type FoundList = { claims: Claims['revocation']; kid: string; text: string };

/** @returns The list that rides in a file, where this hub has signed it. */
export async function readList(hub: Hub, file: TokenFile): Promise<FoundList | undefined> {
	if (!file.revocation) return undefined;
	const { key, token: body } = file.revocation;
	const verified = await verifyFile({ key, body }, hub);
	if (isRefusal(verified) || verified.body.type !== 'revocation') return undefined;
	const { claims, kid, text } = verified.body;
	return { claims, kid, text };
}

/** Takes up what is new in lists, and retires what they name. */
export async function adoptLists(
	hub: Hub,
	lists: readonly FoundList[],
	actor: string
): Promise<void> {
	const customerOf = await findCustomers(hub, lists);
	for (const found of lists) {
		const { sub: licenseId } = found.claims;
		const customerId = customerOf.get(licenseId);
		if (customerId === undefined) continue;
		const place = { licenseId, actor };
		await writing(hub.db, customerId, async (shell) => {
			const [license] = await shell.lockLicenses([licenseId]);
			if (license && (await takeUpList(hub, shell.tx, license, found)))
				await retireNamed(hub, shell, { ...place, revoked: license.revoked });
		});
	}
}

/** Activations that were brought after the list that names them. */
export async function retireListed(hub: Hub, acts: readonly string[], actor: string) {
	if (acts.length === 0) return;
	const named = await hub.db
		.selectDistinct({ customerId: activations.customerId, licenseId: activations.licenseId })
		.from(activations)
		.innerJoin(
			revocations,
			and(
				eq(revocations.customerId, activations.customerId),
				eq(revocations.licenseId, activations.licenseId)
			)
		)
		.where(among(activations.act, acts));
	for (const { customerId, licenseId } of named)
		await writing(hub.db, customerId, (shell) => retireNamed(hub, shell, { licenseId, actor }));
}

async function retireNamed(
	hub: Hub,
	shell: Writing,
	{ licenseId, actor, revoked }: { licenseId: string; actor: string; revoked?: number }
): Promise<void> {
	const { customerId } = shell;
	const [list] = await shell.tx
		.select({ acts: revocations.acts })
		.from(revocations)
		.where(and(eq(revocations.customerId, customerId), eq(revocations.licenseId, licenseId)));
	const names = new Set(list?.acts);
	const holding = await shell.tx
		.select({ act: activations.act })
		.from(activations)
		.where(
			and(
				eq(activations.customerId, customerId),
				eq(activations.licenseId, licenseId),
				inArray(activations.state, ['active', 'cooling'])
			)
		);
	const gone = holding.map(({ act }) => act).filter((act) => names.has(shortHash(act)));
	const ledger = await openLedger(hub, shell, {
		licenseIds: [licenseId],
		leaving: gone.map((act) => ({ act, licenseId, way: 'retire' as const }))
	});
	for (const act of gone.toSorted()) {
		await readJoined(shell.tx, ledger, act);
		recordRetirement(ledger, { act, actor });
	}
	if (revoked !== undefined) {
		lockedLicense(ledger, licenseId).revoked = revoked;
		ledger.changed.licenses.add(licenseId);
	}
	await closeLedger(shell, ledger);
}
