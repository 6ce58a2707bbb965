/**
 * One thing that came in, what became of it, and all of one sitting together.
 *
 * @module
 */
import type { Comparison } from '#lib/domain/machines/machine.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Piece } from './pieces.ts';
import type { FileKind, StoredRequest, FileSummary } from '#lib/desk/store/file-rows.ts';

/**
 * - `new`: can be kept.
 * - `known`: this desk has it already, the same token.
 * - `twice`: the same token came earlier in this very drop.
 * - `elsewhere`: signed for the hub of another vendor, whose root is not known here.
 * - `incomplete`: a code whose hub key is not known here yet; it is judged again when that comes.
 * - `damaged`: one of ours that is not whole, or was changed. `refusal` says where.
 * - `foreign`: no file of Keyferry.
 */
export type ImportState =
	'new' | 'known' | 'twice' | 'elsewhere' | 'incomplete' | 'damaged' | 'foreign';

export type ImportItem = {
	/** Unique within one intake. */
	id: string;
	/** Where it came from. */
	source: string;
	state: ImportState;
	/** Absent where nothing could be read. */
	kind?: FileKind;
	jti?: string;
	summary?: FileSummary;
	/** Why it is not acceptable. */
	refusal?: Refusal;
	/** Its signatures lead to a pinned root; a request's to its own machine key, a return's to both. */
	verified: boolean;
	/** For an answer: the request here that it answers. */
	answers?: StoredRequest;
	/** For a request or return: the server takes it from anyone, signed in or not. [RE2, SY10] */
	proven?: boolean;
	/** For a request: its license is among those that this desk knows. */
	licenseKnown?: boolean;
	/** Whether it is for the machine that is asked about, and what differs. */
	machine?: Comparison;
	/** What it came as, while a hub key or this desk's first root is still to come: it is judged again then. */
	waits?: Piece;
	/** Armoured text to be kept: the file as it came, byte for byte, where it held one block. */
	text?: string;
};

export type ImportBatch = {
	items: ImportItem[];
	/** How many of each state: they add up to the number of items. */
	counts: Record<ImportState, number>;
};

export const emptyBatch: ImportBatch = {
	items: [],
	counts: { new: 0, known: 0, twice: 0, elsewhere: 0, incomplete: 0, damaged: 0, foreign: 0 }
};
