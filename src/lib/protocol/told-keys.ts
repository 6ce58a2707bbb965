/**
 * License keys that are much alike, told once and then only by what each has for itself: the claims of a
 * customer's keys stand at the same places of their tokens, and ids, secret and signature alone differ. What is
 * compared is the text, so that each token comes back byte by byte, whatever it says. [SY4, RE2]
 *
 * @module
 */

/** What tokens of one length have in common. */
export type KeyForm = {
	/** Of the hub key that signed them. */
	kid: string;
	/** What all of them have, piece by piece. */
	parts: string[];
	/** So many signs of its own each of them has after every part but the last. */
	gaps: number[];
};

/** Which of the forms, and all that the token has for itself, in one text. */
export type OwnKey = [form: number, own: string];

/** Some license keys of a customer, in the order of their licenses. */
export type ToldKeys = {
	customerId: string;
	forms: KeyForm[];
	/** By license. */
	own: Record<string, OwnKey>;
};

export type SignedKey = { kid: string; token: string };

/** A quarter of a megabyte of tokens: so many are read for one of them. */
const TOLD_TOGETHER = 250;
/** What is shared between two places that differ is not worth a piece of its own. */
const NEAR = 4;

/**
 * Divides the keys of a customer into some at a time.
 *
 * @param keys - By license, in their order.
 */
export function tellKeys(
	customerId: string,
	keys: Readonly<Record<string, SignedKey>>
): ToldKeys[] {
	const all = Object.entries(keys);
	const told: ToldKeys[] = [];
	for (let at = 0; at < all.length; at += TOLD_TOGETHER)
		told.push({ customerId, ...tellSome(all.slice(at, at + TOLD_TOGETHER)) });
	return told;
}

function tellSome(keys: readonly [string, SignedKey][]): Omit<ToldKeys, 'customerId'> {
	const drafts: Draft[] = [];
	const drafted = keys.map(([, key]) => draftOf(drafts, key));
	const own = keys.map(([licenseId, { token }], at): [string, OwnKey] => {
		const form = drafted[at]!;
		return [licenseId, [form, ownOf(token, drafts[form]!.form)]];
	});
	return { forms: drafts.map(({ form }) => form), own: Object.fromEntries(own) };
}

/** The key of a license as it was told, where it is among them. */
export function toldKey(
	{ forms, own }: Pick<ToldKeys, 'forms' | 'own'>,
	licenseId: string
): SignedKey | undefined {
	const [at, text] = Object.hasOwn(own, licenseId) ? own[licenseId]! : [];
	const form = at === undefined ? undefined : forms[at];
	if (!form || text === undefined) return undefined;
	const { kid, parts, gaps } = form;
	let token = parts[0] ?? '';
	let begin = 0;
	for (const [place, gap] of gaps.entries()) {
		token += text.slice(begin, begin + gap) + parts[place + 1]!;
		begin += gap;
	}
	return { kid, token };
}

/** A form that is found: where its tokens differ from the first of them, so far. */
type Draft = { first: string; differs: Uint8Array; size: number; form: KeyForm };

/** @returns Which of the drafts it is of; it may be a new one. */
function draftOf(drafts: Draft[], { kid, token }: SignedKey): number {
	const at = drafts.findIndex(({ form }) => form.kid === kid && hasForm(token, form));
	if (at >= 0) return at;
	const joined = drafts.findIndex((draft) => draft.form.kid === kid && join(draft, token));
	if (joined >= 0) return joined;
	const form = { kid, parts: [token], gaps: [] };
	return drafts.push({ first: token, differs: new Uint8Array(token.length), size: 0, form }) - 1;
}

/** Compared piece by piece, which is many times quicker than sign by sign. */
function hasForm(token: string, { parts, gaps }: KeyForm): boolean {
	let at = 0;
	for (const [place, part] of parts.entries()) {
		if (!token.startsWith(part, at)) return false;
		at += part.length + (gaps[place] ?? 0);
	}
	return at === token.length;
}

/** Widens the form to a token that is as long, where half of that is the same in all that have it. */
function join(draft: Draft, token: string): boolean {
	const { first, differs } = draft;
	if (token.length !== first.length) return false;
	const most = token.length / 2;
	const fresh: number[] = [];
	for (let at = 0; at < token.length; at++) {
		if (differs[at] || token.charCodeAt(at) === first.charCodeAt(at)) continue;
		fresh.push(at);
		if (draft.size + fresh.length > most) return false;
	}
	for (const at of fresh) differs[at] = 1;
	draft.size += fresh.length;
	draft.form = { kid: draft.form.kid, ...piecesOf(draft) };
	return true;
}

function piecesOf({ first, differs }: Draft): Omit<KeyForm, 'kid'> {
	const parts: string[] = [];
	const gaps: number[] = [];
	let shared = 0;
	for (let at = differs.indexOf(1); at >= 0; at = differs.indexOf(1, shared)) {
		let end = at + 1;
		for (let next = end; next >= 0 && next - end < NEAR; next = differs.indexOf(1, end))
			end = next + 1;
		parts.push(first.slice(shared, at));
		gaps.push(end - at);
		shared = end;
	}
	parts.push(first.slice(shared));
	return { parts, gaps };
}

function ownOf(token: string, { parts, gaps }: KeyForm): string {
	let own = '';
	let at = 0;
	for (const [place, gap] of gaps.entries()) {
		at += parts[place]!.length;
		own += token.slice(at, at + gap);
		at += gap;
	}
	return own;
}
