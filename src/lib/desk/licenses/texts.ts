/**
 * Notes of licenses, names and sites of machines, as this desk shows and changes them: what was changed
 * here goes over the mirror, and a refused text stays until somebody decides. [CH1]
 *
 * @module
 */
import {
	showText,
	type AskedChange,
	type ChangedText,
	type ShownText,
	type TextChange,
	type TextConflict,
	type TextField
} from '#lib/domain/change.ts';
import { isTextCommand, type TextCommand } from '#lib/protocol/commands.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import { appendCommands, draftCommand } from '#lib/desk/store/outbox.ts';
import { readState } from '#lib/desk/store/state.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';

/** Which text is meant: of a license by its id, of a machine by its `act`. */
export type TextOf = { field: TextField; of: string };

const prefixes: Record<TextField, string> = { note: 'note:', label: 'label:', site: 'site:' };

function subjectOf({ field, of }: TextOf): string {
	return prefixes[field] + of;
}

/** A text as it is to be shown. */
export async function readText(text: TextOf): Promise<ShownText> {
	const [held, asked] = await Promise.all([heldText(text), readAsked([subjectOf(text)])]);
	return showText(held, asked.get(subjectOf(text)) ?? []);
}

/** What was changed here of texts, by subject, in the order in which it was asked. */
async function readAsked(subjects: readonly string[]): Promise<Map<string, AskedChange[]>> {
	const rows = await strict.outbox.where('subject').anyOf(subjects).toArray();
	return askedIn(rows, (await readState('sync'))?.syncedAt ?? 0);
}

/** @param syncedAt - Of the last complete round: what was settled before is in the mirror. */
function askedIn(rows: readonly OutboxRow[], syncedAt: number): Map<string, AskedChange[]> {
	const asked = new Map<string, AskedChange[]>();
	// Ids rise with time, whichever outbox they were put into.
	for (const row of rows.filter(({ type }) => isTextCommand(type)).toSorted(byId))
		asked.set(row.subject, [...(asked.get(row.subject) ?? []), changeIn(row, syncedAt)]);
	return asked;
}

function byId(one: OutboxRow, other: OutboxRow): number {
	return one.id < other.id ? -1 : 1;
}

function changeIn(row: OutboxRow, syncedAt: number): AskedChange {
	const { id, args, result, settledAt = 0, decidedAt } = row;
	// Sound: rows of other commands were left out.
	const { value, was } = args as TextChange;
	const change = { id, value, was };
	if (row.state === 'waiting') return { ...change, state: 'unsent' };
	if (result?.refusal === undefined)
		return { ...change, state: settledAt > syncedAt ? 'told' : 'over' };
	if (decidedAt !== undefined) return { ...change, state: 'over' };
	return { ...change, state: 'refused', refusal: result.refusal };
}

async function heldText({ field, of }: TextOf): Promise<ChangedText | undefined> {
	return field === 'note'
		? (await strict.licenses.get(of))?.note
		: (await strict.activations.get(of))?.texts?.[field];
}

/** Changes a text: stored at once, shown at once, sent when the hub can be reached. */
export async function changeText(text: TextOf, value: string): Promise<void> {
	const shown = await readText(text);
	if (shown.value === value) return;
	await appendCommands([await draftChange(text, { value, was: shown.was })]);
	syncNow();
}

/**
 * Decides what becomes of refused texts.
 *
 * @param value - What is to stand: one's own, or both merged; what the hub has where it is left out.
 */
export async function decideText(
	text: TextOf,
	{ ids, theirs }: TextConflict,
	value: string = theirs.value
): Promise<void> {
	const isTheirs = value === theirs.value;
	const drafts = isTheirs ? [] : [await draftChange(text, { value, was: theirs.value })];
	await strict.transaction('rw', strict.outbox, strict.states, async () => {
		await strict.outbox.where('id').anyOf(ids).modify({ decidedAt: deskNow() });
		await appendCommands(drafts);
	});
	syncNow();
}

function draftChange(text: TextOf, change: TextChange) {
	const { field, of } = text;
	const subject = subjectOf(text);
	if (field === 'note') return draftCommand('license.note', { license: of, ...change }, subject);
	return draftCommand(`machine.${field}`, { act: of, ...change }, subject);
}

/** A machine with the texts that are to be shown of it. */
export type NamedMachine = ActivationRow & {
	/** Something of it was changed here, and the hub has not heard of it. */
	isUnsent?: true;
};

/** Machines as people call them here, unsent changes included. */
export async function nameMachines(rows: readonly ActivationRow[]): Promise<NamedMachine[]> {
	const changed = await strict.outbox
		.where('subject')
		.startsWithAnyOf([prefixes.label, prefixes.site])
		.toArray();
	if (changed.length === 0) return [...rows];
	const asked = askedIn(changed, (await readState('sync'))?.syncedAt ?? 0);
	return rows.map((row) => nameMachine(row, asked));
}

function nameMachine(row: ActivationRow, asked: ReadonlyMap<string, AskedChange[]>): NamedMachine {
	const of = row.id;
	const [label, site] = (['label', 'site'] as const).map((field) => {
		const changes = asked.get(subjectOf({ field, of }));
		return changes && showText(row.texts?.[field], changes);
	});
	if (!label && !site) return row;
	const named: NamedMachine = { ...row };
	if (label) named.label = label.value || requestLabelOf(row);
	if (site) named.site = site.value || undefined;
	if (label?.isUnsent || site?.isUnsent) named.isUnsent = true;
	return named;
}

/** What its request calls a machine, whatever people call it. */
export function requestLabelOf({ label, requestLabel, texts }: ActivationRow): string | undefined {
	return texts?.label?.value ? requestLabel : label;
}

/** A refused text that somebody has to decide about, and what it is a text of. */
export type OpenText = TextOf & {
	conflict: TextConflict;
	licenseId: string;
	/** Of the license, empty where it is not here any more; of a machine, what it is called too. */
	title: string;
	number: string;
	label?: string;
};

/** Refused texts that wait for a person, the newest first. */
export async function listOpenTexts(): Promise<OpenText[]> {
	const rows = await strict.outbox
		.where('subject')
		.startsWithAnyOf(Object.values(prefixes))
		.filter(({ result, decidedAt }) => result?.refusal !== undefined && decidedAt === undefined)
		.toArray();
	const texts = new Map(
		rows.toSorted(byId).map((row) => {
			const { type, subject } = row;
			return [subject, textNamed(type as TextCommand, subject)] as const;
		})
	);
	const open: OpenText[] = [];
	for (const text of [...texts.values()].reverse()) {
		const { conflict } = await readText(text);
		if (conflict) open.push({ ...text, ...(await aboutOf(text)), conflict });
	}
	return open;
}

function textNamed(type: TextCommand, subject: string): TextOf {
	const field = type === 'license.note' ? 'note' : type === 'machine.label' ? 'label' : 'site';
	return { field, of: subject.slice(prefixes[field].length) };
}

async function aboutOf({ field, of }: TextOf) {
	const machine = field === 'note' ? undefined : await strict.activations.get(of);
	const license = await strict.licenses.get(machine?.licenseId ?? of);
	// Whoever left the customer since still has what they wrote.
	if (!license) return { licenseId: '', title: '', number: '' };
	const { id: licenseId, title, number } = license;
	return { licenseId, title, number, ...(machine && { label: machine.label }) };
}
