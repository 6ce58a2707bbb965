/**
 * License keys of many licenses, as files in one archive.
 *
 * @module
 */
import { utcDay } from '#lib/domain/calendar.ts';
import { fileName } from '#lib/formats/file-name.ts';
import { writeZip } from '#lib/formats/zip.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { readMirroredKey } from '#lib/desk/mirror/license-keys.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';

/** Keys that this desk holds, own or mirrored, by id of the license. */
export async function readHeldKeys(
	ids: readonly string[]
): Promise<ReadonlyMap<string, { number: string; text: string }>> {
	const held = new Map<string, { number: string; text: string }>();
	const [rows, own] = await Promise.all([
		mirroredLicenses.bulkGet(ids),
		strict.keys.where('licenseId').anyOf(ids).toArray()
	]);
	for (const { licenseId, number, text } of own) held.set(licenseId, { number, text });
	for (const row of rows) {
		const text = row && (await readMirroredKey(row));
		// What the hub mirrors is newer than what was brought once.
		if (row && text !== undefined) held.set(row.id, { number: row.number, text });
	}
	return held;
}

/** One file for each license, named by its number. */
export function archiveKeys(keys: Iterable<{ number: string; text: string }>): {
	blob: Blob;
	fileName: string;
} {
	const encoder = new TextEncoder();
	const entries = Array.from(keys, ({ number, text }) => ({
		name: fileName('license', number),
		bytes: encoder.encode(text)
	}));
	const blob = new Blob([writeZip(entries)], { type: 'application/zip' });
	return { blob, fileName: `license-keys-${utcDay(deskNow())}.zip` };
}
