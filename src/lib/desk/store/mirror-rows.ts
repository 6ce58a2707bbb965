/**
 * Rows of what the hub shows that differ from those of `protocol/`, where the rest of the mirror's are.
 *
 * @module
 */
import type { LicenseRow } from '#lib/protocol/rows.ts';

/** A license of the mirror. Of a large page and of a first sync the key lies in a block: see `license-keys.ts`. */
export type StoredLicense = Omit<LicenseRow, 'key'> & {
	/** Only of a small page; read it with `readMirroredKey`. */
	key?: string;
	keysIn?: string;
};

/** License keys that came in one page, by license id: tokens that go after the same others, else whole files. */
export type KeyBlockRow = {
	/** That of keys that came after all rows says of which licenses they are: see `keyBlockId`. */
	id: string;
	customerId: string;
	before?: string[];
	keys: Record<string, string>;
};

/** A customer of whom licenses are here. */
export type CustomerRow = { customerId: string; name: string };
