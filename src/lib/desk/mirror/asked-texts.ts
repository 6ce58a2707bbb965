/**
 * Changes of texts and switches in the outbox, and what the mirror has of them. [CH1, P7]
 *
 * @module
 */
import type {
	AskedChange,
	ChangedText,
	ChangeField,
	TextChange,
	TextField
} from '#lib/domain/licenses/change.ts';
import { changeCommands, isChangeCommand } from '#lib/protocol/commands.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { strict } from '#lib/desk/store/database.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';
import { mirroredActivations, mirroredLicenses } from './mirrored.ts';
import { observeQuery } from '#lib/desk/store/observe-query.ts';
import { byPlace, draftCommand, type Draft } from '#lib/desk/store/outbox.ts';

/** Which text is meant: of a license by its id, of a machine by its `act`; which switch, by {@link switchId}. */
export type TextOf = { field: ChangeField; of: string };

const prefixes: Record<ChangeField, string> = {
	note: 'note:',
	label: 'label:',
	site: 'site:',
	allow: 'allow:'
};

const changeFields = Object.keys(prefixes) as ChangeField[];

/** A switch: of a license, by its id, and of an entitlement, by its code. [P7] */
export function switchId(licenseId: string, code: string): string {
	return `${licenseId}:${code}`;
}

/** What {@link switchId} was made of: a code has no colon. */
export function switchOf(id: string): { licenseId: string; code: string } {
	const [licenseId = '', code = ''] = id.split(':');
	return { licenseId, code };
}

export function subjectOf({ field, of }: TextOf): string {
	return prefixes[field] + of;
}

function textOf({ type, subject }: OutboxRow): TextOf {
	if (!isChangeCommand(type)) throw new Error(`${type} changes no text`);
	const field = changeCommands[type];
	return { field, of: subject.slice(prefixes[field].length) };
}

/** What the mirror has, and what there is where nobody has changed it. */
export async function heldChange(
	text: TextOf
): Promise<{ held: ChangedText | undefined; unset: string }> {
	const { field, of } = text;
	if (field !== 'allow') return { held: await heldText(field, of), unset: '' };
	const { licenseId, code } = switchOf(of);
	const row = await mirroredLicenses.get(licenseId);
	const known = row?.switches?.find((each) => each.code === code);
	return { held: known?.changed, unset: known?.isOn === false ? 'off' : 'on' };
}

async function heldText(field: TextField, of: string): Promise<ChangedText | undefined> {
	return field === 'note'
		? (await mirroredLicenses.get(of))?.note
		: (await mirroredActivations.get(of))?.texts?.[field];
}

/** @param change - `after` is said of switches alone. */
export function draftChange(text: TextOf, { after, ...change }: TextChange): Promise<Draft> {
	const { field, of } = text;
	const subject = subjectOf(text);
	if (field === 'allow') {
		const { licenseId: license, code: entitlement } = switchOf(of);
		return draftCommand(
			'license.allow',
			{ license, entitlement, ...change, after: after ?? '' },
			subject
		);
	}
	if (field === 'note') return draftCommand('license.note', { license: of, ...change }, subject);
	return draftCommand(`machine.${field}`, { act: of, ...change }, subject);
}

/** What was asked of each of these texts, by subject, in the order in which it was asked. */
export async function readAsked(
	texts: readonly TextOf[]
): Promise<ReadonlyMap<string, AskedChange[]>> {
	return changesIn(await strict.outbox.where('subject').anyOf(texts.map(subjectOf)).toArray());
}

/** The same of every text of these kinds. */
export async function readAllAsked(
	fields: readonly ChangeField[]
): Promise<ReadonlyMap<string, AskedChange[]>> {
	return changesIn(await textRows(fields).toArray());
}

/** Hears what was asked of every text, now and whenever that changes, for as long as the page lives. */
export function onAskedTexts(listener: (asked: ReadonlyMap<string, AskedChange[]>) => void): void {
	observeQuery(() => readAllAsked(['note', 'label', 'site'])).subscribe({ next: listener });
}

/** What is asked of: the other way round than `subjectOf`. */
export function textOfSubject(subject: string): TextOf {
	const field = changeFields.find((each) => subject.startsWith(prefixes[each]))!;
	return { field, of: subject.slice(prefixes[field].length) };
}

/** Texts of which a change was refused, and nobody has decided yet; the newest refusal first. */
export async function listRefused(): Promise<TextOf[]> {
	const rows = await textRows()
		.filter(({ result, decidedAt }) => result?.refusal !== undefined && decidedAt === undefined)
		.toArray();
	const newestFirst = rows.sort(byPlace).reverse();
	return [...new Map(newestFirst.map((row) => [row.subject, textOf(row)])).values()];
}

/** To be called when all that the hub has settled is in the mirror too. */
export async function noteMirrored(): Promise<void> {
	await textRows()
		.filter(({ result, isMirrored }) => result !== undefined && !isMirrored)
		.modify({ isMirrored: true });
}

/**
 * Changes that a restored hub may have forgotten: those that its mirror still shows. Nobody has signed
 * them, so they are asked again. Where the hub has them they are done; where it has what they replaced,
 * they are made once more. [SY6]
 */
export async function draftForgotten(): Promise<Draft[]> {
	const newest = new Map<string, OutboxRow>();
	for (const row of (await textRows().toArray()).sort(byPlace)) newest.set(row.subject, row);
	const drafts: Draft[] = [];
	for (const row of newest.values()) {
		const { state, result, type, version, args, hash, subject } = row;
		if (state !== 'settled' || result?.refusal) continue;
		const { held } = await heldChange(textOf(row));
		if (held?.value !== changeOf(row).value) continue;
		drafts.push({ id: uuidv7(), type, version, args, hash, subject });
	}
	return drafts;
}

function textRows(fields: readonly ChangeField[] = changeFields) {
	return strict.outbox.where('subject').startsWithAnyOf(fields.map((field) => prefixes[field]));
}

function changesIn(rows: readonly OutboxRow[]): Map<string, AskedChange[]> {
	const asked = new Map<string, AskedChange[]>();
	for (const row of [...rows].sort(byPlace))
		asked.set(row.subject, [...(asked.get(row.subject) ?? []), askedIn(row)]);
	return asked;
}

function changeOf({ args }: OutboxRow): TextChange {
	// Sound: rows of other commands have other subjects.
	const { value, was } = args as TextChange;
	return { value, was };
}

function askedIn(row: OutboxRow): AskedChange {
	const { id, result, decidedAt, isMirrored } = row;
	const change = { id, ...changeOf(row) };
	if (row.state === 'waiting') return { ...change, state: 'unsent' };
	if (result?.refusal === undefined) return { ...change, state: isMirrored ? 'over' : 'told' };
	if (decidedAt !== undefined) return { ...change, state: 'over' };
	return { ...change, state: 'refused', refusal: result.refusal };
}
