/**
 * Writing what was decided: as many statements for five hundred decisions as for one.
 *
 * @module
 */
import { and, eq, sql, type SQL } from 'drizzle-orm';
import { among } from '#server/db/among.ts';
import { seatCeiling } from '#lib/domain/seat.ts';
import {
	activationComponents,
	activationFiles,
	activations,
	giveBacks,
	licenses
} from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { insertOf, updateOf } from '#server/db/rows.ts';
import type { Writing } from '#server/db/writing.ts';
import { writeBlocks } from '#server/ledger/allotments/allotment-blocks.ts';
import { hashesOf } from '#server/ledger/held/held-activations.ts';
import type { HeldActivation, Ledger } from '#server/ledger/held/ledger.ts';
import { writeTexts } from './change-texts.ts';
import { writeTrials } from './trials.ts';

/**
 * Nothing is written where nothing was decided.
 *
 * @param isLast - Nobody reads it in this transaction: it is sent together with the commit.
 */
export async function writeLedger(
	{ tx, raiseRevision, audit, writeLast }: Writing,
	ledger: Ledger,
	{ isLast }: { isLast: boolean }
): Promise<void> {
	const { customerId, changed, notes, blocks } = ledger;
	const { requests: asked, activations: seated, givenBack: left, licenses: grants } = changed;
	const changes = [asked, seated, left, grants, changed.notes, changed.texts];
	if ([...changes, blocks.changed].every(({ size }) => size === 0)) return;
	const revision = await raiseRevision();
	for (const note of notes) audit(note);
	const counted = [...changed.licenses].map((licenseId) => {
		const row = ledger.licenses.get(licenseId)!;
		return { ...row, ceiling: seatCeiling(row.seats, row), revision };
	});
	const acts = [...changed.activations].map((act) => ({ ...ledger.held.get(act)!, revision }));
	const givenBack = [...changed.givenBack].map((act) => ({
		...ledger.givenBack.get(act)!,
		revision
	}));
	const answered = [...changed.requests].map((id) => ({ ...ledger.requests.get(id)!, revision }));
	const statements = [
		...raiseAnswers(ledger, { acts, revision }),
		...updateOf(licenses, counted, {
			customerId,
			set: [
				'active',
				'reserved',
				'cooling',
				'revoked',
				'waiting',
				'ceiling',
				'expiresAt',
				'revision'
			]
		}),
		...insertOf(activations, acts, {
			customerId,
			onKnown: [
				'state',
				'coolsUntil',
				'gen',
				'fp',
				'firstKey',
				'held',
				'label',
				'name',
				'grantedAt',
				'expiresAt',
				'filesEndAt',
				'request',
				'overage',
				'drawn',
				'changes',
				'twin',
				'said',
				'heardAt',
				'revision'
			]
		}),
		...writeComponents(customerId, acts),
		...writeTexts(ledger, revision),
		...writeTrials(ledger),
		...writeBlocks(ledger, revision),
		...insertOf(activationFiles, changed.files, { customerId }),
		...insertOf(giveBacks, givenBack, {
			customerId,
			onKnown: ['freed', 'coolsUntil', 'at', 'jkt', 'jti', 'kid', 'token', 'revision']
		}),
		...insertOf(requests, answered, {
			customerId,
			onKnown: ['state', 'act', 'refusal', 'kid', 'token', 'decidedAt', 'revision']
		})
	];
	if (isLast) for (const statement of statements) writeLast(statement);
	// Sent one behind another, and waited for together.
	else await Promise.all(statements.map((statement) => tx.execute(statement)));
}

function writeComponents(customerId: string, acts: readonly HeldActivation[]): SQL[] {
	// What was activated just now has left no components behind.
	const known = acts.filter(({ state, gen }) => state !== 'active' || gen > 1);
	const left = known.map(({ act }) => act);
	const { customerId: mine, act } = activationComponents;
	const clearing = sql`delete from ${activationComponents}
		where ${and(eq(mine, customerId), among(act, left))}`;
	// A machine that gave its seat back is not looked for any more.
	const holding = acts.filter(({ state }) => state === 'active' || state === 'cooling');
	const rows = holding.flatMap(({ licenseId, act, fp }) =>
		hashesOf(fp).map((hash) => ({ customerId, licenseId, hash, act }))
	);
	return [
		...(left.length > 0 ? [clearing] : []),
		...insertOf(activationComponents, rows, { customerId, onKnown: [] })
	];
}

/**
 * The newest file of an activation is the answer to its newest request. Where either changes, desks
 * hear again what answers the request that was the newest until now: before it is another.
 */
function raiseAnswers(
	{ customerId }: Ledger,
	{ acts, revision }: { acts: readonly { act: string; gen: number }[]; revision: number }
): SQL[] {
	const known = acts.filter(({ gen }) => gen > 1).map(({ act }) => act);
	if (known.length === 0) return [];
	const newest = and(
		eq(activations.customerId, customerId),
		among(activations.act, known),
		eq(requests.customerId, customerId),
		eq(requests.request, activations.request)
	);
	const { name } = requests.revision;
	const raise = sql`update ${requests} set ${sql.identifier(name)} = ${revision}
		from ${activations} where ${newest}`;
	return [raise];
}
