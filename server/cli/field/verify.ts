/** `keyferry verify`: whether a file holds, and for what, without keeping anything. */
import { parseDate } from '#lib/domain/calendar.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Machine } from '#lib/domain/machines/machine.ts';
import { emptyTrustState, type Returned } from '#lib/domain/machines/verification.ts';
import { isForeign } from '#lib/formats/armour.ts';
import { decodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { readFiles, type TokenFile } from '#lib/formats/file.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import type { NamedText } from '#lib/sdk/node/files.ts';
import { givenBack } from '#lib/sdk/node/returns.ts';
import { hashComponent } from '#lib/sdk/node/sources/component-values.ts';
import { judgeSigned, readActivation } from '#lib/sdk/verify.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { verifyReturn } from '#lib/signing/return.ts';
import { verifyUsage } from '#lib/signing/usage.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { withoutSecrets } from './inspect.ts';
import { findRoots, nowSeconds, openLocalState } from './local-machine.ts';
import {
	exitOf,
	refusalJson,
	refusalLines,
	UsageError,
	type Outcome
} from '#server/cli/base/outcome.ts';
import { readInputs } from '#server/cli/base/texts.ts';

export const verifyCommand = command({
	name: 'verify',
	description: 'Verify a file against trusted roots, and for a machine, product, version or time',
	args: {
		file: {
			type: 'positional',
			required: true,
			valueHint: 'FILE|DIR',
			description: 'Files to verify, or folders of them; - reads standard input'
		},
		roots: shared.roots,
		fingerprint: {
			type: 'string',
			valueHint: 'F',
			description: 'As the machine with this fingerprint code'
		},
		given: { ...shared.given, description: 'As the machine with this name given by hand' },
		'this-machine': { type: 'boolean', description: 'As this machine' },
		product: shared.product,
		version: { type: 'string', description: 'As this version of the product' },
		at: {
			type: 'string',
			valueHint: 'TIME',
			description:
				'At this time instead of now: a day (its beginning in UTC) or a time with its zone'
		},
		state: shared.state
	},
	async run({
		_: files,
		roots: named,
		fingerprint,
		given,
		product,
		version,
		at,
		state: folder,
		...rest
	}) {
		const now = at === undefined ? nowSeconds() : parseDate(at, 'start');
		if (isRefusal(now)) return now;
		const pieces = await readInputs(files);
		const whose = await machineAsked({
			fingerprint,
			given,
			here: rest['this-machine'] ?? false,
			folder
		});
		if (isRefusal(whose)) return whose;
		const asked = { ...whose, product, version, now, named, folder };
		const verdicts: { source: string; verdict: Verified | Refusal }[] = [];
		for (const piece of pieces)
			verdicts.push({ source: piece.source, verdict: await verifyPiece(piece, asked) });
		const [one, ...more] = verdicts;
		if (!one) return refuse('FILE_MALFORMED', { reason: 'nothing-found' });
		if (more.length > 0) return reportAll(verdicts);
		const { verdict } = one;
		if (isRefusal(verdict)) return verdict;
		return { lines: [describeVerified(verdict)], json: forPrograms(verdict) };
	}
});

/** Each has its line, whatever the others are. */
function reportAll(verdicts: readonly { source: string; verdict: Verified | Refusal }[]): Outcome {
	return {
		lines: verdicts.flatMap(({ source, verdict }) => {
			if (!isRefusal(verdict)) return [`${source}: ${describeVerified(verdict)}`];
			if (isForeign(verdict)) return [`${source}: not a Keyferry file, left out.`];
			return [`${source}: NOT verified.`, ...refusalLines(verdict).map((line) => `  ${line}`)];
		}),
		json: verdicts.map(({ source, verdict }) => ({
			source,
			...(isRefusal(verdict) ? refusalJson(verdict) : forPrograms(verdict))
		})),
		exit: exitOf(
			verdicts.flatMap(({ verdict }) =>
				isRefusal(verdict) && !isForeign(verdict) ? [verdict] : []
			)
		)
	};
}

type Verified = { type: string; claims: object; signedBy: string };

function describeVerified({ type, signedBy }: Verified): string {
	return `Verified: ${type}, signed by ${signedBy}.`;
}

function forPrograms({ type, claims, signedBy }: Verified) {
	return { verified: true, type, signedBy, claims: withoutSecrets(claims) };
}

/** Two files in one text would leave open which of them was meant. */
async function verifyPiece(
	{ text = '', refusal }: NamedText,
	asked: Asked
): Promise<Verified | Refusal> {
	if (refusal) return refusal;
	const [read, more] = readFiles(text);
	if (!read) return refuse('FILE_MALFORMED', { reason: 'nothing-found' });
	if (more) return refuse('FILE_MALFORMED', { reason: 'several-blocks' });
	return isRefusal(read) ? read : verifyAny(read, asked);
}

type Asked = {
	machine?: Machine;
	returned?: Returned;
	product?: string;
	version?: string;
	now: number;
	named?: string;
	folder?: string;
};

async function verifyAny(
	file: TokenFile,
	{ named, folder, ...asked }: Asked
): Promise<Verified | Refusal> {
	const { type } = file.body;
	if (type === 'activation-request') {
		const request = await verifyRequest(file.body);
		if (isRefusal(request)) return request;
		const carried = await verifyCarried(file, { named, folder });
		return carried ?? { type, claims: request.claims, signedBy: 'its machine' };
	}
	const found = await rootsAsked({ named, folder });
	if (isRefusal(found)) return found;
	if (type === 'activation') return verifyActivationFor(file, found.roots, asked);
	if (type === 'return') {
		const back = await verifyReturn(file, found);
		return isRefusal(back) ? back : { type, claims: back.claims, signedBy: 'its machine' };
	}
	if (type === 'usage') {
		const usage = await verifyUsage(file, found);
		return isRefusal(usage) ? usage : { type, claims: usage.claims, signedBy: 'its site server' };
	}
	const verified = await verifyFile(file, { roots: found.roots });
	if (isRefusal(verified)) return verified;
	const claims = verified.body.claims;
	return { type, claims, signedBy: 'iss' in claims ? claims.iss : 'a pinned root' };
}

async function rootsAsked({ named, folder }: Pick<Asked, 'named' | 'folder'>) {
	const state = named === undefined ? await openLocalState(folder) : undefined;
	return isRefusal(state) ? state : findRoots(named, state);
}

/** Returns that ride with a request are signed by the machine too, and name what a hub signed. */
async function verifyCarried(
	{ returns = [] }: TokenFile,
	asked: Pick<Asked, 'named' | 'folder'>
): Promise<Refusal | undefined> {
	if (returns.length === 0) return undefined;
	const found = await rootsAsked(asked);
	if (isRefusal(found)) return found;
	for (const each of returns) {
		const verified = await verifyReturn(each, found);
		if (isRefusal(verified)) return verified;
	}
	return undefined;
}

async function verifyActivationFor(
	file: TokenFile,
	roots: readonly PublicJwk[],
	asked: Omit<Asked, 'named' | 'folder'>
) {
	const signed = await readActivation(file, { roots, state: emptyTrustState });
	if (isRefusal(signed)) return signed;
	const refusal = await judgeSigned(signed, { ...asked, state: emptyTrustState });
	if (refusal) return refusal;
	const { activation } = signed;
	return { type: 'activation', claims: activation, signedBy: activation.iss };
}

async function machineAsked(asked: {
	fingerprint?: string;
	given?: string;
	here: boolean;
	folder?: string;
}): Promise<{ machine?: Machine; returned?: Returned } | Refusal> {
	const { fingerprint, given, here, folder } = asked;
	if ([fingerprint !== undefined, given !== undefined, here].filter(Boolean).length > 1)
		throw new UsageError('Choose one of --fingerprint, --given and --this-machine.');
	if (here) {
		const state = await openLocalState(folder);
		return isRefusal(state) ? state : { machine: state.machine, returned: givenBack(state) };
	}
	if (given !== undefined)
		return { machine: { fp: { given: hashComponent('given', given) }, vm: false } };
	const machine = fingerprint === undefined ? undefined : decodeFingerprint(fingerprint);
	return isRefusal(machine) ? machine : { machine };
}
