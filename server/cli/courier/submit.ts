/** `keyferry submit`: the scripted ferry. Requests, returns and pushes in, answers beside them. [O2, O6, O11, SY8] */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import { answerName, fileName } from '#lib/formats/file-name.ts';
import { parseClaims, type TokenType } from '#lib/formats/tokens.ts';
import { explain } from '#lib/messages/explain.ts';
import { findParcels, type Parcel, type Submission } from './parcels.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import {
	findHub,
	submitParcel,
	type HubAnswer,
	type HubAddress
} from '#server/cli/base/hub-client.ts';
import { sendPush } from './relay-push.ts';
import { exitCodes, exitOf, faultText, refusalJson, UsageError } from '#server/cli/base/outcome.ts';
import {
	isoDay,
	isFolder,
	placeFor,
	progress,
	table,
	writeBeside
} from '#server/cli/base/texts.ts';

export const submitCommand = command({
	name: 'submit',
	description:
		'Submit requests, returns, files issued offline and unsent desk work; answers go beside them',
	args: {
		requests: {
			type: 'positional',
			required: true,
			valueHint: 'REQUEST…',
			description: 'Request, return and push files, or folders of them; - reads standard input'
		},
		out: {
			type: 'string',
			valueHint: 'FILE|DIR',
			description: 'Where to save the answers instead'
		},
		...hubOptions
	},
	async run({ _: inputs, out, ...named }) {
		const hub = findHub(named);
		const parcels = (await Promise.all(inputs.map(findParcels))).flat();
		const wanted = parcels.filter((each) => 'submission' in each || 'push' in each).length;
		if (out !== undefined && wanted > 1 && !isFolder(out))
			throw new UsageError(`--out must be an existing folder: there will be ${wanted} answers.`);
		const rows = await submitAll(hub, parcels, out);
		const refusals = rows.flatMap(({ refusal }) => refusal ?? []);
		const notices = rows.flatMap(({ notices, source }) =>
			(notices ?? []).map(({ title, next }) => `Note on ${source}: ${title} ${next}`)
		);
		return {
			lines: describe(rows),
			json: rows.map(({ refusal, ...row }) => ({
				...row,
				...(refusal ? refusalJson(refusal) : {})
			})),
			notices,
			exit: exitOfRows(rows, refusals)
		};
	}
});

function exitOfRows(rows: readonly Row[], refusals: readonly Refusal[]): number {
	if (rows.every(({ outcome }) => outcome === 'left out')) return exitCodes.refused;
	const exit = exitOf(refusals);
	return exit === exitCodes.done && rows.some(({ fault }) => fault) ? exitCodes.fault : exit;
}

type Row = {
	source: string;
	label?: string;
	number?: string;
	/** `returned`: the seat is free, or cools, as `freed` says. `taken`: done, and no file answers it. */
	outcome: 'granted' | 'returned' | 'taken' | 'refused' | 'not submitted' | 'left out';
	answer?: string;
	written?: string;
	/** True, or the time by which the seat has cooled. */
	freed?: true | number;
	/** Receipts of the returns that a request carried. */
	receipts?: string[];
	notices?: HubAnswer['notices'];
	refusal?: Refusal;
	/** Neither a file nor a refusal came of it: what happened, in a sentence. */
	fault?: string;
};

/** So many pieces in a row that no hub answered end a run: what is left is for the next one. */
const SILENCE_LIMIT = 2;

async function submitAll(
	hub: HubAddress,
	parcels: readonly Parcel[],
	out: string | undefined
): Promise<Row[]> {
	const show = progress(parcels.length);
	const answers = new Map<string, HubAnswer>();
	const rows: Row[] = [];
	let silent = 0;
	for (const [at, each] of parcels.entries()) {
		const { source } = each;
		if ('isForeign' in each) rows.push({ source, outcome: 'left out' });
		else if (silent >= SILENCE_LIMIT && !('refusal' in each))
			rows.push({ ...about(each), outcome: 'not submitted', refusal: unreachable(hub) });
		else {
			const done = await submitWhatever(hub, each, { out, answers });
			rows.push(...done);
			if (!('refusal' in each)) silent = done.some(isSilent) ? silent + 1 : 0;
		}
		show(at + 1);
	}
	return rows;
}

/** A fault with one piece is its own, and is said in its line. */
async function submitWhatever(
	hub: HubAddress,
	parcel: Exclude<Parcel, { isForeign: true }>,
	{ out, answers }: { out: string | undefined; answers: Map<string, HubAnswer> }
): Promise<Row[]> {
	try {
		if ('push' in parcel) return await submitPush(hub, parcel, out);
		return [await submitOne(hub, parcel, { out, answers })];
	} catch (fault) {
		return [{ ...about(parcel), outcome: 'not submitted', fault: faultText(fault) }];
	}
}

function about(parcel: Parcel): Pick<Row, 'source' | 'label' | 'number'> {
	const { source } = parcel;
	if (!('submission' in parcel)) return { source };
	const { label, number } = parcel.submission;
	return { source, label, number };
}

/** Nobody answered, or somebody who is no hub: a portal of a network, a proxy. */
function isSilent({ refusal, fault }: Row): boolean {
	return refusal?.refused === 'HUB_UNREACHABLE' || fault !== undefined;
}

function unreachable({ url }: HubAddress): Refusal {
	return refuse('HUB_UNREACHABLE', { hub: url });
}

/** The unsent work of a desk, unchanged: one row for each of its commands. [SY8] */
async function submitPush(
	hub: HubAddress,
	{ source, folder, push }: { source: string; folder: string; push: string },
	out: string | undefined
): Promise<Row[]> {
	const relayed = await sendPush(hub, push);
	if (isRefusal(relayed)) return [{ source, outcome: 'not submitted', refusal: relayed }];
	return relayed.map(({ name, answer, receipts: given, carried, ...about }): Row => {
		const receipts = keepReceipts(given, carried, { source, out, folder });
		const row = { source, ...about, ...receipts };
		if (answer === undefined || name === undefined)
			return { ...row, outcome: row.refusal ? 'refused' : 'taken' };
		const file = readAnswer(answer, source);
		const place = placeFor(out ?? `${folder}/`, fileName(file.body.type, name));
		const kept = keepAnswer(place, file, answer);
		return { ...row, ...kept, ...freedBy(file), outcome: outcomeOf(file.body.type) };
	});
}

async function submitOne(
	hub: HubAddress,
	parcel: Exclude<Parcel, { push: string } | { isForeign: true }>,
	{ out, answers }: { out: string | undefined; answers: Map<string, HubAnswer> }
): Promise<Row> {
	const { source, folder, named } = parcel;
	if ('refusal' in parcel) return { source, outcome: 'not submitted', refusal: parcel.refusal };
	const { submission } = parcel;
	const { label, number, id, stem } = submission;
	// The same twice in a folder is submitted once and answered at both places.
	const answer = answers.get(id) ?? (await submitParcel(hub, submission));
	answers.set(id, answer);
	const row = { source, label, number, refusal: answer.refusal, notices: answer.notices };
	const receipts = keepReceipts(answer.receipts, submission.carried, { source, out, folder });
	if (answer.file === undefined && !answer.refusal) return { ...row, outcome: 'taken' };
	if (answer.file === undefined)
		return {
			...row,
			...receipts,
			outcome: answer.refusal?.refused === 'HUB_UNREACHABLE' ? 'not submitted' : 'refused'
		};
	const file = readAnswer(answer.file, source);
	const { type } = file.body;
	const name = named === undefined ? fileName(type, stem) : answerName(named, type);
	const place = placeFor(out ?? `${folder}/`, name);
	const kept = keepAnswer(place, file, answer.file);
	return { ...row, ...kept, ...freedBy(file), ...receipts, outcome: outcomeOf(type) };
}

/** Beside the request, under the names of the activations that were given back. [FI4] */
function keepReceipts(
	given: readonly string[] | undefined,
	carried: Submission['carried'] | undefined,
	{ source, out, folder }: { source: string; out: string | undefined; folder: string }
): Pick<Row, 'receipts'> {
	if (!given?.length) return {};
	const receipts = given.map((text) => {
		const file = readAnswer(text, source);
		const claims = parseClaims('receipt', file.body.payload);
		const stem = isRefusal(claims) ? undefined : carried?.get(claims.act);
		if (stem === undefined) throw new Error(`A receipt for ${source} answers no return in it.`);
		const name = fileName('receipt', stem);
		const place = join(out === undefined ? folder : dirname(placeFor(out, name)), name);
		return keepAnswer(place, file, text).answer;
	});
	return { receipts };
}

function readAnswer(text: string, source: string): TokenFile {
	const file = readFile(text);
	if (isRefusal(file))
		throw new Error(`The hub's answer to ${source} is damaged: ${file.refused}.`);
	return file;
}

function keepAnswer(place: string, file: TokenFile, text: string) {
	if (holdsSameAnswer(place, file.body.text)) return { answer: place, written: 'same' };
	const { path, written } = writeBeside(place, text);
	return { answer: path, written };
}

function outcomeOf(type: TokenType): Row['outcome'] {
	if (type === 'activation') return 'granted';
	return type === 'receipt' ? 'returned' : 'refused';
}

function freedBy({ body }: TokenFile): Pick<Row, 'freed'> {
	const claims = body.type === 'receipt' ? parseClaims('receipt', body.payload) : undefined;
	return claims && !isRefusal(claims) ? { freed: claims.freed } : {};
}

/** Trust and revocation ride along anew at each delivery; the answer itself is its last token. [SE3] */
function holdsSameAnswer(place: string, token: string): boolean {
	if (!existsSync(place)) return false;
	const there = readFile(readFileSync(place, 'utf8'));
	return !isRefusal(there) && there.body.text === token;
}

function describe(rows: readonly Row[]): string[] {
	const head = ['file', 'label', 'license', 'outcome', 'answer'];
	const cells = rows.map((row) => [
		row.source,
		row.label ?? '',
		row.number ?? '',
		describeOutcome(row),
		[row.answer, ...(row.receipts ?? [])].filter((name) => name !== undefined).join(', ')
	]);
	const reasons = new Map(
		rows.flatMap(({ refusal }) => (refusal ? [[refusal.refused, refusal]] : []))
	);
	const explained = [...reasons.values()].flatMap((refusal) => {
		const { title, next } = explain(refusal);
		return [`${refusal.refused}: ${title}`, `  Next: ${next}`];
	});
	const count = (asked: Row['outcome']) => rows.filter(({ outcome }) => outcome === asked).length;
	const [granted, returned, taken] = [count('granted'), count('returned'), count('taken')];
	const sent = rows.length - count('left out');
	return [
		...table([head, ...cells]),
		...(explained.length > 0 ? ['', ...explained] : []),
		'',
		[
			`${sent} submitted: ${granted} granted, `,
			returned > 0 ? `${returned} returned, ` : '',
			taken > 0 ? `${taken} recorded, ` : '',
			`${sent - granted - returned - taken} not.`
		].join(''),
		...(rows.some(isSilent) ? ['What is left is submitted by the same command again.'] : [])
	];
}

function describeOutcome({ outcome, refusal, freed, fault }: Row): string {
	if (fault !== undefined) return `${outcome}: ${fault}`;
	if (outcome === 'left out') return 'left out: not a Keyferry file';
	if (refusal) return `${outcome}: ${refusal.refused}`;
	return typeof freed === 'number' ? `${outcome}, cools until ${isoDay(freed)}` : outcome;
}
