/** `keyferry verify`: whether a file holds, and for what, without keeping anything. */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Machine } from '#lib/domain/machine.ts';
import { emptyTrustState, type Returned } from '#lib/domain/verification.ts';
import { decodeFingerprint, isFingerprintCode } from '#lib/formats/fingerprint-code.ts';
import { readFiles, type TokenFile } from '#lib/formats/file.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { givenBack } from '#lib/sdk/node/returns.ts';
import { hashComponent } from '#lib/sdk/node/sources/component-values.ts';
import { judgeSigned, readActivation } from '#lib/sdk/verify.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { verifyReturn } from '#lib/signing/return.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { withoutSecrets } from './inspect.ts';
import { findRoots, nowSeconds, openLocalState } from './local-machine.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { readInputs } from '#server/cli/base/texts.ts';

export const verifyCommand = command({
	name: 'verify',
	description: 'Verify a file against trusted roots, and for a machine, product, version or time',
	args: {
		file: {
			type: 'positional',
			required: true,
			valueHint: 'FILE',
			description: 'File to verify; - reads standard input'
		},
		roots: shared.roots,
		fingerprint: {
			type: 'string',
			valueHint: 'F',
			description: 'As the machine with this fingerprint code'
		},
		'this-machine': { type: 'boolean', description: 'As this machine' },
		product: shared.product,
		version: { type: 'string', description: 'As this version of the product' },
		at: { type: 'string', valueHint: 'TIME', description: 'At this time instead of now' },
		state: shared.state
	},
	async run({ file, roots: named, fingerprint, product, version, at, state: folder, ...rest }) {
		const pieces = await readInputs([file]);
		const damaged = pieces.find(({ refusal }) => refusal !== undefined)?.refusal;
		if (damaged) return damaged;
		const [read, more] = pieces.flatMap(({ text = '' }) => readFiles(text));
		if (!read) return refuse('FILE_MALFORMED', { reason: 'nothing-found' });
		if (more) return refuse('FILE_MALFORMED', { reason: 'several-blocks' });
		if (isRefusal(read)) return read;
		const whose = await machineAsked(fingerprint, rest['this-machine'] ?? false, folder);
		if (isRefusal(whose)) return whose;
		const asked = { ...whose, product, version, now: timeAsked(at) };
		const verified = await verifyAny(read, { ...asked, named, folder });
		if (isRefusal(verified)) return verified;
		const { type } = verified;
		const claims = withoutSecrets(verified.claims);
		return {
			lines: [`Verified: ${type}, signed by ${verified.signedBy}.`],
			json: { verified: true, type, signedBy: verified.signedBy, claims }
		};
	}
});

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
): Promise<{ type: string; claims: object; signedBy: string } | Refusal> {
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

async function machineAsked(
	fingerprint: string | undefined,
	here: boolean,
	folder: string | undefined
): Promise<{ machine?: Machine; returned?: Returned } | Refusal> {
	if (fingerprint !== undefined && here)
		throw new UsageError('Choose one of --fingerprint and --this-machine.');
	if (here) {
		const state = await openLocalState(folder);
		return isRefusal(state) ? state : { machine: state.machine, returned: givenBack(state) };
	}
	if (fingerprint === undefined) return {};
	if (!isFingerprintCode(fingerprint))
		return { machine: { fp: { given: hashComponent('given', fingerprint) }, vm: false } };
	const machine = decodeFingerprint(fingerprint);
	return isRefusal(machine) ? machine : { machine };
}

function timeAsked(at: string | undefined): number {
	if (at === undefined) return nowSeconds();
	const seconds = /^\d{1,12}$/.test(at) ? Number(at) : Math.floor(Date.parse(at) / 1000);
	if (Number.isNaN(seconds))
		throw new UsageError(`--at takes a time such as 2027-01-31T12:00:00Z, not ${at}.`);
	return seconds;
}
