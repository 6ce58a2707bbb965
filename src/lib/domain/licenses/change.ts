/**
 * Texts and switches that people change wherever they are, and what becomes of it when somebody else has changed the
 * same one meanwhile: a change names the value that it replaces, and no word is lost. [CH1]
 *
 * @module
 */
import type { Seconds } from '../time.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** The note of a license; what a machine is called, and the site where it stands. */
export type TextField = 'note' | 'label' | 'site';

/** What somebody changes: a text, or whether an entitlement of a license is switched on. [P7] */
export type ChangeField = TextField | 'allow';

/** A text as somebody left it. An empty one was taken away. */
export type ChangedText = {
	value: string;
	/** Id of the command that wrote it: of switches, where one of two values says too little. */
	id?: string;
	/** Who: a user's id in the ledger, a name on desks, empty where nobody knows it any more. */
	by: string;
	/** Hub time. */
	at: Seconds;
};

/** What people call a machine, and where it stands, apart from what its request says. */
export type ActivationTexts = { label?: ChangedText; site?: ChangedText };

/**
 * What is to be, instead of what. Empty: nothing that somebody has written. `after` names the change that
 * left it so, where the value alone does not tell; empty: nobody's.
 */
export type TextChange = { value: string; was: string; after?: string };

/** In UTF-16 units. */
export const textLimits: Readonly<Record<TextField, number>> = {
	note: 2000,
	label: 200,
	site: 200
};

const ONE_LINE = /^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u;
/** A note may have lines. */
const LINES = /^[^\p{Cs}\p{Cc}\u2028\u2029]*(\n[^\p{Cs}\p{Cc}\u2028\u2029]*)*$/u;

/** Why not everybody could store and show it, if so: bounded, no control or half characters. [FI3] */
export function judgeText(field: TextField, text: string): 'length' | 'text' | undefined {
	if (text.length > textLimits[field]) return 'length';
	return (field === 'note' ? LINES : ONE_LINE).test(text) ? undefined : 'text';
}

/** What somebody typed or pasted, as it can be stored. */
export function cleanText(field: TextField, typed: string): string {
	const lines = typed
		.replaceAll('\r\n', '\n')
		.replaceAll(/[\r\u2028\u2029]/g, '\n')
		.replaceAll(/\p{Cs}/gu, '\ufffd');
	const plain = field === 'note' ? lines : lines.replaceAll('\n', ' ');
	return plain.replaceAll(/[^\P{Cc}\n]/gu, ' ').trim();
}

/**
 * What a change comes to where `held` is. The same text again is done already, whoever wrote it.
 *
 * @param unset - What there is where nobody has changed it.
 */
export function decideChange(
	held: ChangedText | undefined,
	{ value, was, after }: TextChange,
	unset = ''
): 'same' | 'changed' | Refusal<'CHANGED_MEANWHILE'> {
	const there = held?.value ?? unset;
	if (there === value) return 'same';
	// Of what nobody here knows to have changed, a restored hub has forgotten it. [SY6]
	const isSeen = after === undefined || held === undefined || (held.id ?? '') === after;
	if (there === was && isSeen) return 'changed';
	const { by, at, id } = held ?? {};
	return refuse('CHANGED_MEANWHILE', {
		mine: value,
		value: there,
		...(held && { by, at, ...(id !== undefined && { id }) })
	});
}

/** A change that one desk asks for, as its outbox keeps it. */
export type AskedChange = TextChange & {
	/** Id of its command. */
	id: string;
	/** `told`: done, and not in the mirror yet. `over`: in the mirror, or decided by a person. */
	state: 'unsent' | 'told' | 'refused' | 'over';
	refusal?: Refusal;
};

/** A text as one desk shows it. */
export type ShownText = {
	value: string;
	/** As the hub has it. */
	held?: ChangedText;
	/** What a change made now replaces, and the change that left it so. */
	was: string;
	after?: string;
	/** Changed here, and the hub has not heard of it. */
	isUnsent: boolean;
	/** Refused, and kept until a person decides. */
	conflict?: TextConflict;
};

export type TextConflict = {
	/** Commands that the decision settles. */
	ids: string[];
	/** What was written here: the last of it, and before that what it replaced unsent. */
	mine: string;
	earlier: string[];
	/** What the hub holds, as this desk heard last. */
	theirs: ChangedText;
	/** Why, where it is not that somebody else changed it. */
	refusal?: Refusal;
};

/**
 * A text as a desk shows it: what was changed here goes over what the hub said last.
 *
 * @param held - Of the mirror.
 * @param asked - In the order in which they were asked.
 * @param unset - What there is where nobody has changed it.
 */
export function showText(
	held: ChangedText | undefined,
	asked: readonly AskedChange[],
	unset = ''
): ShownText {
	const last = asked.findLast(({ state }) => state === 'unsent' || state === 'told');
	const value = last?.value ?? held?.value ?? unset;
	const shown: ShownText = { value, was: value, isUnsent: last?.state === 'unsent' };
	if (held) shown.held = held;
	const after = last?.id ?? held?.id;
	if (after !== undefined) shown.after = after;
	const conflict = last === undefined ? conflictOf(held, asked, unset) : undefined;
	return conflict ? { ...shown, conflict } : shown;
}

function conflictOf(
	held: ChangedText | undefined,
	asked: readonly AskedChange[],
	unset: string
): TextConflict | undefined {
	const refused = asked.filter(({ state }) => state === 'refused');
	const last = refused.at(-1);
	if (!last) return undefined;
	const theirs = newest(held, toldBy(last.refusal)) ?? { value: unset, by: '', at: 0 };
	const earlier = [...new Set(refused.map(({ value }) => value))].filter(
		(value) => value !== '' && value !== last.value && value !== theirs.value
	);
	// Others have written the very same: what is left is what it replaced here.
	const mine = last.value === theirs.value ? earlier.pop() : last.value;
	if (mine === undefined) return undefined;
	const conflict: TextConflict = { ids: refused.map(({ id }) => id), mine, earlier, theirs };
	const isOther = last.refusal !== undefined && last.refusal.refused !== 'CHANGED_MEANWHILE';
	return isOther ? { ...conflict, refusal: last.refusal } : conflict;
}

/** A refusal says what there was when it was made; the mirror may have heard since. */
function toldBy(refusal: Refusal | undefined): ChangedText | undefined {
	if (refusal?.refused !== 'CHANGED_MEANWHILE') return undefined;
	const { value, by = '', at = 0, id } = refusal.facts;
	return { value, by, at, ...(id !== undefined && { id }) };
}

function newest(
	one: ChangedText | undefined,
	other: ChangedText | undefined
): ChangedText | undefined {
	if (!one || !other) return one ?? other;
	return other.at > one.at ? other : one;
}
