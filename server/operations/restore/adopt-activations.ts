/**
 * Activations that a restored hub has forgotten: its own signature on their files is the fact. [SY6]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { among } from '#server/db/among.ts';
import { activationFiles } from '#server/db/schema/ledger.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import { findCustomers, type Adopted } from './adopted.ts';
import { adoptActivation, adoptEarlier, type FoundFile } from '#server/ledger/adopt-activation.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { FileRecord, Ledger } from '#server/ledger/ledger.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';

/** Rising generations, so that the newest of an activation is the one that stays. */
export async function adoptActivations(
	hub: Hub,
	files: readonly FoundFile[],
	actor: string
): Promise<Map<FoundFile, Adopted | Refusal>> {
	const done = new Map<FoundFile, Adopted | Refusal>();
	const customerOf = await findCustomers(hub, files);
	const ordered = [...files].sort((a, b) => a.claims.gen - b.claims.gen);
	for (const [customerId, some] of Map.groupBy(ordered, ({ claims }) => customerOf.get(claims.sub)))
		if (customerId === undefined)
			for (const file of some)
				done.set(file, refuse('LICENSE_NOT_FOUND', { number: file.claims.num }));
		else
			await writing(hub.db, async (shell) => {
				const ledger = await loadForAdoption(hub, shell, { customerId, files: some });
				const stored = await storedFiles(shell, { customerId, files: some });
				for (const file of some) {
					const { act, num: number } = file.claims;
					const outcome = adoptActivation(ledger, file, actor);
					if (outcome === 'known') adoptEarlier(ledger, file, stored);
					done.set(file, { kind: 'activation', number, act, outcome });
				}
				await closeLedger(shell, ledger);
			});
	return done;
}

function loadForAdoption(
	hub: Hub,
	shell: Writing,
	{ customerId, files }: { customerId: string; files: readonly FoundFile[] }
): Promise<Ledger> {
	const machines = files.map(({ claims }) => claims);
	return openLedger(hub, shell, {
		customerId,
		alike: machines.map(({ sub: licenseId, fp }) => ({ licenseId, fp })),
		leaving: machines.map(({ act, sub: licenseId, req: request }) => ({
			act,
			licenseId,
			request,
			way: 'return' as const
		}))
	});
}

type StoredFile = Pick<FileRecord, 'act' | 'gen' | 'token'>;

/** The files that the hub has of these activations. */
function storedFiles(
	{ tx }: Writing,
	{ customerId, files }: { customerId: string; files: readonly FoundFile[] }
): Promise<StoredFile[]> {
	const { act, gen, token } = activationFiles;
	const acts = [...new Set(files.map(({ claims }) => claims.act))];
	return tx
		.select({ act, gen, token })
		.from(activationFiles)
		.where(and(eq(activationFiles.customerId, customerId), among(act, acts)));
}
