/** `keyferry submit`: the scripted ferry. Requests, returns and pushes in, answers beside them. [O2, O6, O11, SY8] */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
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
import { exitCodes, exitOf, refusalJson, UsageError } from '#server/cli/base/outcome.ts';
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
		const parcels = inputs.flatMap(findParcels);
		const wanted = parcels.filter((each) => !('refusal' in each)).length;
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
			exit: rows.length === 0 ? exitCodes.refused : exitOf(refusals)
		};
	}
});

type Row = {
	source: string;
	label?: string;
	number?: string;
	/** `returned`: the seat is free, or cools, as `freed` says. `taken`: done, and no file answers it. */
	outcome: 'granted' | 'returned' | 'taken' | 'refused' | 'not submitted';
	answer?: string;
	written?: string;
	/** True, or the time by which the seat has cooled. */
	freed?: true | number;
	/** Receipts of the returns that a request carried. */
	receipts?: string[];
	notices?: HubAnswer['notices'];
	refusal?: Refusal;
};

async function submitAll(
	hub: HubAddress,
	parcels: readonly Parcel[],
	out: string | undefined
): Promise<Row[]> {
	const show = progress(parcels.length);
	const answers = new Map<string, HubAnswer>();
	const rows: Row[] = [];
	for (const [at, each] of parcels.entries()) {
		if ('push' in each) rows.push(...(await submitPush(hub, each, out)));
		else rows.push(await submitOne(hub, each, { out, answers }));
		show(at + 1);
	}
	return rows;
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
	parcel: Exclude<Parcel, { push: string }>,
	{ out, answers }: { out: string | undefined; answers: Map<string, HubAnswer> }
): Promise<Row> {
	const { source, folder, named } = parcel;
	if ('refusal' in parcel) return { source, outcome: 'not submitted', refusal: parcel.refusal };
	const { submission } = parcel;
	const { label, number, id, stem } = submission;
	// The same twice in a folder is submitted once and answered at both places.
	const answer = answers.get(id) ?? (await submitPatiently(hub, submission));
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

const PATIENCE_SECONDS = 30;

async function submitPatiently(hub: HubAddress, submission: Submission): Promise<HubAnswer> {
	for (let waited = 0; ;) {
		const answer = await submitParcel(hub, submission);
		if (answer.refusal?.refused !== 'RATE_LIMITED') return answer;
		const seconds = Math.max(1, answer.refusal.facts.retryAfterSeconds);
		waited += seconds;
		if (waited > PATIENCE_SECONDS) return answer;
		await new Promise((done) => setTimeout(done, seconds * 1000));
	}
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
	return [
		...table([head, ...cells]),
		...(explained.length > 0 ? ['', ...explained] : []),
		'',
		[
			`${rows.length} submitted: ${granted} granted, `,
			returned > 0 ? `${returned} returned, ` : '',
			taken > 0 ? `${taken} recorded, ` : '',
			`${rows.length - granted - returned - taken} not.`
		].join('')
	];
}

function describeOutcome({ outcome, refusal, freed }: Row): string {
	if (refusal) return `${outcome}: ${refusal.refused}`;
	return typeof freed === 'number' ? `${outcome}, cools until ${isoDay(freed)}` : outcome;
}
