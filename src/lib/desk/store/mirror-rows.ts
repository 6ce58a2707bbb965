/**
 * Rows of what the hub shows that differ from those of `protocol/`, where the rest of the mirror's are.
 *
 * @module
 */
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { ToldKeys } from '#lib/protocol/told-keys.ts';

/** A license of the mirror. Of a large page and of a first sync the key lies in a block: see `license-keys.ts`. */
export type StoredLicense = Omit<LicenseRow, 'key'> & {
	/** Only of a small page; read it with `readMirroredKey`. */
	key?: string;
	keysIn?: string;
};

/** License keys that came in one page. */
export type KeyBlockRow = {
	/** That of keys that came after all rows says of which licenses they are: see `keyBlockId`. */
	id: string;
	customerId: string;
	/** By license: tokens that go after the same others, else whole files. */
	keys?: Record<string, string>;
	before?: string[];
	/** In their place, those that came after all rows: as JSON, which is stored sooner. */
	told?: string;
};

/** Keys by what they have in common, and the tokens that go before them, by the hub key that signed. */
export type ToldBlock = Pick<ToldKeys, 'forms' | 'own'> & { before: Record<string, string[]> };

/** A customer of whom licenses are here. */
export type CustomerRow = { customerId: string; name: string };

/** What rows of a customer have in common. */
export type MirroredRow = { id: string; customerId: string };

/** Rows of one customer. */
export type BlockRow = {
	/** Counted by the database, upwards. */
	id: number;
	customerId: string;
	/** What its rows have in common, as JSON; absent: nothing. See `protocol/alike.ts`. */
	like?: string;
	/** What each row has else, as JSON on a line of its own. */
	text: string;
};

/** What rows of a block begin with, before everything is in memory: see `beginning`. */
export type BlockNamesRow = {
	id: number;
	table: BlockTable;
	/** Of the block. */
	block: number;
	customerId: string;
	/** In the order of the rows, a line each. */
	names: string;
};

export type BlockTable = 'licenses' | 'activations';

/** Which text of which rows. */
export type KeyKind =
	| `licenses.${'id' | 'number' | 'frozen'}`
	| `activations.${'id' | 'request' | 'parts' | 'licenseId'}`;

/** Rising numbers of texts, and beside each the block that has a row with that text. */
export type Keys = { hashes: Float64Array; blocks: Uint32Array };

/** A page's keys of a kind, or a part of all of them: a desk that has just started reads one part. */
export type KeysPlace = KeyKind | `${KeyKind}/${number}`;

export type KeysRow = Keys & { id: number; kind: KeysPlace };
