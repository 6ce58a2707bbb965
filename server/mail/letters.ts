/**
 * Which letters there are: what each is told, and what it says.
 *
 * @module
 */
import type { Rank } from '#lib/domain/access.ts';
import type { Seconds } from '#lib/domain/license.ts';

export type Letters = {
	/** To become a member of a customer, or one of the vendor's people. */
	invitation: {
		link: string;
		/** Name of the customer, or of the vendor. */
		place: string;
		role: Rank;
		/** Who invites, as they call themselves; the hub by itself is absent. */
		inviter?: { name: string; email: string };
		until: Seconds;
	};
	/** To prove an address, or that one is who one was. */
	code: { code: string; minutes: number };
	/** To see whether mail arrives. */
	test: { hub: string };
};

export type LetterKind = keyof Letters;

/** What somebody typed, inside a sentence of ours. */
export type Typed = { typed: string };

export type Paragraph =
	| { say: readonly (string | Typed)[] }
	/** On a line of its own, as is `code`. */
	| { link: string; label: readonly (string | Typed)[] }
	| { code: string };

export type LetterText = { subject: readonly (string | Typed)[]; paragraphs: Paragraph[] };

/** Every letter in one language. */
export type LetterTexts = { [K in LetterKind]: (facts: Letters[K]) => LetterText };
