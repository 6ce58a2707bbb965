/** `keyferry inspect`: what a file says, verified or not, never a secret. */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { fileTokens, readFiles, type TokenFile } from '#lib/formats/file.ts';
import { parseClaims, type TokenType } from '#lib/formats/tokens.ts';
import { explain, explainCode } from '#lib/messages/explain.ts';
import { verifyFile, type Trust } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { verifyReturn } from '#lib/signing/return.ts';
import { verifyUsage } from '#lib/signing/usage.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { findRoots } from './local-machine.ts';
import { exitOf, refusalJson, refusalLines } from '#server/cli/base/outcome.ts';
import { isoMoment, readInputs } from '#server/cli/base/texts.ts';

export const inspectCommand = command({
	name: 'inspect',
	description: 'Show what is in a file, verified or not; secrets are left out',
	args: {
		file: {
			type: 'positional',
			required: true,
			valueHint: 'FILE|DIR',
			description: 'Files to show, or folders of them; - reads standard input'
		},
		roots: shared.roots
	},
	async run({ _: files, roots }) {
		const shown = [];
		const refusals: { source: string; refusal: Refusal }[] = [];
		for (const { source, text = '', refusal } of await readInputs(files)) {
			for (const each of refusal ? [refusal] : readFiles(text)) {
				if (isRefusal(each)) refusals.push({ source, refusal: each });
				else shown.push(await inspectFile(source, each, roots));
			}
		}
		const isAlone = refusals.length === 1 && shown.length === 0;
		return {
			lines: [...shown.flatMap(describe), ...(isAlone ? [] : refusals.flatMap(describeRefused))],
			json: [
				...shown,
				...refusals.map(({ source, refusal }) => ({ source, ...refusalJson(refusal) }))
			],
			refusals: isAlone ? refusals.map(({ refusal }) => refusal) : [],
			exit: exitOf(refusals.map(({ refusal }) => refusal))
		};
	}
});

type Shown = {
	source: string;
	/** `undefined` where no roots are known here. */
	verified?: boolean;
	reason?: ReturnType<typeof refusalJson>;
	says?: { title: string; next: string };
	tokens: { type: string; kid: string; claims: unknown; invalid?: string }[];
};

async function inspectFile(
	source: string,
	file: TokenFile,
	named: string | undefined
): Promise<Shown> {
	const tokens = fileTokens(file).map(({ type, kid, payload }) => {
		const claims = parseClaims(type, payload);
		const invalid = isRefusal(claims) ? explain(claims).title : undefined;
		return { type, kid, claims: withoutSecrets(payload), invalid };
	});
	const body = parseClaims(file.body.type, file.body.payload);
	const says =
		file.body.type === 'refusal' && !isRefusal(body) && 'code' in body
			? explainCode(body.code, body.facts)
			: undefined;
	return { source, ...(await verdict(file, named)), says, tokens };
}

/** What machines sign; the rest is a hub's, a desk's or a root's. */
const verifiers: { [T in TokenType]?: (file: TokenFile, trust: Trust) => Promise<unknown> } = {
	return: verifyReturn,
	usage: verifyUsage
};

async function verdict(file: TokenFile, named: string | undefined) {
	const { body, returns = [] } = file;
	const request = body.type === 'activation-request' ? await verifyRequest(body) : undefined;
	if (isRefusal(request)) return { verified: false, reason: refusalJson(request) };
	if (request && returns.length === 0) return { verified: true };
	const found = await findRoots(named);
	if (isRefusal(found)) return { verified: undefined };
	for (const each of request ? returns : [file]) {
		const verify = verifiers[each.body.type] ?? verifyFile;
		const verified = await verify(each, { roots: found.roots });
		if (isRefusal(verified)) return { verified: false, reason: refusalJson(verified) };
	}
	return { verified: true };
}

const secretClaims = new Set(['sec', 'proof', 'd']);

/** Secrets stay in files: screens are photographed and logs are kept. */
export function withoutSecrets(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutSecrets);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) =>
			secretClaims.has(name) ? [name, '(not shown)'] : [name, withoutSecrets(inner)]
		)
	);
}

function describeRefused({ source, refusal }: { source: string; refusal: Refusal }): string[] {
	return [`${source}: cannot be shown`, ...refusalLines(refusal).map((line) => `  ${line}`), ''];
}

const times = new Set(['iat', 'nbf', 'exp', 'mnt', 'expiredAt', 'freed']);

function describe({ source, verified, reason, says, tokens }: Shown): string[] {
	const verdict =
		verified === undefined
			? 'not verified: no roots are known here (--roots FILE)'
			: verified
				? 'verified'
				: `NOT verified: ${reason?.refused}: ${reason?.title}`;
	return [
		`${source}: ${verdict}`,
		...(says ? [`  ${says.title}`, `  Next: ${says.next}`] : []),
		...tokens.flatMap(({ type, kid, claims, invalid }) => [
			'',
			`${type}  (key ${kid.slice(0, 8)}…)${invalid ? `  ${invalid}` : ''}`,
			...Object.entries(claims ?? {}).map(
				([name, value]) => `  ${name.padEnd(8)} ${describeClaim(name, value)}`
			)
		]),
		''
	];
}

function describeClaim(name: string, value: unknown): string {
	if (times.has(name) && typeof value === 'number') return isoMoment(value);
	return typeof value === 'string' ? value : JSON.stringify(value);
}
