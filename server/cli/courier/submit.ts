/** `keyferry submit`: the scripted ferry. Requests, returns and pushes in, answers beside them. [O2, O6, O11, SY8] */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isTemporary } from '#lib/domain/after-refusal.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import { answerName, fileName } from '#lib/formats/file-name.ts';
import { parseClaims, type TokenType } from '#lib/formats/tokens.ts';
import { findParcels, type Parcel, type Submission } from './parcels.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { NotAHub, type HubAnswer } from '#server/cli/base/hub-answer.ts';
import { findHub, submitParcel, type HubAddress } from '#server/cli/base/hub-client.ts';
import { sendPush, type RelayedCommand } from './relay-push.ts';
import { describeRows, exitOfRows, type Row } from './submission-rows.ts';
import { faultText, refusalJson, UsageError } from '#server/cli/base/outcome.ts';
import { isFolder, placeFor, progress, writeBeside } from '#server/cli/base/texts.ts';

export const submitCommand = command({
	name: 'submit',
	description:
		'Submit requests, returns, usage reports, files issued offline and unsent desk work; answers go beside them',
	args: {
		requests: {
			type: 'positional',
			required: true,
			valueHint: 'REQUEST…',
			description:
				'Request, return, usage and push files, or folders of them; - reads standard input'
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
		const parcels = await findParcels(inputs);
		const wanted = parcels.filter((each) => 'submission' in each || 'push' in each).length;
		if (out !== undefined && wanted > 1 && !isFolder(out))
			throw new UsageError(`--out must be an existing folder: there will be ${wanted} answers.`);
		const rows = await submitAll(hub, parcels, out);
		const notices = rows.flatMap(({ notices, source }) =>
			(notices ?? []).map(({ title, next }) => `Note on ${source}: ${title} ${next}`)
		);
		return {
			lines: describeRows(rows),
			json: rows.map(({ refusal, isBlocked: _, ...row }) => ({
				...row,
				...(refusal ? refusalJson(refusal) : {})
			})),
			notices,
			exit: exitOfRows(rows)
		};
	}
});

/** So many pieces in a row that no hub judged end a run: what is left is for the next one. */
const BLOCKED_LIMIT = 2;

async function submitAll(
	hub: HubAddress,
	parcels: readonly Parcel[],
	out: string | undefined
): Promise<Row[]> {
	const show = progress(parcels.length);
	const answers = new Map<string, HubAnswer>();
	const rows: Row[] = [];
	let blocked = 0;
	for (const [at, each] of parcels.entries()) {
		const { source } = each;
		if ('isForeign' in each) rows.push({ source, outcome: 'left out' });
		else if ('refusal' in each)
			rows.push({ source, outcome: 'not submitted', refusal: each.refusal });
		else if (blocked >= BLOCKED_LIMIT)
			rows.push({ ...about(each), outcome: 'not tried', isBlocked: true });
		else {
			const done = await submitWhatever(hub, each, { out, answers });
			rows.push(...done);
			blocked = done.some(({ isBlocked }) => isBlocked) ? blocked + 1 : 0;
		}
		show(at + 1);
	}
	return rows;
}

/** What there is to send. */
type Sent = Extract<Parcel, { submission: Submission } | { push: string }>;

/** A fault with one piece is its own, and is said in its line. */
async function submitWhatever(
	hub: HubAddress,
	parcel: Sent,
	{ out, answers }: { out: string | undefined; answers: Map<string, HubAnswer> }
): Promise<Row[]> {
	try {
		const rows =
			'push' in parcel
				? await submitPush(hub, parcel, out)
				: [await submitOne(hub, parcel, { out, answers })];
		return rows.map((row) => (isWayBlocked(row.refusal) ? { ...row, isBlocked: true } : row));
	} catch (fault) {
		const row: Row = { ...about(parcel), outcome: 'not submitted', fault: faultText(fault) };
		return [fault instanceof NotAHub ? { ...row, isBlocked: true } : row];
	}
}

/** Nobody judged it. A fault that the hub's log knows is one of this piece, and stops no other. */
function isWayBlocked(refusal: Refusal | undefined): boolean {
	return refusal !== undefined && isTemporary(refusal.refused) && !('support' in refusal.facts);
}

function about(parcel: Sent): Pick<Row, 'source' | 'label' | 'number'> {
	const { source } = parcel;
	if ('push' in parcel) return { source };
	const { label, number } = parcel.submission;
	return { source, label, number };
}

/** The unsent work of a desk, unchanged: one row for each of its commands. [SY8] */
async function submitPush(
	hub: HubAddress,
	{ source, folder, push }: { source: string; folder: string; push: string },
	out: string | undefined
): Promise<Row[]> {
	const relayed = await sendPush(hub, push);
	if (isRefusal(relayed)) return [{ source, outcome: 'not submitted', refusal: relayed }];
	return relayed.map((command) => {
		try {
			return keepRelayed(command, { source, out, folder });
		} catch (fault) {
			const { label, number } = command;
			return { source, label, number, outcome: 'not submitted', fault: faultText(fault) };
		}
	});
}

function keepRelayed(
	{ name, answer, receipts: given, carried, ...about }: RelayedCommand,
	where: { source: string; out: string | undefined; folder: string }
): Row {
	const row = { source: where.source, ...about, ...keepReceipts(given, carried, where) };
	if (answer === undefined || name === undefined)
		return { ...row, outcome: row.refusal ? 'refused' : 'taken' };
	const file = readAnswer(answer, where.source);
	const place = placeFor(where.out ?? `${where.folder}/`, fileName(file.body.type, name));
	const kept = keepAnswer(place, file, answer);
	return { ...row, ...kept, ...freedBy(file), outcome: outcomeOf(file.body.type) };
}

async function submitOne(
	hub: HubAddress,
	parcel: Extract<Parcel, { submission: Submission }>,
	{ out, answers }: { out: string | undefined; answers: Map<string, HubAnswer> }
): Promise<Row> {
	const { source, folder, named, submission } = parcel;
	const { label, number, id, stem } = submission;
	// The same twice in a folder is submitted once and answered at both places.
	const answer = answers.get(id) ?? (await submitParcel(hub, submission));
	answers.set(id, answer);
	const row = { source, label, number, refusal: answer.refusal, notices: answer.notices };
	const receipts = keepReceipts(answer.receipts, submission.carried, { source, out, folder });
	if (answer.file === undefined && !answer.refusal) {
		if (submission.kind !== 'fact' && submission.kind !== 'usage')
			throw new NotAHub(`${hub.url} answered with no file.`);
		return { ...row, outcome: 'taken' };
	}
	if (answer.file === undefined)
		return {
			...row,
			...receipts,
			outcome: isWayBlocked(answer.refusal) ? 'not submitted' : 'refused'
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

/** What answers a request, a return or a command, and nothing else, lies beside it. */
const ANSWERS: readonly TokenType[] = ['activation', 'refusal', 'receipt'];

function readAnswer(text: string, source: string): TokenFile {
	const file = readFile(text);
	const wrong = isRefusal(file)
		? file.refused
		: ANSWERS.includes(file.body.type)
			? ''
			: file.body.type;
	if (isRefusal(file) || wrong !== '')
		throw new Error(`The hub's answer to ${source} is none: ${wrong}.`);
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
