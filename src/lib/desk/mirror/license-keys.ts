/**
 * License keys that the hub mirrors for those whose role needs them. They are three times as long
 * as all else in a license's row and are read one at a time: those of a large page lie together in
 * blocks beside the rows, so that lists are read without them. Those of a first sync come after all rows,
 * in the order of licenses: a block's id names the last of its own, and a key is put together when it is asked for.
 *
 * @module
 */
import { strict, type DeskDatabase } from '#lib/desk/store/database.ts';
import { awaitForeign } from '#lib/desk/store/observe-query.ts';
import { readState } from '#lib/desk/store/state.ts';
import type { StoredLicense } from '#lib/desk/store/mirror-rows.ts';

/** After every id of a license. */
const LAST = '\uFFFF';

/** Of a block of keys that came in the order of licenses. */
export function keyBlockId(customerId: string, lastLicenseId: string): string {
	return `${customerId}/${lastLicenseId}`;
}

/** Blocks of a customer's keys that came in the order of licenses, those with this license and later ones. */
export function keyBlocksFrom(
	{ licenseKeys }: DeskDatabase,
	{ customerId, id }: Pick<StoredLicense, 'customerId' | 'id'>
) {
	return licenseKeys.where('id').between(keyBlockId(customerId, id), keyBlockId(customerId, LAST));
}

/** The license key, as armoured text, where the hub mirrors it here. */
export async function readMirroredKey(row: StoredLicense): Promise<string | undefined> {
	if (row.key !== undefined) return row.key;
	const block = await (row.keysIn === undefined
		? keyBlocksFrom(strict, row).first()
		: strict.licenseKeys.get(row.keysIn));
	if (!block) return undefined;
	// No list and no search needs it.
	const { openKeyBlock } = await awaitForeign(import('./key-blocks.ts'));
	return openKeyBlock(block).read(row.id);
}

/** Customers of whose keys some are still to come. */
export async function readOwedCustomers(): Promise<ReadonlySet<string>> {
	return new Set((await readState('owedKeys'))?.map(({ customerId }) => customerId));
}
