/**
 * Files that follow others, on their way to machines that have one already.
 *
 * @module
 */
import type { Carried } from '#lib/desk/files/carried.ts';
import { outranks } from '#lib/desk/files/newest-answers.ts';
import { strict } from '#lib/desk/store/database.ts';
import { mirroredActivations } from '#lib/desk/mirror/mirrored.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';

/** A file that follows another, renewed or confirmed by the hub, on its way to the machine. [O7, AL4] */
export type NewerFile = Carried & {
	jti: string;
	act: string;
	number: string;
	label?: string;
	product?: string;
	generation: number;
	/** The file that this desk issued for the machine goes on until then: there is no hurry. [AL4] */
	validUntil?: number;
};

/**
 * Newer files of machines that hold one already, which were never saved or shown since they came.
 *
 * @param number - Of one license only.
 */
export async function listNewerFiles(number?: string): Promise<NewerFile[]> {
	const rows = await (
		number === undefined ? strict.files.toCollection() : strict.files.where('number').equals(number)
	)
		.filter(({ kind }) => kind === 'activation')
		.toArray();
	const requests = new Set(await strict.requests.toCollection().primaryKeys());
	const newest = new Map<string, FileRow>();
	const many = new Set<string>();
	const drawn = new Map<string, FileRow>();
	for (const row of rows) {
		if (row.summary.allotment !== undefined) drawn.set(row.request ?? '', row);
		const act = row.summary.act ?? '';
		const before = newest.get(act);
		if (before) many.add(act);
		if (!before || !outranks(before, row)) newest.set(act, row);
	}
	const standing = await mirroredActivations.bulkGet([...newest.keys()]);
	return [...newest].flatMap(([act, row], at): NewerFile[] => {
		const { jti, request = '', savedAt, summary, text, fileName: name } = row;
		// The first answer to a request of this desk is no news beyond the request itself.
		const draw = summary.allotment === undefined ? drawn.get(request) : undefined;
		const isNext = (summary.generation ?? 0) > 1 && (many.has(act) || !requests.has(request));
		const isNewer = summary.allotment === undefined && (isNext || draw !== undefined);
		const isGone = standing[at] !== undefined && standing[at].state !== 'active';
		if (!isNewer || isGone || savedAt !== undefined) return [];
		const { label, product, generation = 0 } = summary;
		const validUntil = draw?.summary.expiresAt;
		const number = row.number ?? '';
		return [{ jti, act, number, label, product, generation, text, fileName: name, validUntil }];
	});
}
