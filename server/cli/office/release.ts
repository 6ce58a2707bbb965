/** `keyferry release add|list|withdraw`: what licenses may download. [P8] */
import { defineCommand } from 'citty';
import { parseDate } from '#lib/domain/calendar.ts';
import {
	isFileName,
	isReleaseVersion,
	platforms,
	type Platform
} from '#lib/domain/vendor/release.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { ListedRelease, SaidRelease } from '#lib/protocol/releases.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { findHub, type HubAddress } from '#server/cli/base/hub-client.ts';
import { UsageError, type Outcome } from '#server/cli/base/outcome.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';
import type { AskHub } from '#server/rpc/operator.ts';
import { readNotes, uploadReleaseFile, type SentRelease } from './release-files.ts';

const named = {
	product: { type: 'positional', required: true, valueHint: 'PRODUCT', description: 'Its slug' },
	version: {
		type: 'positional',
		required: true,
		valueHint: 'VERSION',
		description: 'Such as 8.2.1 or 8.3-rc1'
	}
} as const;

const add = command({
	name: 'add',
	description: 'Add a release, or files to one: uploaded, or lying at an address',
	args: {
		...named,
		platform: {
			type: 'string',
			valueHint: platforms.join('|'),
			description: 'What the files run on (any)'
		},
		date: { type: 'string', valueHint: 'YYYY-MM-DD', description: 'Its day, in UTC (today)' },
		notes: { type: 'string', valueHint: 'FILE', description: 'What is new, as text' },
		needs: { type: 'string', valueHint: 'A,B', description: 'Entitlements that it needs' },
		url: { type: 'string', valueHint: 'URL', description: 'Where the one file lies, not uploaded' },
		name: {
			type: 'string',
			valueHint: 'NAME',
			description: 'With --url: its name (of the address)'
		},
		size: { type: 'string', valueHint: 'BYTES', description: 'With --url' },
		sha256: { type: 'string', valueHint: 'HEX', description: 'With --url' },
		...hubOrFolder
	},
	async run({ _: [, , ...files], product, version, platform = 'any', ...args }) {
		if (!isReleaseVersion(version))
			throw new UsageError(`${version} is no version: write it like 8.2.1.`);
		const where = platforms.find((each) => each === platform);
		if (!where) throw new UsageError(`--platform takes one of ${platforms.join(', ')}.`);
		if (files.length > 0 && args.url !== undefined)
			throw new UsageError('Name files, or one by --url.');
		if (files.length > 0 && args.data !== undefined)
			throw new UsageError('Files are uploaded to a running hub: leave --data out, or use --url.');
		const releasedAt = args.date === undefined ? undefined : parseDate(args.date, 'start');
		if (isRefusal(releasedAt)) return releasedAt;
		const said: SaidRelease = {
			product,
			version,
			releasedAt,
			notes: args.notes === undefined ? undefined : readNotes(args.notes),
			entitlements: args.needs?.split(',').map((each) => each.trim())
		};
		const linked = args.url === undefined ? undefined : linkOf({ ...args, url: args.url });
		return asking(args, async (ask) => {
			const saved = await ask<{ isNew: boolean }>({ procedure: 'release.save', input: said });
			if (isRefusal(saved)) return saved;
			const of = { product, version, platform: where };
			if (linked) {
				const done = await ask({ procedure: 'release.addLink', input: { ...of, ...linked } });
				if (isRefusal(done)) return done;
			}
			const sent = await sendAll(files.length > 0 ? findHub(args) : undefined, ask, { files, of });
			if (isRefusal(sent)) return sent;
			return told({ ...of, isNew: saved.isNew }, [...sent, ...(linked ? [linked] : [])]);
		});
	}
});

/** One after the other: what is there stays so where a later one is refused. */
async function sendAll(
	hub: HubAddress | undefined,
	ask: AskHub,
	{ files, of }: { files: readonly string[]; of: Omit<SentRelease, 'path'> }
) {
	const sent: { name: string; size: number; sha256: string }[] = [];
	for (const path of files) {
		const done = await uploadReleaseFile(hub!, ask, { path, ...of });
		if (isRefusal(done)) return done;
		sent.push(done);
	}
	return sent;
}

function told(
	of: { product: string; version: string; platform: Platform; isNew: boolean },
	files: readonly { name: string; size: number; sha256: string }[]
): Outcome {
	const { product, version, platform, isNew } = of;
	const head = isNew ? 'is released' : 'was there';
	const rows = files.map(({ name, size, sha256 }) => [name, platform, `${size} bytes`, sha256]);
	return {
		lines: [`${product} ${version} ${head}${files.length > 0 ? ', with' : '.'}`, ...table(rows)],
		json: { ...of, files }
	};
}

function linkOf({
	url,
	name,
	size,
	sha256
}: {
	url: string;
	name?: string;
	size?: string;
	sha256?: string;
}) {
	const address = URL.parse(url);
	if (!address || !/^https?:$/.test(address.protocol))
		throw new UsageError(`${url} is no address of a file.`);
	const called = name ?? decodeURIComponent(address.pathname.split('/').at(-1) ?? '');
	if (!isFileName(called))
		throw new UsageError(`${called || url} is no name of a file: choose one by --name.`);
	if (size === undefined || !/^[1-9]\d{0,14}$/.test(size))
		throw new UsageError('--url needs --size BYTES: what is downloaded is checked by it.');
	const sum = sha256?.toLowerCase() ?? '';
	if (!/^[0-9a-f]{64}$/.test(sum))
		throw new UsageError('--url needs --sha256 HEX: what is downloaded is checked by it.');
	return { url, name: called, size: Number(size), sha256: sum };
}

const list = command({
	name: 'list',
	description: 'List releases with their files, the newest first',
	args: {
		product: { type: 'string', valueHint: 'SLUG', description: 'Only of this product' },
		...hubOrFolder
	},
	run: ({ product, ...args }) =>
		asking(args, async (ask): Promise<Outcome | Refusal> => {
			const input = { product };
			const rows = await ask<ListedRelease[]>({ procedure: 'release.list', input, query: true });
			if (isRefusal(rows)) return rows;
			const head = ['product', 'version', 'day', 'platform', 'file', 'bytes', 'state'];
			const cells = rows.flatMap((row) => {
				const { artefacts, missing, withdrawnAt } = row;
				const about = [row.product, row.version, isoDay(row.releasedAt)];
				const gone = withdrawnAt === undefined ? '' : `withdrawn ${isoDay(withdrawnAt)}`;
				if (artefacts.length === 0) return [[...about, '', 'no file yet', '', gone]];
				return artefacts.map(({ id, platform, name, size, url }) => {
					const state = gone || (missing.includes(id) ? 'missing' : url ? 'elsewhere' : '');
					return [...about, platform, name, `${size}`, state];
				});
			});
			return { lines: table([head, ...cells]), json: rows };
		})
});

const withdraw = command({
	name: 'withdraw',
	description: 'Offer a release to nobody any more; it stays in the list',
	args: {
		...named,
		reason: { type: 'string', required: true, valueHint: 'TEXT', description: 'For the audit' },
		...hubOrFolder
	},
	run: ({ product, version, reason, ...args }) =>
		asking(args, async (ask) => {
			const input = { product, version, reason };
			const done = await ask<null>({ procedure: 'release.withdraw', input });
			if (isRefusal(done)) return done;
			return { lines: [`${product} ${version} is withdrawn.`], json: input };
		})
});

export const releaseCommand = defineCommand({
	meta: { name: 'release', description: 'Releases of products: add, list, withdraw' },
	subCommands: { add, list, withdraw }
});
