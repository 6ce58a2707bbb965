/**
 * Notes of licenses, names and sites of machines, as this desk shows and changes them: what was changed
 * here goes over the mirror, and a refused text stays until somebody decides. [CH1]
 *
 * @module
 */
import {
	showText,
	type AskedChange,
	type ShownText,
	type TextConflict
} from '#lib/domain/licenses/change.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import {
	draftChange,
	heldChange,
	listRefused,
	readAllAsked,
	readAsked,
	subjectOf,
	switchOf,
	type TextOf
} from '#lib/desk/mirror/asked-texts.ts';
import { appendCommands } from '#lib/desk/store/outbox.ts';
import { mirroredActivations, mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';

/** A text as it is to be shown. */
export async function readText(text: TextOf): Promise<ShownText> {
	const [{ held, unset }, asked] = await Promise.all([heldChange(text), readAsked([text])]);
	return showText(held, asked.get(subjectOf(text)) ?? [], unset);
}

/** Changes a text: stored at once, shown at once, sent when the hub can be reached. */
export async function changeText(text: TextOf, value: string): Promise<void> {
	const shown = await readText(text);
	if (shown.value === value) return;
	const { was, after } = shown;
	await appendCommands([await draftChange(text, { value, was, ...(after && { after }) })]);
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
	const replaced = { was: theirs.value, ...(theirs.id && { after: theirs.id }) };
	const drafts = isTheirs ? [] : [await draftChange(text, { value, ...replaced })];
	await strict.transaction('rw', strict.outbox, strict.states, async () => {
		await strict.outbox.where('id').anyOf(ids).modify({ decidedAt: deskNow() });
		await appendCommands(drafts);
	});
	syncNow();
}

/** A machine with the texts that are to be shown of it. */
export type NamedMachine = ActivationRow & {
	/** Something of it was changed here, and the hub has not heard of it. */
	isUnsent?: true;
};

/** Machines as people call them here, unsent changes included. */
export async function nameMachines(rows: readonly ActivationRow[]): Promise<NamedMachine[]> {
	const asked = await readAllAsked(['label', 'site']);
	return rows.map((row) => nameMachine(row, asked));
}

function nameMachine(
	row: ActivationRow,
	asked: ReadonlyMap<string, readonly AskedChange[]>
): NamedMachine {
	const of = row.id;
	const [label, site] = (['label', 'site'] as const).map((field) => {
		const changes = asked.get(subjectOf({ field, of }));
		return changes && showText(row.texts?.[field], changes);
	});
	if (!label && !site) return row;
	const named: NamedMachine = { ...row };
	if (label) named.label = label.value || requestLabelOf(row);
	if (site) named.site = site.value || requestSiteOf(row);
	if (label?.isUnsent || site?.isUnsent) named.isUnsent = true;
	return named;
}

/** What its request calls a machine, whatever people call it. */
export function requestLabelOf({ label, requestLabel, texts }: ActivationRow): string | undefined {
	return texts?.label?.value ? requestLabel : label;
}

/** Where its request says that a machine stands. */
export function requestSiteOf({ site, requestSite, texts }: ActivationRow): string | undefined {
	return texts?.site?.value ? requestSite : site;
}

/** A refused text that somebody has to decide about, and what it is a text of. */
export type OpenText = TextOf & {
	conflict: TextConflict;
	licenseId: string;
	/** Of the license, empty where it is not here any more; of a machine or a switch, what it is called too. */
	title: string;
	number: string;
	label?: string;
};

/** Refused texts that wait for a person, the newest first. */
export async function listOpenTexts(): Promise<OpenText[]> {
	const open: OpenText[] = [];
	for (const text of await listRefused()) {
		const { conflict } = await readText(text);
		if (conflict) open.push({ ...text, ...(await aboutOf(text)), conflict });
	}
	return open;
}

async function aboutOf({ field, of }: TextOf) {
	if (field === 'allow') return aboutSwitch(switchOf(of));
	const machine = field === 'note' ? undefined : await mirroredActivations.get(of);
	const license = await mirroredLicenses.get(machine?.licenseId ?? of);
	// Whoever left the customer since still has what they wrote.
	if (!license) return { licenseId: '', title: '', number: '' };
	const { id: licenseId, title, number } = license;
	return { licenseId, title, number, ...(machine && { label: machine.label }) };
}

async function aboutSwitch({ licenseId, code }: { licenseId: string; code: string }) {
	const license = await mirroredLicenses.get(licenseId);
	const label = license?.switches?.find((each) => each.code === code)?.title ?? code;
	const { title = '', number = '' } = license ?? {};
	return { licenseId: license ? licenseId : '', title, number, label };
}
