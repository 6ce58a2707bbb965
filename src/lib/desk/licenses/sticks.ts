/**
 * Sticks of the sites that this desk shows: what a site's machines have to be brought, out of the mirror and
 * what lies on this desk, with or without a network. [SK1]
 *
 * @module
 */
import { utcDay } from '#lib/domain/calendar.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { readFile, writeFile, type TokenFile } from '#lib/formats/file.ts';
import { packSticks, type Stick, type StickWords } from '#lib/formats/stick.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import type { StickFile } from '#lib/protocol/stick.ts';
import type { ActivationLine } from '#lib/search/activations/activation-summary.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { mirroredActivations } from '#lib/desk/mirror/mirrored.ts';
import { newestFile } from './machines.ts';
import { requestLabelOf } from './texts.ts';

/** As the hub has it: after that nobody waits for a receipt or a "no" any more. */
const DAYS_CARRIED = 90;

/** A site of a customer. The name is empty where nobody has said where its machines stand. */
export type DeskSite = {
	id: string;
	customerId: string;
	customer: string;
	site: string;
	/** That hold a seat there. */
	machines: number;
};

/** @param lines - All activations that are not past. */
export function sitesOf(lines: readonly ActivationLine[]): DeskSite[] {
	const sites = new Map<string, DeskSite>();
	for (const { state, customerId, customer, site = '' } of lines) {
		if (state !== 'active') continue;
		const id = `${customerId} ${site}`;
		const known = sites.get(id) ?? { id, customerId, customer, site, machines: 0 };
		known.machines += 1;
		sites.set(id, known);
	}
	const order = new Intl.Collator(undefined, { numeric: true });
	return [...sites.values()].sort(
		(a, b) => order.compare(a.customer, b.customer) || order.compare(a.site, b.site)
	);
}

/** @param lines - Activations of whatever state; those of other sites are passed over. */
export async function readStick(
	{ customerId, site }: Pick<DeskSite, 'customerId' | 'site'>,
	lines: readonly ActivationLine[]
): Promise<StickFile[]> {
	const here = lines.filter((line) => line.customerId === customerId && (line.site ?? '') === site);
	const files: StickFile[] = [];
	for (const line of here) files.push(...(await filesOf(line)));
	const asked = await refusalsFor(site, here);
	return [...learnedBy([...files, ...asked]), ...files, ...asked];
}

export function packStick(
	{ customer, site }: Pick<DeskSite, 'customer' | 'site'>,
	files: readonly StickFile[],
	words: StickWords
): Stick[] {
	return packSticks({ customer, site, day: utcDay(deskNow()) }, files, words);
}

async function filesOf({ id, number, title, label, name }: ActivationLine): Promise<StickFile[]> {
	const row = await mirroredActivations.get(id);
	if (!row) return [];
	const { request } = row;
	const about = { machine: label ?? name, label: requestLabelOf(row), request, number, title };
	if (row.state === 'active') {
		const newest = await newestFile(row, number);
		return newest ? [{ kind: 'activation', text: newest.text, ...about }] : [];
	}
	const receipt = await strict.receipts.get(id);
	if (!receipt || !isNew(receipt.file)) return [];
	return [{ kind: 'receipt', text: receipt.file, ...about }];
}

/** Of requests that this desk made or carries: only they say for which site they asked. */
async function refusalsFor(site: string, here: readonly ActivationLine[]): Promise<StickFile[]> {
	const requests = (await strict.requests.toArray()).filter(
		({ kind, summary }) => kind === undefined && (summary.site ?? '') === site && site !== ''
	);
	const answers = await strict.answers.bulkGet(requests.map(({ jti }) => jti));
	return requests.flatMap(({ jti, number, summary: { label, name, product } }, at): StickFile[] => {
		const answer = answers[at];
		if (answer?.state !== 'refused' || !isNew(answer.file)) return [];
		// What was granted since is the newer word.
		const isOver = here.some(
			(line) =>
				line.number === number &&
				(line.requestLabel ?? line.label) === label &&
				line.state === 'active'
		);
		if (isOver) return [];
		const about = { machine: label ?? name, label, request: jti, number, title: product };
		return [{ kind: 'refusal', text: answer.file, ...about }];
	});
}

function isNew(text: string): boolean {
	const body = read(text)?.body;
	const claims = body && parseClaims(body.type, body.payload);
	if (!claims || isRefusal(claims)) return false;
	return claims.iat > deskNow() - DAYS_CARRIED * DAY_SECONDS;
}

function read(text: string): TokenFile | undefined {
	const file = readFile(text);
	return isRefusal(file) ? undefined : file;
}

/** The newest lists of retired machines, and what roots have said, as they ride in these files. [FI8] */
function learnedBy(files: readonly StickFile[]): StickFile[] {
	const newest = new Map<string, { seq: number; file: StickFile }>();
	for (const { text, number } of files) {
		const { trust, revocation } = read(text) ?? {};
		if (trust) {
			const file = writeFile([trust.text], ['Keyferry trust file']);
			keep('', seqOf('trust', trust.payload), { kind: 'trust', text: file });
		}
		if (revocation?.key && number !== undefined) {
			const { key, token } = revocation;
			const lines = ['Keyferry list of retired machines', `License: ${number}`];
			const file = writeFile([key.text, token.text], lines);
			keep(number, seqOf('revocation', token.payload), { kind: 'revocation', text: file, number });
		}
	}
	return [...newest.values()].map(({ file }) => file);

	function keep(of: string, seq: number, file: StickFile): void {
		if (seq > (newest.get(of)?.seq ?? -1)) newest.set(of, { seq, file });
	}
}

/** -1 of what cannot be read. */
function seqOf(type: 'trust' | 'revocation', payload: unknown): number {
	const claims = parseClaims(type, payload);
	return isRefusal(claims) ? -1 : claims.seq;
}
