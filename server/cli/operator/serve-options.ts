/**
 * How the options of a hub are typed: roles, ports, addresses, proxies and mail servers.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { originOf, proxiesOf } from '#server/http/caller.ts';
import type { ServeOptions } from '#server/serve.ts';
import { UsageError } from '#server/cli/base/outcome.ts';

export function roleOf(text: string): 'hub' | 'site' {
	if (text === 'hub' || text === 'site') return text;
	throw new UsageError(`There is no role ${text}: use hub or site.`);
}

/** A site server marks its folder; whatever else is there is a hub's. */
export function roleOfFolder(folder: string): 'hub' | 'site' {
	return existsSync(join(folder, 'site.json')) ? 'site' : 'hub';
}

export function reachOf(url = '', proxy = ''): NonNullable<ServeOptions['reach']> {
	const origin = url === '' ? undefined : originOf(url);
	if (url !== '' && origin === undefined)
		throw new UsageError(
			`${url} is no public address: give scheme and host, as in https://hub.example.com`
		);
	const proxies = proxiesOf(proxy.split(/[\s,]+/).filter((each) => each !== ''));
	if (!proxies)
		throw new UsageError(`${proxy} is no list of addresses and networks, such as 10.0.0.0/8,::1`);
	return { origin, proxies, named: proxy === '' ? undefined : proxy };
}

export function smtpOf(address = '', from = ''): ServeOptions['smtp'] {
	if (address === '') return undefined;
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
		// It holds a password: it is not repeated.
		throw new UsageError(
			'KEYFERRY_SMTP is no mail server: write smtp://USER:PASSWORD@HOST:587, or smtps:// for port 465.'
		);
	if (!/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/.test(from))
		throw new UsageError(
			'Mail needs a sender: KEYFERRY_MAIL_FROM="Example Software <licenses@example.com>".'
		);
	return { url, from };
}

export function portOf(text: string): number {
	const port = Number(text);
	if (/^\d{1,5}$/.test(text) && port < 65_536) return port;
	throw new UsageError(`${text} is no port.`);
}

/** Each holds up to ten connections of the database. */
const MOST_WORKERS = 64;

export function workersOf(text: string): number {
	const count = Number(text);
	if (/^\d{1,2}$/.test(text) && count >= 1 && count <= MOST_WORKERS) return count;
	throw new UsageError(`${text} is no number of workers: give 1 to ${MOST_WORKERS}.`);
}
