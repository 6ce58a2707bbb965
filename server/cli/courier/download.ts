/** `keyferry download`: the release that a license may run, checked. [P8] */
import { mkdirSync, readFileSync } from 'node:fs';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { platforms, type Platform } from '#lib/domain/vendor/release.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { decodeText } from '#lib/formats/text.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { DownloadLink } from '#lib/protocol/releases.ts';
import { proofOf } from '#lib/signing/request.ts';
import { command, hubOptions } from '#server/cli/base/command.ts';
import { findHub, postToHub, type HubAddress } from '#server/cli/base/hub-client.ts';
import { UsageError, type Outcome } from '#server/cli/base/outcome.ts';
import { isoDay, table } from '#server/cli/base/texts.ts';
import { fetchFile, type Fetched } from './fetch-file.ts';

export const downloadCommand = command({
	name: 'download',
	description: 'Download the newest release that a license may run, and check it',
	args: {
		product: { type: 'positional', required: true, valueHint: 'PRODUCT', description: 'Its slug' },
		version: { type: 'string', valueHint: 'VERSION', description: 'This one and no other' },
		platform: {
			type: 'string',
			valueHint: platforms.join('|'),
			description: 'What it is to run on (default: this machine)'
		},
		license: {
			type: 'string',
			valueHint: 'NUMBER',
			description: 'By this license (default: the best of those that the API key may see)'
		},
		key: {
			type: 'string',
			valueHint: 'FILE',
			description: 'License key file, instead of an API key'
		},
		request: {
			type: 'string',
			valueHint: 'FILE',
			description: 'Request file of a machine made with the license key, instead of an API key'
		},
		out: { type: 'string', valueHint: 'DIR', description: 'Folder for it (default: .)' },
		...hubOptions
	},
	async run({ product, version, out = '.', ...args }) {
		const platform = args.platform ?? thisPlatform();
		const where = platforms.find((each) => each === platform);
		if (!where) throw new UsageError(`Say by --platform what it runs on: ${platforms.join(', ')}.`);
		const shown = await proofIn(args);
		if (isRefusal(shown)) return shown;
		const hub = findHub(args);
		const ask = (only = version) =>
			postToHub<Answer>(hub, '/v1/releases', {
				product,
				platform: where,
				version: only,
				...shown()
			});
		const answer = await ask();
		if (isRefusal(answer)) return answer;
		if (answer.product !== product)
			return refuse('PRODUCT_MISMATCH', { expected: product, found: answer.product });
		const files = filesFor(answer.release, where);
		if (isRefusal(files)) return files;
		mkdirSync(out, { recursive: true });
		const fetched = await fetchAll(hub, files, { ask: () => ask(answer.release.version), out });
		return isRefusal(fetched) ? fetched : told(answer, fetched);
	}
});

type ReleaseFile = DownloadLink & { platform: Platform };

/** What `POST /v1/releases` says. */
type Answer = {
	license: string;
	product: string;
	title: string;
	release: { version: string; releasedAt: number; files: ReleaseFile[] };
	newer: { version: string; releasedAt: number; why: { title: string; next: string }[] }[];
};

function thisPlatform(): string {
	const system = { win32: 'windows', darwin: 'macos' }[process.platform as string];
	return `${system ?? process.platform}-${process.arch}`;
}

/** Who asks, if no API key says it: made anew for each call. */
async function proofIn({
	license,
	key,
	request
}: {
	license?: string;
	key?: string;
	request?: string;
}): Promise<(() => object) | Refusal> {
	if (request !== undefined) {
		const text = decodeText(readFileSync(request));
		return () => ({ request: text });
	}
	if (key !== undefined) {
		const file = readFile(decodeText(readFileSync(key)));
		const claims = isRefusal(file) ? file : parseClaims('license', file.body.payload);
		if (isRefusal(claims)) return claims;
		const id = uuidv7();
		const mac = await proofOf(claims.sec, id, 'releases');
		return () => ({ license: claims.num, proof: { id, mac } });
	}
	if (license === undefined) return () => ({});
	const number = parseLicenseNumber(license);
	return isRefusal(number) ? number : () => ({ license: number });
}

/** Those of the platform; where it has none of its own, those that run everywhere. */
function filesFor({ version, files }: Answer['release'], platform: Platform) {
	const own = files.filter((each) => each.platform === platform);
	const found = own.length > 0 ? own : files.filter((each) => each.platform === 'any');
	if (found.length > 0) return found;
	const known = [...new Set(files.map((each) => each.platform))];
	return refuse('PLATFORM_NOT_RELEASED', { version, platform, platforms: known });
}

async function fetchAll(
	hub: HubAddress,
	files: readonly ReleaseFile[],
	{ ask, out }: { ask: () => Promise<Answer | Refusal>; out: string }
): Promise<Fetched[] | Refusal> {
	const fetched: Fetched[] = [];
	for (const file of files) {
		let first: DownloadLink | undefined = file;
		const linkOf = async (): Promise<DownloadLink | Refusal> => {
			const known = first;
			first = undefined;
			if (known) return known;
			const answer = await ask();
			if (isRefusal(answer)) return answer;
			const again = answer.release.files.find(({ sha256 }) => sha256 === file.sha256);
			return again ?? refuse('NOT_FOUND', { what: file.name });
		};
		const done = await fetchFile(hub, linkOf, out);
		if (isRefusal(done)) return done;
		fetched.push(done);
	}
	return fetched;
}

function told({ license, title, product, release, newer }: Answer, files: Fetched[]): Outcome {
	const { version, releasedAt } = release;
	const rows = files.map(({ path, size, sha256 }) => [path, `${size} bytes`, sha256]);
	const bars = newer.flatMap((each) =>
		each.why.map(({ title: said, next }) => `Not ${each.version}: ${said} ${next}`)
	);
	return {
		lines: [
			`${title} ${version} of ${isoDay(releasedAt)}, for license ${license}:`,
			...table(rows)
		],
		notices: bars,
		json: { license, product, version, releasedAt, files, newer }
	};
}
