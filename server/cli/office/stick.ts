/** `keyferry stick`: what is new for the machines of a site, in one archive that is carried there. [SK1] */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { utcDay } from '#lib/domain/calendar.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { packSticks } from '#lib/formats/stick.ts';
import { stickTexts } from '#lib/messages/stick.ts';
import type { StickSite, StickFiles } from '#lib/protocol/stick.ts';
import type { Me } from '#server/rpc/procedures.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError, type Outcome } from '#server/cli/base/outcome.ts';
import { progress, table, writeBeside } from '#server/cli/base/texts.ts';
import { findOwnCustomer } from './user.ts';

/** What a machine of a site without a name is listed under. */
const NO_SITE = '(no site)';

export const stickCommand = command({
	name: 'stick',
	description: 'Save a stick for each site: the newest files of its machines, to be loaded there',
	args: {
		site: {
			type: 'positional',
			required: false,
			valueHint: 'SITE…',
			description: 'Only these sites (default: every site of the customer)'
		},
		customer: {
			type: 'string',
			valueHint: 'NAME|ID',
			description: 'Whose sites (default: your own customer)'
		},
		out: { type: 'string', valueHint: 'DIR', description: 'Folder for the sticks (default: .)' },
		...hubOrFolder
	},
	run: ({ _: named, customer, out = '.', ...place }) =>
		asking(place, async (ask) => {
			const customerId = await whoseSites(ask, customer);
			if (isRefusal(customerId)) return customerId;
			const input = { customerId };
			const known = await ask<StickSite[]>({ procedure: 'stick.sites', input, query: true });
			if (isRefusal(known)) return known;
			return saveAll(ask, { customerId, sites: chosenOf(known, named), out });
		})
});

type Row = { site: string; machines: number; files: number; bytes: number; path: string };

async function saveAll(
	ask: AskHub,
	{ customerId, sites, out }: { customerId: string; sites: readonly StickSite[]; out: string }
): Promise<Outcome | Refusal> {
	mkdirSync(out, { recursive: true });
	const day = utcDay(Math.floor(Date.now() / 1000));
	const tell = progress(sites.length);
	const rows: Row[] = [];
	for (const [at, { site, machines }] of sites.entries()) {
		const input = { customerId, site };
		const found = await ask<StickFiles>({ procedure: 'stick.files', input, query: true });
		if (isRefusal(found)) return found;
		const head = { customer: found.customer, site, day };
		for (const { fileName, bytes, files } of packSticks(head, found.files, stickTexts.en.index)) {
			const { path } = writeBeside(join(out, fileName), bytes);
			rows.push({ site, machines, files, bytes: bytes.length, path });
		}
		tell(at + 1);
	}
	const cells = rows.map(({ site, machines, files, bytes, path }) => [
		site || NO_SITE,
		`${machines}`,
		`${files}`,
		`${Math.ceil(bytes / 1024)} KiB`,
		path
	]);
	if (rows.length === 0) return { lines: ['No machine holds a seat.'], json: [] };
	return { lines: table([['site', 'machines', 'files', 'size', 'stick'], ...cells]), json: rows };
}

/** One's own, where there is only one. */
async function whoseSites(ask: AskHub, named: string | undefined): Promise<string | Refusal> {
	if (named !== undefined) return findOwnCustomer(ask, named);
	const me = await ask<Me | null>({ procedure: 'session.me', query: true });
	if (isRefusal(me)) return me;
	const [own, ...more] = me?.customers ?? [];
	if (!own || more.length > 0) throw new UsageError('Say by --customer whose sites are meant.');
	return own.id;
}

function chosenOf(known: readonly StickSite[], named: readonly string[]): readonly StickSite[] {
	if (named.length === 0) return known;
	return named.map((name) => {
		const exact = known.find(({ site }) => site === name || (site || NO_SITE) === name);
		const found =
			exact ?? known.find(({ site }) => site.toLowerCase() === name.trim().toLowerCase());
		if (found) return found;
		const sites = known.map(({ site }) => site || NO_SITE).join(', ') || 'none';
		throw new UsageError(`There is no site ${name} where a machine holds a seat. Sites: ${sites}.`);
	});
}
