/** `keyferry verify`: whether a file holds, and for what, without keeping anything. */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Machine } from '#lib/domain/machine.ts';
import { emptyTrustState } from '#lib/domain/verification.ts';
import { decodeFingerprint, isFingerprintCode } from '#lib/formats/fingerprint-code.ts';
import { readFiles, type TokenFile } from '#lib/formats/file.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { hashComponent } from '#lib/sdk/node/sources/component-values.ts';
import { judgeSigned, readActivation } from '#lib/sdk/verify.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { command, shared } from './command.ts';
import { withoutSecrets } from './inspect.ts';
import { findRoots, nowSeconds, openLocalState } from './local-machine.ts';
import { UsageError } from './outcome.ts';
import { readNamed } from './texts.ts';

export const verify = command({
	name: 'verify',
	description: 'Verify a file against pinned roots, and for a machine, product, version or time',
	args: {
		file: {
			type: 'positional',
			required: true,
			valueHint: 'FILE',
			description: '- for standard input'
		},
		roots: shared.roots,
		fingerprint: { type: 'string', valueHint: 'F', description: 'For the machine of this code' },
		'this-machine': { type: 'boolean', description: 'For this machine' },
		product: shared.product,
		version: { type: 'string', description: 'For this version of the product' },
		at: { type: 'string', valueHint: 'TIME', description: 'At this time instead of now' },
		state: shared.state
	},
	async run({ file, roots: named, fingerprint, product, version, at, state: folder, ...rest }) {
		const text = readNamed(file)
			.map((each) => each.text)
			.join('\n');
		const [read, more] = readFiles(text);
		if (!read) return refuse('FILE_MALFORMED', { reason: 'nothing-found' });
		if (more) return refuse('FILE_MALFORMED', { reason: 'several-blocks' });
		if (isRefusal(read)) return read;
		const machine = await machineAsked(fingerprint, rest['this-machine'] ?? false, folder);
		if (isRefusal(machine)) return machine;
		const asked = { machine, product, version, now: timeAsked(at) };
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
		return isRefusal(request) ? request : { type, claims: request.claims, signedBy: 'its machine' };
	}
	const state = named === undefined ? await openLocalState(folder) : undefined;
	if (isRefusal(state)) return state;
	const found = await findRoots(named, state);
	if (isRefusal(found)) return found;
	if (type === 'activation') return verifyActivationFor(file, found.roots, asked);
	const verified = await verifyFile(file, { roots: found.roots });
	if (isRefusal(verified)) return verified;
	const claims = verified.body.claims;
	return { type, claims, signedBy: 'iss' in claims ? claims.iss : 'a pinned root' };
}

async function verifyActivationFor(
	file: TokenFile,
	roots: readonly PublicJwk[],
	asked: Omit<Asked, 'named' | 'folder'>
) {
	const signed = await readActivation(file, { roots, state: emptyTrustState });
	if (isRefusal(signed)) return signed;
	const no = await judgeSigned(signed, { ...asked, state: emptyTrustState });
	if (no) return no;
	const { activation } = signed;
	return { type: 'activation', claims: activation, signedBy: activation.iss };
}

async function machineAsked(
	fingerprint: string | undefined,
	here: boolean,
	folder: string | undefined
): Promise<Machine | Refusal | undefined> {
	if (fingerprint !== undefined && here)
		throw new UsageError('Choose one of --fingerprint and --this-machine.');
	if (here) {
		const state = await openLocalState(folder);
		return isRefusal(state) ? state : state.machine;
	}
	if (fingerprint === undefined) return undefined;
	if (isFingerprintCode(fingerprint)) return decodeFingerprint(fingerprint);
	return { fp: { given: hashComponent('given', fingerprint) }, vm: false };
}

function timeAsked(at: string | undefined): number {
	if (at === undefined) return nowSeconds();
	const seconds = /^\d{1,12}$/.test(at) ? Number(at) : Math.floor(Date.parse(at) / 1000);
	if (Number.isNaN(seconds))
		throw new UsageError(`--at takes a time such as 2027-01-31T12:00:00Z, not ${at}.`);
	return seconds;
}
