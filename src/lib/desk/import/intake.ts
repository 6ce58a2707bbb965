/**
 * Take in: what was dropped, pasted or scanned is decoded and explained before anything is done
 * with it, and every piece is accounted for exactly once.
 *
 * @module
 */
import {
	compareMachines,
	type Comparison,
	type Fingerprint,
	type Machine
} from '#lib/domain/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { fileTokens, readFile, writeFile, type TokenFile } from '#lib/formats/file.ts';
import { decodeToken, type DecodedToken } from '#lib/formats/jws.ts';
import { verifyFile, type Trust, type VerifiedFile } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { verifyReturn } from '#lib/signing/return.ts';
import { readFact, strict } from '#lib/desk/store/database.ts';
import { readCarriedPush } from '#lib/desk/sync/relay.ts';
import type { FileKind, RequestRow, Said } from '#lib/desk/store/rows.ts';
import { answeredRequest, isForeign, readBody, sayWhat, type Body } from '#lib/desk/files/said.ts';
import { readSources, textSources, type Source } from '#lib/desk/files/sources.ts';
import { chainTrust, widenTrust } from '#lib/desk/hub/trust.ts';

/**
 * - `new`: can be kept.
 * - `known`: this desk has it already, the same token.
 * - `twice`: the same token came earlier in this very drop.
 * - `elsewhere`: signed for the hub of another vendor, whose root is not known here.
 * - `incomplete`: a code whose hub key is not known here yet; it is judged again when that comes.
 * - `damaged`: one of ours that is not whole, or was changed. `refusal` says where.
 * - `foreign`: no file of Keyferry.
 */
export type IntakeState =
	'new' | 'known' | 'twice' | 'elsewhere' | 'incomplete' | 'damaged' | 'foreign';

export type IntakeItem = {
	/** Unique within one intake. */
	id: string;
	/** Where it came from. */
	source: string;
	state: IntakeState;
	/** Absent where nothing could be read. */
	kind?: FileKind;
	jti?: string;
	said?: Said;
	/** Why it is not acceptable. */
	refusal?: Refusal;
	/** Its signatures lead to a pinned root; a request's to its own machine key, a return's to both. */
	verified: boolean;
	/** For an answer: the request here that it answers. */
	answers?: RequestRow;
	/** For a request: its license is among those that this desk knows. */
	licenseKnown?: boolean;
	/** Whether it is for the machine that is asked about, and what differs. */
	machine?: Comparison;
	/** Tokens that wait for what completes them. */
	tokens?: string[];
	/** Armoured text to be kept: the file as it came, byte for byte, where it held one block. */
	text?: string;
};

export type Intake = {
	items: IntakeItem[];
	/** How many of each state: they add up to the number of items. */
	counts: Record<IntakeState, number>;
};

export const noIntake: Intake = {
	items: [],
	counts: { new: 0, known: 0, twice: 0, elsewhere: 0, incomplete: 0, damaged: 0, foreign: 0 }
};

type Options = {
	/** What came before in the same intake: it goes on growing, and duplicates are found across. */
	before?: Intake;
	/** The machine that is asked about, if any: its fingerprint code was given. */
	machine?: Machine;
	onProgress?: (done: number, of: number) => void;
};

/** Files from a picker, a drop, a folder or a zip. Nothing is stored. */
export async function takeInFiles(files: readonly File[], options: Options = {}): Promise<Intake> {
	return takeIn(await readSources(files, options.onProgress), options);
}

/** Pasted text; several armoured files in one paste are several items. Nothing is stored. */
export function takeInText(text: string, source: string, options: Options = {}): Promise<Intake> {
	return takeIn(textSources(text, source), options);
}

/** A token that a `QrReader` has put together. Nothing is stored. */
export function takeInToken(
	token: DecodedToken,
	source: string,
	options: Options = {}
): Promise<Intake> {
	return takeIn([{ name: source, block: { tokens: [token.text] } }], options);
}

async function takeIn(sources: readonly Source[], options: Options): Promise<Intake> {
	const before = options.before ?? noIntake;
	let trust = await trustAfter(before.items);
	const items = [...before.items];
	const seen = new Set(
		items.flatMap(({ jti, state }) => (state === 'incomplete' ? [] : (jti ?? [])))
	);
	const waiting = items.flatMap(({ id, tokens, source: name }) =>
		tokens ? [{ id: Number(id), source: { name, block: { tokens } } }] : []
	);
	const fresh = sources.map((source, at) => ({ id: before.items.length + at, source }));
	// Hub keys and trust first: what follows may need them to complete its chain.
	const order = [...fresh, ...waiting].sort((a, b) => rank(a.source) - rank(b.source));
	for (const { id, source } of order) {
		const machine = options.machine;
		const { item, verified } = await judge(source, { id: `${id}`, trust, machine });
		if (item.state === 'new' && item.jti !== undefined) {
			if (seen.has(item.jti)) item.state = 'twice';
			else if (await isKnown(item)) item.state = 'known';
			seen.add(item.jti);
		}
		if (verified) trust = widenTrust(trust, verified);
		items[id] = item;
	}
	const counts = { ...noIntake.counts };
	for (const { state } of items) counts[state] += 1;
	return { items, counts };
}

/** What this desk believes, and what the pieces that came before in the same intake have taught. */
async function trustAfter(items: readonly IntakeItem[]): Promise<Trust> {
	let trust = await chainTrust();
	for (const { kind, text, verified } of items) {
		if (!verified || text === undefined || (kind !== 'hub-key' && kind !== 'trust')) continue;
		const file = readFile(text);
		const result = isRefusal(file) ? file : await verifyFile(file, trust);
		if (!isRefusal(result)) trust = widenTrust(trust, result);
	}
	return trust;
}

async function judge(
	source: Source,
	{ id, trust, machine }: { id: string; trust: Trust; machine?: Machine }
): Promise<{ item: IntakeItem; verified?: VerifiedFile }> {
	const plain = { id, source: source.name, verified: false };
	const refused = (refusal: Refusal, state: IntakeState = 'damaged') => ({
		item: { ...plain, state, refusal }
	});
	if (source.refusal)
		return refused(source.refusal, isForeign(source.refusal) ? 'foreign' : 'damaged');
	if (source.isPush) {
		const { text = '' } = source;
		const carried = await readCarriedPush(text);
		if (isRefusal(carried)) return refused(carried);
		return { item: { ...plain, ...carried, state: 'new', kind: 'push', verified: true, text } };
	}
	const tokens = source.block?.tokens.join('~') ?? '';
	const read = readFile(source.text ?? tokens);
	if (isRefusal(read)) return refused(read);
	const body = readBody(read);
	if (isRefusal(body)) return refused(body);
	const file = await completeDraw(read, body);

	const item: IntakeItem = {
		...plain,
		state: 'new',
		kind: body.type,
		jti: body.claims.jti,
		said: sayWhat(body, file)
	};
	const request = answeredRequest(body);
	const asked = request === undefined ? undefined : await strict.requests.get(request);
	if (asked) item.answers = asked;
	const enrolled = item.said?.fingerprint;
	if (enrolled && body.type === 'activation')
		item.machine = compare(enrolled, machine?.fp ?? asked?.said.fingerprint, body.claims.k);

	if (body.type === 'activation-request') {
		const verified = await verifyRequest(file.body);
		if (isRefusal(verified)) return { item: { ...item, state: 'damaged', refusal: verified } };
		item.licenseKnown = await isLicenseKnown(body.claims.num);
		return { item: { ...item, verified: true, text: keptText(source, file) } };
	}
	if (body.type === 'return' && !file.activation) {
		// A code of it that came before the others.
		const refusal = refuse('CHAIN_INCOMPLETE', { kid: file.body.kid });
		return { item: { ...item, state: 'incomplete', refusal, tokens: source.block?.tokens } };
	}
	const verified = await (body.type === 'return' ? verifyReturn : verifyFile)(file, trust);
	if (isRefusal(verified)) {
		// Without a root nothing can be checked; it can still be carried to where one is.
		if (trust.roots.length === 0 && verified.refused === 'KEY_UNKNOWN')
			return { item: { ...item, text: keptText(source, file) } };
		if (verified.refused === 'CHAIN_INCOMPLETE') {
			const tokens = source.block?.tokens;
			return { item: { ...item, state: 'incomplete', refusal: verified, tokens } };
		}
		const state = verified.refused === 'KEY_UNKNOWN' ? 'elsewhere' : 'damaged';
		return { item: { ...item, state, refusal: verified } };
	}
	if (!('hubKey' in verified))
		return { item: { ...item, verified: true, text: keptText(source, file) } };
	const text = keptText(source, file, verified.hubKey?.text);
	return { item: { ...item, verified: true, text }, verified };
}

/** A draw that was scanned is one token: its allotment is this desk's own, or mirrored. [AL3, FI6] */
async function completeDraw(file: TokenFile, body: Body): Promise<TokenFile> {
	if (body.type !== 'activation' || body.claims.allot === undefined || file.allotment) return file;
	const { allot } = body.claims;
	const own = await strict.ownAllotments.get(allot);
	const text = own?.text ?? (await strict.allotments.get(allot))?.file;
	const block = text === undefined ? undefined : readFile(text);
	if (!block || isRefusal(block) || !block.key) return file;
	const whole = readFile([block.key.text, block.body.text, file.body.text].join('~'));
	return isRefusal(whole) ? file : whole;
}

/** The file as it came; a token alone gets the hub key that completes its chain. [FI1, FI6] */
function keptText(source: Source, file: TokenFile, hubKey?: string): string {
	const texts = fileTokens(file).map(({ text }) => text);
	const complete = file.key !== undefined || hubKey === undefined || texts.includes(hubKey);
	const isWhole = source.block?.tokens.length === texts.length;
	if (complete && isWhole && source.text !== undefined && source.block?.label !== undefined)
		return source.text;
	const tokens = complete ? texts : [...texts.slice(0, -1), hubKey, ...texts.slice(-1)];
	const body = readBody(file);
	const said = isRefusal(body) ? {} : sayWhat(body, file);
	return writeFile(tokens, readableLines(said));
}

/** The few lines above the armour, for people. [FI4] */
export function readableLines(said: Said): string[] {
	const made = said.madeAt === undefined ? '' : new Date(said.madeAt * 1000).toISOString();
	return [
		['Keyferry', said.product].filter(Boolean).join(' · '),
		[said.number, said.label].filter(Boolean).join(' · '),
		[said.name, said.organization].filter(Boolean).join(' · '),
		made.slice(0, 10)
	].filter((line) => line !== '');
}

function compare(enrolled: Fingerprint, present: Fingerprint | undefined, k: number) {
	return present && compareMachines(enrolled, present, k);
}

async function isKnown({ kind, jti = '' }: IntakeItem): Promise<boolean> {
	if (kind === 'activation-request' || kind === 'return')
		return (await strict.requests.get(jti)) !== undefined;
	if (kind === 'license') return (await strict.keys.get(jti)) !== undefined;
	return (await strict.files.get(jti)) !== undefined;
}

async function isLicenseKnown(number: string): Promise<boolean> {
	const found =
		(await strict.licenses.where('number').equals(number).count()) +
		(await strict.keys.where('number').equals(number).count());
	return found > 0;
}

function rank({ block }: Source): number {
	const last = decodeToken(block?.tokens.at(-1) ?? '');
	return !isRefusal(last) && (last.type === 'trust' || last.type === 'hub-key') ? 0 : 1;
}

/** The machine that activation files are compared with, if the desk was told of one. */
export async function readMachine(): Promise<Machine | undefined> {
	return (await readFact('settings'))?.machine;
}
