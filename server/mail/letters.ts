/**
 * Which letters there are: what each is told, and what it says.
 *
 * @module
 */
import type { Rank, Role } from '#lib/domain/access.ts';
import type { OrderOutcome } from '#lib/domain/vendor/order.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { StoredFace } from '#lib/protocol/face.ts';

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
	/** To the address of an order, because somebody wants to attach it: proves that address. [AT1] */
	attach: {
		code: string;
		minutes: number;
		/** Who asks. */
		asker: { name: string; email: string };
		/** Purchase IDs and license numbers. */
		things: string[];
	};
	/** To an owner: somebody became a member without them, and they may undo it. [AT1] */
	joined: {
		/** Where members are removed. */
		link: string;
		/** Name of the customer. */
		place: string;
		role: Role;
		person: { name: string; email: string };
		/** Purchase ID or license number whose address they have proven. */
		proven: string;
	};
	/** To the address on a purchase. [OR1] */
	order: {
		/** Where the licenses are. */
		link: string;
		purchase: string;
		address: string;
		bought: { outcome: OrderOutcome; number: string; title: string }[];
	};
	/** To the address that a purchase had before: staff have changed it. [OR1] */
	'order-address': { purchase: string };
	/** To an owner or manager, once a day at most: what ends soon, and where seats run out or ran out. [P12] */
	reminder: {
		/** The most pressing first; none is empty. */
		groups: ReminderGroup[];
		/** Licenses in all. */
		count: number;
		now: Seconds;
		/** Where reminders are turned off. */
		settings: string;
	};
	/** To see whether mail arrives. */
	test: { hub: string };
};

export type ReminderGroup = {
	/** Requests that were refused for lack of a seat; ends within 30 days, or within 90; seats that are nearly all used. */
	what: 'refused' | 'soon' | 'later' | 'seats';
	/** Where the desk lists them. */
	link: string;
	lines: {
		number: string;
		/** Product and edition. */
		title: string;
		/** Name of the customer. */
		place: string;
		said:
			| { end: 'expiry' | 'maintenance' | 'trial'; at: Seconds }
			| { used: number; seats: number }
			| { refused: number };
	}[];
	/** How many of them have no line. */
	more: number;
};

export type LetterKind = keyof Letters;

/** What somebody typed, inside a sentence of ours. */
export type Typed = { typed: string };

export type Paragraph =
	| { say: readonly (string | Typed)[] }
	/** On a line of its own, as is `code`. */
	| { link: string; label: readonly (string | Typed)[] }
	| { code: string };

/** The vendor's face, as far as letters show it: what is absent is not said. [VF1] */
export type LetterFace = Omit<StoredFace, 'logo'>;

export type LetterText = { subject: readonly (string | Typed)[]; paragraphs: Paragraph[] };

/** Every letter in one language. */
export type LetterTexts = { [K in LetterKind]: (facts: Letters[K]) => LetterText };

const LISTED = 5;

/** So many of them with commas between, and how many more there are. */
export function listed(things: readonly string[]): (string | Typed)[] {
	const shown = things.slice(0, LISTED).flatMap((typed, at) => [at > 0 ? ', ' : '', { typed }]);
	const more = things.length - LISTED;
	return more > 0 ? [...shown, ` (+${more})`] : shown;
}
