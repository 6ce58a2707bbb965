/**
 * Push: commands of one outbox, each claimed in the catalog and then settled once: those of a customer
 * together, in its transaction. [DB1] Results are stored with their effects, so the same command again gets
 * the stored result. [SY1, SY2]
 *
 * @module
 */
import { VENDOR_ID } from '#lib/domain/access.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { isFact } from '#lib/protocol/commands.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import { among } from '#server/db/among.ts';
import { customers } from '#server/db/schema/catalog.ts';
import type { PlacedReturn } from '#server/ledger/held/ask.ts';
import { decideEach, type Receipts } from '#server/ledger/decide.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { freezeOutbox } from '#server/operations/allotments/freeze-outbox.ts';
import { claimCommands, type OwnedCommand } from './claims.ts';
import { judgeCommands, type Push } from './judge-commands.ts';
import { prepareEach, type Prepared } from './prepare-commands.ts';
import { held, noteTurn, settleClaims, type Done } from './settle-claims.ts';
import { returnsOf, settleUnrecorded, takeTurn, turnsOf } from './turn.ts';

/**
 * Commands are executed with the rights that the asker has now, whenever they were written.
 *
 * @param asker - Absent where the author is not known: only what proves itself is done. [SY8]
 * @returns A result per command, with where the audits end now that they were written to, repeated
 * commands included [AU1], or a refusal of the push as a whole: `OUTBOX_FORKED`, `OUTBOX_NOT_YOURS`,
 * `PUSH_NOT_SIGNED`. One bad command is its own refusal and holds up no other. A command without a result
 * is being settled by somebody else, and waits for the next push.
 */
export async function push(
	hub: Hub,
	pushed: Push,
	asker: Asker | undefined
): Promise<PushReply | Refusal> {
	const { outbox, desk } = pushed;
	const { sound, damaged } = judgeCommands(pushed);
	const prepared = await prepareEach(hub, sound, { asker, desk });
	const brought = prepared.map((each) => ({ ...each, customerId: customerOf(each) }));
	// Facts, whatever becomes of the requests that carry them. [SY10]
	const { receipts: told } = await decideEach(hub, carriedFor(brought));
	const done: Done = { results: new Map(), heads: {}, repeated: new Set() };
	// A copy shows before anything of it is done. [SY2]
	const isClaimed = asker !== undefined && brought.length > 0;
	const claims = isClaimed && (await claimCommands(hub, { outbox, asker, desk }, brought));
	if (isRefusal(claims)) {
		if (claims.refused !== 'OUTBOX_FORKED') return claims;
		const facts = brought.filter(({ command }) => isFact(command.type));
		await settleFacts(hub, done, facts, told);
		await freezeOutbox(hub, outbox, { by: 'hub', reason: 'forked' });
		if (facts.length === 0) return claims;
		for (const { command } of brought)
			if (!isFact(command.type)) done.results.set(command.n, held(command, claims));
	} else if (claims) await settleClaims(hub, done, { outbox, brought, claims, told });
	else await settleFacts(hub, done, brought, told);
	const inOrder = sound.flatMap(({ n }) => done.results.get(n) ?? []);
	const results = [...inOrder, ...damaged];
	for (const { refusal } of results) if (refusal) hub.onRefusal?.(refusal.refused);
	const others = [...done.repeated].filter((id) => !(id in done.heads));
	return { results, heads: { ...done.heads, ...(await headsOf(hub, others)) } };
}

async function settleFacts(
	hub: Hub,
	done: Done,
	brought: readonly OwnedCommand[],
	told: Receipts
): Promise<void> {
	for (const [customerId, part] of turnsOf(brought, (each) => each.customerId)) {
		const turns = await takeTurn(hub, customerId, part, (shell, some) =>
			settleUnrecorded(hub, shell, some, told)
		);
		for (const turn of turns) noteTurn(done, customerId, turn);
	}
}

/** What is no customer's is the vendor's own. */
function customerOf({ asked }: Prepared): string {
	if (asked.kind !== 'declined') return asked.customerId;
	return asked.returns[0]?.customerId ?? VENDOR_ID;
}

/** Returns of others than whose turn a command has. */
function carriedFor(brought: readonly OwnedCommand[]): PlacedReturn[] {
	return brought.flatMap((each) =>
		returnsOf(each).filter(({ customerId }) => customerId !== each.customerId)
	);
}

async function headsOf({ db }: Hub, customerIds: readonly string[]): Promise<PushReply['heads']> {
	if (customerIds.length === 0) return {};
	const { customerId: id, auditN: n, auditHash: hash } = customers;
	const rows = await db.select({ id, n, hash }).from(customers).where(among(id, customerIds));
	return Object.fromEntries(rows.map((row) => [row.id, { n: row.n, hash: row.hash }]));
}
