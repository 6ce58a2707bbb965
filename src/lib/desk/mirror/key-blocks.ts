/**
 * Blocks of license keys, read: each key is put together when it is asked for. [RE2]
 *
 * @module
 */
import { toldKey } from '#lib/protocol/told-keys.ts';
import { writeKeyFile } from '#lib/formats/key-file.ts';
import type { KeyBlockRow, ToldBlock } from '#lib/desk/store/mirror-rows.ts';

/** A block whose keys can be read one by one. */
export type OpenKeyBlock = {
	licenseIds: string[];
	/** The license key, as armoured text, where it is among them. */
	read: (licenseId: string) => string | undefined;
};

export function openKeyBlock({ keys = {}, before, told }: KeyBlockRow): OpenKeyBlock {
	if (told === undefined) {
		const read = (licenseId: string) => {
			const key = keys[licenseId];
			return before && key !== undefined ? writeKeyFile([...before, key]) : key;
		};
		return { licenseIds: Object.keys(keys), read };
	}
	const block = JSON.parse(told) as ToldBlock;
	const read = (licenseId: string) => {
		const key = toldKey(block, licenseId);
		return key && writeKeyFile([...block.before[key.kid]!, key.token]);
	};
	return { licenseIds: Object.keys(block.own), read };
}
