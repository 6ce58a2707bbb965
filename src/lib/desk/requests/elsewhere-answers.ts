/**
 * Answers in this person's name that came through another device of theirs: granted on a phone, to be
 * carried from the office, for one. Whether they have been carried already is not known here, so they
 * are offered and never counted among what is to be carried back. [DK7]
 *
 * @module
 */
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { fileName, fileStem } from '#lib/formats/file-name.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { foldText } from '#lib/search/search-text.ts';
import type { Carried } from '#lib/desk/files/carried.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { readIdentity } from '#lib/desk/store/identity.ts';
import { readKnowledge } from '#lib/desk/store/knowledge.ts';
import { mirroredActivations, mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { readSettings } from '#lib/desk/store/settings.ts';

/** What was asked longer ago has long been carried, or forgotten. */
const RECENT_SECONDS = 14 * DAY_SECONDS;
/** Newest first, so many are looked at; a vendor's desk mirrors everybody's. */
const LOOKED_AT = 500;

export type ElsewhereAnswer = Carried & {
	/** `jti` of the request. */
	request: string;
	label?: string;
	number: string;
	product?: string;
	customer?: string;
	grantedAt: number;
};

/** Newest first; none before the server's rows are all here. */
export async function listElsewhere(): Promise<ElsewhereAnswer[]> {
	const [identity, settings, knowledge] = await Promise.all([
		readIdentity(),
		readSettings(),
		readKnowledge()
	]);
	if (!identity || knowledge.of !== 'whole') return [];
	const names = new Set([identity.name, settings.name ?? ''].map(foldText).filter(Boolean));
	// Ids of requests rise with the time they were made.
	const since = uuidv7((deskNow() - RECENT_SECONDS) * 1000);
	const recent = await strict.answers
		.where('request')
		.above(since)
		.reverse()
		.limit(LOOKED_AT)
		.primaryKeys();
	const [asked, filed, machines] = await Promise.all([
		strict.requests.bulkGet(recent),
		strict.files.where('request').anyOf(recent).toArray(),
		mirroredActivations.with('activations.request', recent)
	]);
	const here = new Set([
		...asked.flatMap((row) => row?.jti ?? []),
		...filed.flatMap(({ request }) => request ?? [])
	]);
	const mine = machines
		.filter(({ state, name, request }) => {
			return state === 'active' && names.has(foldText(name)) && !here.has(request);
		})
		.sort((one, other) => other.grantedAt - one.grantedAt);
	const [answers, licenses] = await Promise.all([
		strict.answers.bulkGet(mine.map(({ request }) => request)),
		mirroredLicenses.bulkGet(mine.map(({ licenseId }) => licenseId))
	]);
	return mine.flatMap(({ request, label, grantedAt }, at): ElsewhereAnswer[] => {
		const { file: text, state } = answers[at] ?? {};
		const { number, title: product, customer } = licenses[at] ?? {};
		if (text === undefined || state !== 'granted' || number === undefined) return [];
		const name = fileName('activation', fileStem({ label, number, request }));
		return [{ request, label, number, product, customer, grantedAt, text, fileName: name }];
	});
}
