/**
 * One machine of a license: how its seat stands, the files that are for it, and retiring it.
 *
 * @module
 */
import type { GivenBack } from '#lib/domain/giving-back.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { fileName, fileStem } from '#lib/formats/file-name.ts';
import { addFiles, readAnswers } from '#lib/desk/files/answer-files.ts';
import { markSaved } from '#lib/desk/files/answers.ts';
import { readFact, strict } from '#lib/desk/store/database.ts';
import { findRequest, type RequestView } from '#lib/desk/requests/desk.ts';
import { findReturn, holdsKey } from '#lib/desk/requests/give-back.ts';
import { hub, judgeFailure } from '#lib/desk/hub/hub.ts';
import { outranks } from '#lib/desk/files/newest-answers.ts';
import type { FileRow } from '#lib/desk/store/rows.ts';
import { syncNow } from '#lib/desk/sync/sync.ts';

/** Something for the machine, to be carried there. */
export type Carried = { text: string; fileName: string };

export type MachineView = {
	row: ActivationRow;
	license: LicenseRow;
	/** Its newest activation file. */
	file?: Carried & { generation: number };
	receipt?: Carried;
	/** The return of its seat that this desk made or carries. */
	giveBack?: RequestView;
	/** This desk holds its machine key, and so can give its seat back. */
	held: boolean;
	/** Whoever is signed in may retire it. [SE6] */
	mayRetire: boolean;
};

/** @param act - Of the activation. */
export async function findMachine(act: string): Promise<MachineView | undefined> {
	const row = await strict.activations.get(act);
	const license = row && (await strict.licenses.get(row.licenseId));
	if (!license) return undefined;
	const [file, receipt, made, held, identity] = await Promise.all([
		newestFile(row, license.number),
		strict.receipts.get(act),
		findReturn(act),
		holdsKey(row.request),
		readFact('identity')
	]);
	const role = identity?.customers.find(({ id }) => id === row.customerId)?.role;
	const view: MachineView = {
		row,
		license,
		held,
		mayRetire: identity?.staff === true || role === 'manager'
	};
	if (file) view.file = file;
	if (receipt) view.receipt = { text: receipt.file, fileName: nameOf(row, license, 'receipt') };
	const giveBack = made && (await findRequest(made.jti));
	return giveBack ? { ...view, giveBack } : view;
}

async function newestFile(row: ActivationRow, number: string): Promise<MachineView['file']> {
	const kept = (await strict.files.where('request').equals(row.request).toArray())
		.filter(({ kind }) => kind === 'activation')
		.reduce<FileRow | undefined>(
			(best, file) => (best && outranks(best, file) ? best : file),
			undefined
		);
	const generation = kept?.said.generation ?? 0;
	if (kept && generation >= row.generation) {
		const { text, fileName: name } = kept;
		return { text, fileName: name, generation };
	}
	const answer = await strict.answers.get(row.request);
	if (answer?.state !== 'granted') return undefined;
	return {
		text: answer.file,
		fileName: nameOf(row, { number }, 'activation'),
		generation: row.generation
	};
}

function nameOf(
	{ label, request }: ActivationRow,
	{ number }: Pick<LicenseRow, 'number'>,
	kind: 'activation' | 'receipt'
): string {
	return fileName(kind, fileStem({ label, number, request }));
}

/** Remembers that a file has left this desk to be carried on; from the mirror, it is kept. [FI1] */
export async function markCarried({ text }: Carried): Promise<void> {
	const rows = await readAnswers([{ text }]);
	await strict.transaction('rw', strict.files, () => addFiles(rows));
	for (const { jti } of rows) await markSaved(jti);
}

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
		if (row.said.allotment !== undefined) drawn.set(row.request ?? '', row);
		const act = row.said.act ?? '';
		const before = newest.get(act);
		if (before) many.add(act);
		if (!before || !outranks(before, row)) newest.set(act, row);
	}
	const standing = await strict.activations.bulkGet([...newest.keys()]);
	return [...newest].flatMap(([act, row], at): NewerFile[] => {
		const { jti, request = '', savedAt, said, text, fileName: name } = row;
		// The first answer to a request of this desk is no news beyond the request itself.
		const draw = said.allotment === undefined ? drawn.get(request) : undefined;
		const isNext = (said.generation ?? 0) > 1 && (many.has(act) || !requests.has(request));
		const isNewer = said.allotment === undefined && (isNext || draw !== undefined);
		const isGone = standing[at] !== undefined && standing[at].state !== 'active';
		if (!isNewer || isGone || savedAt !== undefined) return [];
		const { label, product, generation = 0 } = said;
		const validUntil = draw?.said.expiresAt;
		const number = row.number ?? '';
		return [{ jti, act, number, label, product, generation, text, fileName: name, validUntil }];
	});
}

/**
 * Tells the hub that a machine is gone. Only online: it is decided under the license's lock, and the
 * mirror shows it after the next pull. [SE6]
 */
export async function retireMachine(act: string, reason: string): Promise<GivenBack | Refusal> {
	try {
		const given = await hub.machine.retire.mutate({ act, reason });
		syncNow();
		return given;
	} catch (error) {
		const failure = judgeFailure(error);
		if ('refusal' in failure) return failure.refusal;
		return refuse('HUB_UNREACHABLE', { hub: location.origin });
	}
}
