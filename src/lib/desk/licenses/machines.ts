/**
 * One machine of a license: how its seat stands, the files that are for it, and retiring it.
 *
 * @module
 */
import type { GivenBack } from '#lib/domain/seats/giving-back.ts';
import type { ShownText } from '#lib/domain/licenses/change.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ActivationRow, LicenseRow } from '#lib/protocol/rows.ts';
import { readFile } from '#lib/formats/file.ts';
import { fileName, fileStem } from '#lib/formats/file-name.ts';
import type { Carried } from '#lib/desk/files/carried.ts';
import { maySignedIn } from '#lib/desk/store/identity.ts';
import { strict } from '#lib/desk/store/database.ts';
import { mirroredActivations, mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { findRequest, type RequestView } from '#lib/desk/requests/read-requests.ts';
import { findReturn, holdsKey } from '#lib/desk/requests/compose-return.ts';
import { hubClient, judgeFailure } from '#lib/desk/hub/hub.ts';
import { readBody } from '#lib/desk/files/summary.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';
import { outranks } from '#lib/desk/files/newest-answers.ts';
import { readText, requestLabelOf } from './texts.ts';

export type MachineView = {
	row: ActivationRow;
	license: LicenseRow;
	/** What people call it, and its site. */
	label: ShownText;
	site: ShownText;
	/** Whoever is signed in may change both. [CH1] */
	mayChange: boolean;
	/** Its newest activation file. */
	file?: Carried & { generation: number };
	receipt?: Carried;
	/** The return of its seat that this desk made or carries. */
	giveBack?: RequestView;
	/** This desk holds its machine key, and so can give its seat back. */
	held: boolean;
	/** Who has that key, as its newest file says: the machine, or the app that made the request. [MA3] */
	keyOf?: 'machine' | 'app';
	/** Whoever is signed in manages it: may retire it and sees how it changed. [SE6, MA5] */
	manages: boolean;
	/** Another activation that looks like this machine. [MA5] */
	twin?: ActivationRow;
};

/** @param act - Of the activation. */
export async function findMachine(act: string): Promise<MachineView | undefined> {
	const row = await mirroredActivations.get(act);
	const license = row && (await mirroredLicenses.get(row.licenseId));
	if (!license) return undefined;
	const [label, site, mayChange, file, receipt, made, held, manages, twin] = await Promise.all([
		readText({ field: 'label', of: act }),
		readText({ field: 'site', of: act }),
		maySignedIn('text.change', row.customerId),
		newestFile(row, license.number),
		strict.receipts.get(act),
		findReturn(act),
		holdsKey(row.request),
		maySignedIn('machine.retire', row.customerId),
		row.twin === undefined ? undefined : mirroredActivations.get(row.twin)
	]);
	const view: MachineView = {
		row,
		license,
		label,
		site,
		mayChange,
		held,
		manages
	};
	if (twin) view.twin = twin;
	if (file) {
		view.file = file;
		const read = readFile(file.text);
		const body = isRefusal(read) ? read : readBody(read);
		if (!isRefusal(body) && body.type === 'activation')
			view.keyOf = body.claims.held === 'desk' ? 'app' : 'machine';
	}
	if (receipt) view.receipt = { text: receipt.file, fileName: nameOf(row, license, 'receipt') };
	const giveBack = made && (await findRequest(made.jti));
	return giveBack ? { ...view, giveBack } : view;
}

export async function newestFile(row: ActivationRow, number: string): Promise<MachineView['file']> {
	const kept = (await strict.files.where('request').equals(row.request).toArray())
		.filter(({ kind }) => kind === 'activation')
		.reduce<FileRow | undefined>(
			(best, file) => (best && outranks(best, file) ? best : file),
			undefined
		);
	const generation = kept?.summary.generation ?? 0;
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

/** By what its request calls the machine, whatever people call it. [CH1] */
function nameOf(
	row: ActivationRow,
	{ number }: Pick<LicenseRow, 'number'>,
	kind: 'activation' | 'receipt'
): string {
	const { request } = row;
	return fileName(kind, fileStem({ label: requestLabelOf(row), number, request }));
}

/**
 * Tells the hub that a machine is gone. Only online: it is decided under the license's lock, and the
 * mirror shows it after the next pull. [SE6]
 */
export async function retireMachine(act: string, reason: string): Promise<GivenBack | Refusal> {
	try {
		const given = await hubClient.machine.retire.mutate({ act, reason });
		syncNow();
		return given;
	} catch (error) {
		const failure = judgeFailure(error);
		if ('refusal' in failure) return failure.refusal;
		return refuse('HUB_UNREACHABLE', { hub: location.origin });
	}
}

/** What would become of their seats, by `act`, and how many replacements each license has left. [SE6] */
export type Forecast = {
	seats: ReadonlyMap<string, GivenBack>;
	quotas: readonly { number: string; left: number }[];
};

/** Only online: nothing is promised by it, as others may retire machines meanwhile. */
export async function askForecast(acts: readonly string[]): Promise<Forecast | Refusal> {
	try {
		const { seats, quotas } = await hubClient.machine.forecast.query({ acts: [...acts] });
		return { seats: new Map(seats.map(({ act, ...given }) => [act, given])), quotas };
	} catch (error) {
		const failure = judgeFailure(error);
		if ('refusal' in failure) return failure.refusal;
		return refuse('HUB_UNREACHABLE', { hub: location.origin });
	}
}
