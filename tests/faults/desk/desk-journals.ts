/**
 * Compares what desks hold, after their queues have drained, with what the hub's ledger says.
 *
 * @module
 */
import { isNull } from 'drizzle-orm';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { allotments, draws } from '#server/db/schema/allotments.ts';
import { activationFiles, giveBacks } from '#server/db/schema/ledger.ts';
import { requests } from '#server/db/schema/requests.ts';
import { commandResults } from '#server/db/schema/outboxes.ts';
import type { Store } from '#server/db/store.ts';
import type { DeskJournal } from '../../fixtures/field-work.ts';
import type { Difference, Row } from '../checker.ts';

/** What the hub knows of what desks sent and were given. */
export type DeskLedger = {
	commands: Row<typeof commandResults, 'id' | 'refusal' | 'token'>[];
	requests: Row<typeof requests, 'request' | 'token'>[];
	files: Row<typeof activationFiles, 'act' | 'token'>[];
	receipts: Row<typeof giveBacks, 'act' | 'token'>[];
	allotments: Row<typeof allotments, 'allotment' | 'max' | 'token' | 'state' | 'reserved'>[];
	draws: Row<typeof draws, 'jti' | 'allotment' | 'slot' | 'act' | 'state' | 'token'>[];
};

/** All of one moment. */
export function readDeskLedger({ db }: Pick<Store, 'db'>): Promise<DeskLedger> {
	return db.transaction(
		async (tx) => ({
			commands: await tx.select().from(commandResults).where(isNull(commandResults.passed)),
			requests: await tx.select().from(requests),
			files: await tx.select().from(activationFiles),
			receipts: await tx.select().from(giveBacks),
			allotments: await tx.select().from(allotments),
			draws: await tx.select().from(draws)
		}),
		{ isolationLevel: 'repeatable read', accessMode: 'read only' }
	);
}

/**
 * @param isRestored - The hub was restored from a backup: it knows the results of commands only
 * where a file tells of them.
 * @returns Nothing where all is well.
 */
export function findDeskDifferences(
	journals: readonly DeskJournal[],
	ledger: DeskLedger,
	{ isRestored = false } = {}
): Difference[] {
	return [
		...journals.flatMap((journal) => [
			...stuck(journal),
			...differencesOfResults(journal, ledger, isRestored),
			...unknownFiles(journal, ledger),
			...lostDraws(journal, ledger)
		]),
		...doubleDraws(ledger)
	];
}

/** Nothing waits any more, unless the desk says why. [SY3] */
function stuck({ outbox, held }: DeskJournal): Difference[] {
	if (held !== undefined) return [];
	const waiting = outbox.filter(({ state }) => state === 'waiting');
	return waiting.map(({ type, id }) => ({ kind: 'stuck', about: `${type} ${id}` }));
}

/** What the desk was answered is what the hub has stored. [SY2] */
function differencesOfResults(
	{ outbox }: DeskJournal,
	ledger: DeskLedger,
	isRestored: boolean
): Difference[] {
	const stored = new Map(ledger.commands.map((row) => [row.id, row]));
	return outbox.flatMap((command): Difference[] => {
		const { id, type, result } = command;
		if (!result) return [];
		const about = `${type} ${id}`;
		const row = stored.get(id);
		if (!row) {
			const isKnown = isRestored || hasEffect(command, ledger);
			return isKnown ? [] : [{ kind: 'lost', about }];
		}
		const said = result.refusal?.refused;
		if (said !== row.refusal?.refused) return [{ kind: 'changed', about }];
		// A draw is stored with its allotment before it.
		const token = row.token?.split('~').at(-1);
		if (result.file === undefined || token === tokenOf(result.file)) return [];
		const isNewer = isRestored && isOneActivation([token, tokenOf(result.file)], ledger);
		return isNewer ? [] : [{ kind: 'changed', about }];
	});
}

/** A restored hub that was brought a later file first answers with that. [SY6] */
function isOneActivation(tokens: readonly (string | undefined)[], { files }: DeskLedger): boolean {
	const acts = tokens.map((token) => files.find((file) => file.token === token)?.act);
	return acts[0] !== undefined && acts[0] === acts[1];
}

/**
 * Requests with a proof, and facts, are brought without an account as well, and then no command is
 * stored: what came of them is there all the same. [RE2, SY10]
 */
function hasEffect({ type, subject, args }: OutboxRow, ledger: DeskLedger): boolean {
	if (type === 'activation.request')
		return ledger.requests.some(({ request }) => request === subject);
	const file = 'file' in args ? readFile(args.file) : undefined;
	if (!file || isRefusal(file)) return false;
	if (type === 'activation.draw') return ledger.draws.some(({ token }) => token === file.body.text);
	if (type === 'activation.return') {
		const { act } = file.body.payload as { act: string };
		return ledger.receipts.some((row) => row.act === act);
	}
	const block = ledger.allotments.find(({ token }) => token === file.allotment?.text);
	return type === 'allotment.close' && block !== undefined && block.state !== 'open';
}

/** No file is out that the hub does not know of. */
function unknownFiles({ files, allotments: own }: DeskJournal, ledger: DeskLedger): Difference[] {
	const granted = tokensOf([...ledger.files, ...ledger.draws]);
	const known = new Map<string, ReadonlySet<string>>([
		['activation', granted],
		['receipt', tokensOf(ledger.receipts)],
		['allotment', tokensOf(ledger.allotments)]
	]);
	return [...files, ...own.map(({ text, id }) => ({ kind: 'allotment', text, jti: id }))]
		.filter(({ kind, text }) => known.get(kind)?.has(tokenOf(text)) === false)
		.map(({ kind, jti }) => ({ kind: 'unknown', about: `${kind} ${jti}` }));
}

/** What the desk has issued by itself is recorded as it was signed. [AL4] */
function lostDraws({ draws: own, files }: DeskJournal, ledger: DeskLedger): Difference[] {
	const recorded = new Map(ledger.draws.map((row) => [row.jti, row]));
	return own.flatMap(({ id, state, claims: { jti } }): Difference[] => {
		// What was bound and never signed has not left the desk.
		if (state === 'bound') return [];
		const row = recorded.get(jti);
		if (!row) return [{ kind: 'lost', about: `draw ${id}` }];
		const file = files.find((each) => each.jti === jti);
		const isSame = file !== undefined && tokenOf(file.text) === row.token;
		return isSame ? [] : [{ kind: 'changed', about: `draw ${id}` }];
	});
}

/** One slot, one machine, unless both signatures are kept as proof; none beyond the block. [AL5] */
function doubleDraws(ledger: DeskLedger): Difference[] {
	const sound = ledger.draws.filter(({ state }) => state !== 'contested');
	const slots = Map.groupBy(sound, ({ allotment, slot }) => `${allotment}.${slot}`);
	const doubled = [...slots]
		.filter(([, rows]) => new Set(rows.map(({ act }) => act)).size > 1)
		.map(([about]): Difference => ({ kind: 'double', about }));
	const beyond = ledger.allotments.flatMap(({ allotment, max, reserved }): Difference[] => {
		const drawn = new Set(
			sound.filter((row) => row.allotment === allotment).map(({ slot }) => slot)
		);
		const outside = [...drawn].some((slot) => slot < 1 || slot > max);
		return outside || reserved > max ? [{ kind: 'oversold', about: `block ${allotment}` }] : [];
	});
	return [...doubled, ...beyond];
}

function tokensOf(rows: readonly { token: string | null }[]): ReadonlySet<string> {
	return new Set(rows.flatMap(({ token }) => token ?? []));
}

function tokenOf(text: string): string {
	const file = readFile(text);
	if (isRefusal(file)) throw new Error(file.refused);
	return file.body.text;
}
