/** `keyferry submit`: the scripted ferry. Requests in, answers beside them, one table. [O2, O11] */
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { fileKinds } from '#lib/formats/armour.ts';
import { requestFileName } from '#lib/formats/file-name.ts';
import { joinTokens, readFile, readFiles } from '#lib/formats/file.ts';
import { parseClaims, type Claims } from '#lib/formats/tokens.ts';
import { explain } from '#lib/messages/explain.ts';
import { command, shared } from './command.ts';
import { findHub, submitRequest, type Answer, type Hub } from './hub-client.ts';
import { exitCodes, exitOf, refusalJson, UsageError } from './outcome.ts';
import { isFolder, placeFor, progress, readNamed, table, writeBeside } from './texts.ts';

export const submit = command({
	name: 'submit',
	description: 'Take activation requests to a hub and write its answers beside them',
	args: {
		requests: {
			type: 'positional',
			required: true,
			valueHint: 'REQUEST…',
			description: 'Request files or folders of them; - for standard input'
		},
		out: { type: 'string', valueHint: 'FILE|DIR', description: 'Where the answers go instead' },
		hub: shared.hub,
		token: shared.token,
		ca: shared.ca
	},
	async run({ _: inputs, out, ...named }) {
		const hub = findHub(named);
		const found = inputs.flatMap(findRequests);
		const wanted = found.filter((each) => each.claims !== undefined).length;
		if (out !== undefined && wanted > 1 && !isFolder(out))
			throw new UsageError(`--out must be a folder that is there: ${wanted} answers are to come.`);
		const rows = await submitAll(hub, found, out);
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

/** Something that was brought: a request, or a file in which there is none. */
type Found = {
	source: string;
	/** Where its answer goes, and the name it shares with it. */
	folder: string;
	stem?: string;
	request?: string;
	claims?: Claims['activation-request'];
	refusal?: Refusal;
};

type Row = {
	source: string;
	label?: string;
	number?: string;
	outcome: 'granted' | 'refused' | 'not submitted';
	answer?: string;
	written?: string;
	notices?: Answer['notices'];
	refusal?: Refusal;
};

function findRequests(input: string): Found[] {
	const isStdin = input === '-';
	const folder = isStdin ? '.' : isFolder(input) ? input : dirname(input);
	return readNamed(input)
		.filter(({ source }) => !isFolder(input) || !isAnswer(source))
		.flatMap(({ source, text }) => {
			const files = readFiles(text);
			// The name that a person gave a file is kept; one of several in a text gets its own.
			const stem =
				isStdin || files.length > 1 ? undefined : source.replace(/\.kfreq(\.txt)?$/i, '');
			if (files.length === 0)
				return [{ source, folder, refusal: refuse('FILE_MALFORMED', { reason: 'nothing-found' }) }];
			return files.map((file): Found => {
				if (isRefusal(file)) return { source, folder, refusal: file };
				if (file.body.type !== 'activation-request')
					return { source, folder, refusal: notRequest(file.body.type) };
				const claims = parseClaims('activation-request', file.body.payload);
				if (isRefusal(claims)) return { source, folder, refusal: claims };
				return { source, folder, stem, claims, request: joinTokens(file) };
			});
		});
}

/** A folder holds the answers of an earlier run too. */
function isAnswer(name: string): boolean {
	return /\.(kfact|kfref|kflic|kftrust)(\.txt)?$/i.test(name);
}

function notRequest(found: string): Refusal {
	return refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['activation-request'], found });
}

async function submitAll(
	hub: Hub,
	found: readonly Found[],
	out: string | undefined
): Promise<Row[]> {
	const show = progress(found.length);
	const answers = new Map<string, Answer>();
	const rows: Row[] = [];
	for (const each of found) {
		rows.push(await submitOne(hub, each, { out, answers }));
		show(rows.length);
	}
	return rows;
}

async function submitOne(
	hub: Hub,
	{ source, folder, stem, claims, request, refusal }: Found,
	{ out, answers }: { out: string | undefined; answers: Map<string, Answer> }
): Promise<Row> {
	if (!claims || !request) return { source, outcome: 'not submitted', refusal };
	// The same request twice in a folder is asked once and answered at both places.
	const answer = answers.get(claims.jti) ?? (await submitPatiently(hub, request));
	answers.set(claims.jti, answer);
	const row = { source, label: claims.label, number: claims.num, refusal: answer.refusal };
	if (!answer.file)
		return {
			...row,
			outcome: answer.refusal?.refused === 'HUB_UNREACHABLE' ? 'not submitted' : 'refused'
		};
	const file = readFile(answer.file);
	if (isRefusal(file))
		throw new Error(`The hub's answer to ${source} is damaged: ${file.refused}.`);
	const { extension } = fileKinds[file.body.type];
	const own = stem ?? requestFileName(claims).replace(/\.kfreq$/, '');
	const place = placeFor(out ?? `${folder}/`, `${own}.${extension}`);
	const outcome = file.body.type === 'activation' ? 'granted' : 'refused';
	if (holdsSameAnswer(place, file.body.text))
		return { ...row, outcome, answer: place, written: 'same', notices: answer.notices };
	const { path, written } = writeBeside(place, answer.file);
	return { ...row, outcome, answer: path, written, notices: answer.notices };
}

const PATIENCE_SECONDS = 30;

async function submitPatiently(hub: Hub, request: string): Promise<Answer> {
	for (let waited = 0; ;) {
		const answer = await submitRequest(hub, request);
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
	const head = ['request', 'label', 'license', 'outcome', 'answer'];
	const cells = rows.map(({ source, label, number, outcome, answer, refusal }) => [
		source,
		label ?? '',
		number ?? '',
		refusal ? `${outcome}: ${refusal.refused}` : outcome,
		answer ?? ''
	]);
	const reasons = new Map(
		rows.flatMap(({ refusal }) => (refusal ? [[refusal.refused, refusal]] : []))
	);
	const explained = [...reasons.values()].flatMap((refusal) => {
		const { title, next } = explain(refusal);
		return [`${refusal.refused}: ${title}`, `  Next: ${next}`];
	});
	const granted = rows.filter(({ outcome }) => outcome === 'granted').length;
	return [
		...table([head, ...cells]),
		...(explained.length > 0 ? ['', ...explained] : []),
		'',
		`${rows.length} brought, ${granted} granted, ${rows.length - granted} not.`
	];
}
