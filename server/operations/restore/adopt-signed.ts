/**
 * Activation files and receipts that a restored hub has forgotten: its own signature on them is the
 * fact. [SY6, SE8]
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { adoptActivation, type FoundFile } from '#server/ledger/adopt-activation.ts';
import { adoptReceipt, type FoundReceipt } from '#server/ledger/adopt-receipt.ts';
import { closeLedger } from '#server/ledger/close.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import { openLedger } from '#server/ledger/open.ts';
import { readBrought } from '#server/ledger/read-brought.ts';
import { lockedLicense } from '#server/ledger/held/seats.ts';
import { findCustomers, type Adopted } from './adopted.ts';

export type FoundSigned =
	{ kind: 'activation'; found: FoundFile } | { kind: 'receipt'; found: FoundReceipt };

/**
 * All that is of one customer in one transaction.
 *
 * @returns What became of each. Those of a license that is not known here are refused.
 */
export async function adoptSigned(
	hub: Hub,
	brought: readonly FoundSigned[],
	actor: string
): Promise<Map<FoundSigned, Adopted | Refusal>> {
	const done = new Map<FoundSigned, Adopted | Refusal>();
	const customerOf = await findCustomers(
		hub,
		brought.map(({ found }) => found)
	);
	const own = Map.groupBy(brought, ({ found }) => customerOf.get(found.claims.sub));
	for (const each of own.get(undefined) ?? []) done.set(each, noLicense(each));
	own.delete(undefined);
	for (const [customerId, some] of own)
		await writing(hub.db, customerId!, async (shell) => {
			const ledger = await openFor(hub, shell, some);
			for (const each of inTurn(some)) done.set(each, adoptOne(ledger, each, actor));
			await closeLedger(shell, ledger);
		});
	return done;
}

async function openFor(hub: Hub, shell: Writing, some: readonly FoundSigned[]): Promise<Ledger> {
	const ledger = await openLedger(hub, shell, {
		leaving: some.map(({ kind, found }) => ({
			act: found.claims.act,
			licenseId: found.claims.sub,
			request: kind === 'activation' ? found.claims.req : undefined,
			way: 'return' as const
		}))
	});
	const files = some.map(({ kind, found }) => ({
		act: found.claims.act,
		licenseId: found.claims.sub,
		// Whose seat a receipt gives back, its activation tells.
		fp: kind === 'activation' ? found.claims.fp : (ledger.held.get(found.claims.act)?.fp ?? {})
	}));
	await readBrought(shell.tx, ledger, files);
	return ledger;
}

/** Any order ends in the same ledger; this one takes no seat that the next piece gives back. [SE8] */
function inTurn(some: readonly FoundSigned[]): FoundSigned[] {
	const receipts = some.filter(({ kind }) => kind === 'receipt');
	const files = some.filter(({ kind }) => kind === 'activation');
	return [...receipts, ...files.sort((a, b) => b.found.claims.iat - a.found.claims.iat)];
}

function adoptOne(ledger: Ledger, { kind, found }: FoundSigned, actor: string): Adopted {
	const { act, sub } = found.claims;
	const { number } = lockedLicense(ledger, sub);
	const outcome =
		kind === 'activation'
			? adoptActivation(ledger, found, actor)
			: adoptReceipt(ledger, found, actor)
				? 'receipt'
				: 'known';
	return { kind, number, act, outcome };
}

function noLicense({ kind, found }: FoundSigned): Refusal {
	return kind === 'activation'
		? refuse('LICENSE_NOT_FOUND', { number: found.claims.num })
		: refuse('NOT_FOUND', { what: `license ${found.claims.sub}` });
}
