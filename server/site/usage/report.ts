/**
 * The use of a product at this site as a file that is carried out: signed by the machine key, with the
 * activation that names it. [US2]
 *
 * @module
 */
import { join } from 'node:path';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { UsageHour } from '#lib/domain/site/usage.ts';
import { fileTokens, readFile, writeFile } from '#lib/formats/file.ts';
import { parseClaims, USAGE_HOURS_LIMIT } from '#lib/formats/tokens.ts';
import { openMachineKey } from '#lib/sdk/node/machine-key.ts';
import { findStateFolders } from '#lib/sdk/node/state-folder.ts';
import { makeUsage } from '#lib/signing/usage.ts';

export type Reported = {
	/** What the site is called. */
	site: string;
	/** An activation file of the product that is active here. */
	activationFile: string;
	clients: number;
	hours: readonly UsageHour[];
	/** First hour, and the one after the last. */
	span: { from: number; to: number };
	now: number;
};

/**
 * @param folder - The site's: its state folder holds the machine key.
 * @throws Where the file is none of an activation: this server keeps no other.
 */
export async function writeReport(
	folder: string,
	{ site, activationFile, clients, hours, span, now }: Reported
): Promise<string> {
	const file = readFile(activationFile);
	if (isRefusal(file)) throw new Error(`an activation file is damaged: ${file.refused}`);
	const activation = parseClaims('activation', file.body.payload);
	if (isRefusal(activation)) throw new Error('an activation file of other claims');
	const { signer, jwk } = await openMachineKey({
		folders: findStateFolders(join(folder, 'state'))
	});
	const from = Math.max(span.from, span.to - USAGE_HOURS_LIMIT);
	const said = { site, clients, hours, span: { from, to: span.to - 1 } };
	const token = await makeUsage(activation, { ...said, signer, jwk, now });
	const day = (hour: number) => new Date(hour * 3_600_000).toISOString().slice(0, 10);
	return writeFile(
		[...fileTokens(file).map(({ text }) => text), token],
		[`Usage of ${activation.title} at ${site}`, `${day(from)} to ${day(span.to - 1)}`]
	);
}
