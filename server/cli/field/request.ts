/** `keyferry request`: an activation request for this machine, or for one by its fingerprint code. */
import { hostname } from 'node:os';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRefusal } from '#lib/domain/refusal.ts';
import { asLine, NAME_LIMIT } from '#lib/domain/typed-name.ts';
import { decodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { answerName } from '#lib/formats/file-name.ts';
import { decodeText } from '#lib/formats/text.ts';
import { judgeKey } from '#lib/sdk/judge-key.ts';
import { explain } from '#lib/messages/explain.ts';
import { readBytes } from '#lib/sdk/node/files.ts';
import { makeRequest, type MadeRequest } from '#lib/sdk/node/request.ts';
import { command, shared } from '#server/cli/base/command.ts';
import { nowSeconds, openLocalState } from './local-machine.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { qrOptions, showQr } from './qr-output.ts';
import { linesOf, placeFor, writeBeside } from '#server/cli/base/texts.ts';

export const requestCommand = command({
	name: 'request',
	description: 'Make an activation request to carry to a desk or hub',
	args: {
		key: {
			type: 'string',
			required: true,
			valueHint: 'KEY|NUMBER|FILE',
			description: 'License key, number, .kflic file, or - for standard input'
		},
		name: { type: 'string', required: true, description: 'Person who requests it' },
		organization: { type: 'string', description: 'Organization it is for' },
		label: { type: 'string', description: 'Host name or asset tag (default: this host’s name)' },
		site: { type: 'string', description: 'Where it stands; machines of a site share a stick' },
		fingerprint: {
			type: 'string',
			valueHint: 'F',
			description: 'Fingerprint code of another machine'
		},
		given: shared.given,
		product: shared.product,
		version: { type: 'string', description: 'Version of the product' },
		repair: {
			type: 'boolean',
			description: 'This machine was repaired: also return what it held before'
		},
		out: { type: 'string', valueHint: 'FILE|DIR', description: 'Where to write; - prints it' },
		...qrOptions,
		state: shared.state
	},
	async run({
		key,
		name,
		organization,
		label,
		site,
		fingerprint,
		given,
		product,
		version,
		out,
		...rest
	}) {
		const repair = rest.repair ?? false;
		if (fingerprint !== undefined && (repair || given !== undefined))
			throw new UsageError(
				`--${repair ? 'repair' : 'given'} is for this machine, --fingerprint for another one.`
			);
		for (const [option, value] of Object.entries({ name, organization, label, site }))
			if (value !== undefined && asLine(value).length > NAME_LIMIT)
				throw new UsageError(`--${option} takes at most ${NAME_LIMIT} characters.`);
		const text = key === '-' || existsSync(key) ? await joined(key) : key;
		const entered = await judgeKey(text, { product, version });
		if (isRefusal(entered)) return entered;
		const other = fingerprint === undefined ? undefined : decodeFingerprint(fingerprint);
		if (isRefusal(other)) return other;
		const state = await openLocalState(rest.state, { repair });
		if (isRefusal(state)) return state;
		const made = await makeRequest(state, entered, {
			name,
			organization,
			label: (label ?? (other ? '' : hostname())) || undefined,
			site,
			version,
			given,
			machine: other,
			now: nowSeconds()
		});
		if (isRefusal(made)) return made;
		const { claims, file, returns, kept } = made;
		const json = {
			request: claims.jti,
			number: claims.num,
			label: claims.label,
			file,
			returns: returns.map(({ act }) => act)
		};
		const notices = kept.map(
			({ activation: { num, title }, reason }) =>
				`Not given back: ${title} (${num}). ${explain(reason).title}`
		);
		if (repair && returns.length === 0)
			notices.push('Note: this machine holds nothing that had to be given back.');
		const codes = showQr([file], rest);
		if (out === '-') return { lines: [...linesOf(file), ...codes], json, notices };
		const { path } = writeBeside(placeFor(out, made.name), file);
		const beside = join(dirname(path), answerName(basename(path), 'activation'));
		const hints = new Set([beside, answerName(made.name, 'activation')]);
		const [answer = '', fromDesk] = [...hints];
		return {
			lines: [
				path,
				'',
				...describeReturns(returns),
				'Carry it out as this file, or copy and paste its text.',
				'Import it into a desk, or run "keyferry submit" where the hub can be reached.',
				`Bring the answer back and run: keyferry load ${answer}`,
				...(fromDesk ? [`(A desk names it ${fromDesk}.)`] : []),
				...codes
			],
			json: { ...json, path },
			notices
		};
	}
});

function describeReturns(returns: MadeRequest['returns']): string[] {
	if (returns.length === 0) return [];
	return [
		'It carries what this machine gives back; all of it is locked here:',
		...returns.map(({ title, num, label }) => `  ${title} (${num})${label ? `, ${label}` : ''}`),
		''
	];
}

/** A number may stand in a file as well. */
async function joined(input: string): Promise<string> {
	const bytes = readFileSync(input === '-' ? 0 : input);
	const pieces = await readBytes(input, bytes);
	const texts = pieces.flatMap(({ text }) => text ?? []);
	return texts.length > 0 ? texts.join('\n') : decodeText(bytes);
}
