/**
 * Taking in what was carried here: what is for this machine is kept, what is not is named. [FI1]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Circumstances } from '#lib/domain/machines/verification.ts';
import { nothingIn } from '#lib/formats/armour.ts';
import { fileTokens, readFiles, writeFile, type TokenFile } from '#lib/formats/file.ts';
import type { Claims, PublicJwk } from '#lib/formats/tokens.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { describeChanges, type Change } from '../changes.ts';
import { judgeSigned, learn, readActivation } from '../verify.ts';
import type { NamedText } from './files.ts';
import { knownHubKeys, madeRequests, newestOf } from './kept.ts';
import { takeReceipt, type TakenReceipt } from './receipts.ts';
import { givenBack } from './returns.ts';
import { keepFile, type MachineState } from './state.ts';
import { keepTrust, readTrust } from './trust.ts';

type Activation = Claims['activation'];

/** What became of one file. `source` says where it came from. */
export type Taken = { source: string } & (
	| { outcome: 'loaded'; activation: Activation; changes: Change[] }
	/** The same file was here already. */
	| { outcome: 'unchanged'; activation: Activation }
	/** The hub's "no" to a request of this machine. [O11] */
	| {
			outcome: 'answered-no';
			code: string;
			facts: Claims['refusal']['facts'];
			request: Claims['activation-request'];
	  }
	/** The hub's receipt for a seat that this machine gave back. [MA4] */
	| Extract<TakenReceipt, { outcome: 'returned' }>
	/** Whole, but for another machine: carry it on. */
	| { outcome: 'elsewhere'; reason?: Refusal; whose?: Whose }
	/** Roots, voided keys or retirements, kept. */
	| { outcome: 'trust' }
	/** A request, a return or a license key: whole, and nothing to load. */
	| { outcome: 'no-answer'; type: string }
	| { outcome: 'refused'; reason: Refusal; whose?: Whose }
);

/** For whom a file says it was made. */
export type Whose = { label?: string; title: string; number: string; organization?: string };

export type LoadWishes = Omit<Circumstances, 'state' | 'machine' | 'returned'> & {
	roots: readonly PublicJwk[];
};

/** Takes in every file that a text holds. One by one, so that a damaged one stops no other. */
export async function takeIn(
	state: MachineState,
	{ source, text, refusal, stick }: NamedText,
	wishes: LoadWishes
): Promise<Taken[]> {
	if (stick) return [];
	if (refusal) return [{ source, outcome: 'refused', reason: refusal }];
	const files = readFiles(text);
	if (files.length === 0) return [{ source, outcome: 'refused', reason: nothingIn(text) }];
	const taken: Taken[] = [];
	for (const file of files)
		taken.push(
			isRefusal(file)
				? { source, outcome: 'refused', reason: file }
				: { source, ...(await takeFile(state, file, wishes)) }
		);
	return taken;
}

type Sourceless<T> = T extends unknown ? Omit<T, 'source'> : never;

async function takeFile(
	state: MachineState,
	file: TokenFile,
	wishes: LoadWishes
): Promise<Sourceless<Taken>> {
	const { type } = file.body;
	if (type === 'activation') return takeActivation(state, file, wishes);
	if (type === 'refusal') return takeRefusal(state, file, wishes);
	if (type === 'receipt') return takeReceipt(state, file, wishes.roots);
	if (type === 'license' || type === 'activation-request' || type === 'return')
		return { outcome: 'no-answer', type };
	const verified = await verifyFile(file, { ...wishes, voided: readTrust(state).voided });
	if (isRefusal(verified)) return { outcome: 'refused', reason: verified };
	keepTrust(state, learn(readTrust(state), verified.learned));
	return { outcome: 'trust' };
}

async function takeActivation(
	state: MachineState,
	file: TokenFile,
	{ roots, ...wishes }: LoadWishes
): Promise<Sourceless<Taken>> {
	const hubKeys = knownHubKeys(state);
	const signed = await readActivation(file, { roots, hubKeys, state: readTrust(state) });
	if (isRefusal(signed)) return { outcome: 'refused', reason: signed };
	const { activation } = signed;
	const { generations, ...learned } = signed.state;
	const { machine } = state;
	const whose = { ...whoseIs(activation) };
	const here = { machine, state: readTrust(state), returned: givenBack(state) };
	const refusal = await judgeSigned(signed, { ...wishes, ...here });
	if (refusal) {
		// Roots vouch for what it teaches, whoever may run on it.
		keepTrust(state, { ...learned, generations: {} });
		if (refusal.refused === 'FINGERPRINT_MISMATCH')
			return { outcome: 'elsewhere', reason: refusal, whose };
		return { outcome: 'refused', reason: refusal, whose };
	}
	const before = newestOf(state, activation.act);
	if (before?.jti === activation.jti) {
		keepTrust(state, signed.state);
		return { outcome: 'unchanged', activation };
	}
	// The file first: a generation without its file would refuse the older one that is there.
	const text = writeFile(signed.tokens, activationLines(activation));
	keepFile(state, { kind: 'activations', id: activation.act, text });
	keepTrust(state, { ...learned, generations });
	return { outcome: 'loaded', activation, changes: describeChanges(before, activation) };
}

async function takeRefusal(
	state: MachineState,
	file: TokenFile,
	{ roots }: LoadWishes
): Promise<Sourceless<Taken>> {
	const hubKeys = knownHubKeys(state);
	const trust = readTrust(state);
	const verified = await verifyFile(file, { roots, voided: trust.voided, hubKeys });
	if (isRefusal(verified)) return { outcome: 'refused', reason: verified };
	// Sound: the type of the body was compared before.
	const { req, code, facts } = verified.body.claims as Claims['refusal'];
	keepTrust(state, learn(trust, verified.learned));
	const request = madeRequests(state).find(({ jti }) => jti === req);
	if (!request) return { outcome: 'elsewhere' };
	const tokens = fileTokens(file).map(({ text }) => text);
	const text = writeFile(tokens, [`Keyferry refusal: ${code}`, `Request: ${req}`]);
	keepFile(state, { kind: 'refusals', id: req, text });
	return { outcome: 'answered-no', code, facts, request };
}

function whoseIs({ label, title, num, org }: Activation): Whose {
	return { label, title, number: num, organization: org };
}

function activationLines(activation: Activation): string[] {
	return [
		`Keyferry activation of ${activation.title}`,
		`License: ${activation.num}${activation.org ? `, ${activation.org}` : ''}`,
		`Machine: ${activation.label ?? 'no label'}`,
		`Signed: ${new Date(activation.iat * 1000).toISOString()}`
	];
}
