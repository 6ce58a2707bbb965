/** `keyferry inspect`: what a file says, verified or not, never a secret. */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { fileTokens, readFiles, type TokenFile } from '#lib/formats/file.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import { explain, explainCode } from '#lib/messages/explain.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import { verifyReturn } from '#lib/signing/return.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { findRoots } from './local-machine.ts';
import { refusalJson } from '#server/cli/base/outcome.ts';
import { isoMoment, printable, readInputs } from '#server/cli/base/texts.ts';

export const inspectCommand = command({
	name: 'inspect',
	description: 'Show what is in a file, verified or not; secrets are left out',
	args: {
		file: {
			type: 'positional',
			required: true,
			valueHint: 'FILE',
			description: 'File to show; - reads standard input'
		},
		roots: shared.roots
	},
	async run({ file, roots }) {
		const shown = [];
		const refusals: Refusal[] = [];
		for (const { source, text = '', refusal } of await readInputs([file])) {
			if (refusal) refusals.push(refusal);
			for (const each of readFiles(text)) {
				if (isRefusal(each)) refusals.push(each);
				else shown.push(await inspectFile(source, each, roots));
			}
		}
		return {
			lines: shown.flatMap(describe),
			json: shown.length > 0 ? shown : refusals.map(refusalJson),
			refusals
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

async function verdict(file: TokenFile, named: string | undefined) {
	const { body, returns = [] } = file;
	const request = body.type === 'activation-request' ? await verifyRequest(body) : undefined;
	if (isRefusal(request)) return { verified: false, reason: refusalJson(request) };
	if (request && returns.length === 0) return { verified: true };
	const found = await findRoots(named);
	if (isRefusal(found)) return { verified: undefined };
	for (const each of request ? returns : [file]) {
		const verify = each.body.type === 'return' ? verifyReturn : verifyFile;
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
	return printable(typeof value === 'string' ? value : JSON.stringify(value));
}
