/** `keyferry license renew`: new ends and terms, and the next file of every machine that has a seat. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { fileName, fileStem } from '#lib/formats/file-name.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import type { Renewed } from '#server/operations/licenses/renew-license.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { callHub, findHub, type HubAddress } from '#server/cli/base/hub-client.ts';
import { endOptions, readEnds, tellEnds, type LicenseEnds } from './license-ends.ts';
import { majors, optional, readTerms, termOptions } from './license-terms.ts';
import { UsageError, type Outcome } from '#server/cli/base/outcome.ts';
import { table, writeBeside } from '#server/cli/base/texts.ts';

type Row = { number: string; label?: string; generation?: number; file?: string };

export const renewCommand = command({
	name: 'renew',
	description: 'Renew licenses: a new file for every machine with a seat, no new requests needed',
	args: {
		number: {
			type: 'positional',
			required: true,
			valueHint: 'NUMBER…',
			description: 'License numbers'
		},
		...endOptions,
		...termOptions,
		versions: { type: 'string', valueHint: '8 or 8-9', description: 'Major versions covered' },
		grace: {
			type: 'string',
			valueHint: 'DAYS',
			description: 'Days after its end in which files still open; 0 for none (default: as before)'
		},
		out: { type: 'string', valueHint: 'DIR', description: 'Folder for the files (default: .)' },
		...hubOptions
	},
	async run({ _: typed, out = '.', ...args }): Promise<Outcome | Refusal> {
		const numbers: string[] = [];
		for (const text of typed) {
			const number = parseLicenseNumber(text);
			if (isRefusal(number)) return number;
			numbers.push(number);
		}
		const ends = readEnds(args);
		if (isRefusal(ends)) return ends;
		const changes = {
			expiresAt: ends.expiresAt,
			maintainedUntil: ends.maintainedUntil,
			...readTerms(args),
			versions: args.versions === undefined ? undefined : majors(args.versions),
			graceDays: optional('grace', args.grace, 0)
		};
		if (Object.values(changes).every((change) => change === undefined))
			throw new UsageError('Name what changes, for example --expires 2028-12-31.');
		return renewAll(findHub(args), [...new Set(numbers)], { changes, out });
	}
});

/** One license after the other: what is renewed stays so where a later one is refused. */
async function renewAll(
	hub: HubAddress,
	numbers: readonly string[],
	{ changes, out }: { changes: LicenseEnds; out: string }
): Promise<Outcome | Refusal> {
	const rows: Row[] = [];
	for (const number of numbers) {
		const renewed = await callHub<Renewed>(hub, {
			procedure: 'license.renew',
			input: { number, ...changes }
		});
		if (isRefusal(renewed)) return renewed;
		if (renewed.files.length === 0) rows.push({ number });
		rows.push(...writeFiles(renewed.files, out).map((each) => ({ number, ...each })));
	}
	const cells = rows.map(({ number, label = '', generation, file = 'no machine has a seat' }) => [
		number,
		label,
		generation === undefined ? '' : `${generation}`,
		file
	]);
	const files = rows.filter(({ file }) => file !== undefined).length;
	return {
		lines: [
			...table([['license', 'label', 'generation', 'file'], ...cells]),
			'',
			`${numbers.length} renewed, ${files} files for their machines.`,
			...tellEnds(changes)
		],
		json: rows
	};
}

/** Next files of machines, each under its machine's name. */
export function writeFiles(
	files: Renewed['files'],
	out: string
): { label?: string; generation: number; file: string }[] {
	mkdirSync(out, { recursive: true });
	return files.map(({ label, generation, file }) => {
		const { path } = writeBeside(join(out, nameOfActivation(file)), file);
		return { label, generation, file: path };
	});
}

/** The stem of the newest request, so that the machine's own files lie side by side. [FI4] */
export function nameOfActivation(text: string): string {
	const file = readFile(text);
	const claims = isRefusal(file) ? file : parseClaims('activation', file.body.payload);
	if (isRefusal(claims)) throw new Error(`The hub's file is damaged: ${claims.refused}.`);
	const { label, num: number, req: request } = claims;
	return fileName('activation', fileStem({ label, number, request }));
}
