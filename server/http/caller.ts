/**
 * Who calls, and under which address they reach this hub: as the socket says it, or a proxy that is
 * trusted by name. What anybody else writes into a header is believed by nobody. [HT1]
 *
 * @module
 */
import { BlockList, isIP } from 'node:net';

/** How a hub is reached. */
export type Reach = {
	/** Its public origin. Absent: each request's own, as a hub on a LAN has many names. */
	origin?: string;
	/** Proxies whose word counts. */
	proxies: Proxies;
	/** Whether the hub itself ends TLS. */
	isTls: boolean;
};

export type Proxies = Pick<BlockList, 'check'>;

export type Caller = {
	/** The caller's own address, beyond the trusted proxies. */
	address: string;
	/** Origin of this hub, as this caller has it. */
	origin: string;
	/** Whether the caller's own line is encrypted. */
	isSecure: boolean;
};

/** @param socketAddress - Of whoever holds the line. */
export function callerOf(
	{ origin: publicOrigin, proxies, isTls }: Reach,
	{ headers, url }: Request,
	socketAddress: string
): Caller {
	const near = plainAddress(socketAddress);
	const isProxied = isAmong(proxies, near);
	const said = isProxied ? last(headers.get('x-forwarded-proto'))?.toLowerCase() : undefined;
	const scheme = said === 'https' || said === 'http' ? said : isTls ? 'https' : 'http';
	const origin = publicOrigin ?? `${scheme}://${hostOf(url, scheme)}`;
	return {
		address: isProxied ? (beyond(proxies, headers.get('x-forwarded-for')) ?? near) : near,
		origin,
		isSecure: scheme === 'https' || origin.startsWith('https:')
	};
}

/** Whether a request names the public address, where there is one. */
export function isAddressed({ origin }: Reach, { url }: Request): boolean {
	if (origin === undefined) return true;
	const { host, protocol } = new URL(origin);
	return hostOf(url, protocol.slice(0, -1)) === host;
}

/** Host and port, the scheme's own port left out. */
function hostOf(url: string, scheme: string): string {
	const rest = url.slice(url.indexOf('://'));
	return new URL(scheme + rest).host;
}

/** Each proxy appends who called it: the first from the right that is none of ours is the caller. */
function beyond(proxies: Proxies, forwarded: string | null): string | undefined {
	const hops = (forwarded ?? '').split(',').map((each) => plainAddress(each.trim()));
	const at = hops.findLastIndex((each) => !isAmong(proxies, each));
	const found = hops[at] ?? hops[0];
	return found !== undefined && isIP(found) > 0 ? found : undefined;
}

function last(list: string | null): string | undefined {
	return list?.split(',').at(-1)?.trim();
}

/** An IPv4 address is the same on a socket that takes both kinds. */
export function plainAddress(address: string): string {
	return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function isAmong(proxies: Proxies, address: string): boolean {
	const kind = isIP(address);
	return kind > 0 && proxies.check(address, kind === 6 ? 'ipv6' : 'ipv4');
}

/** @returns `undefined` where one of them is neither an address nor a network. */
export function proxiesOf(networks: readonly string[]): Proxies | undefined {
	const list = new BlockList();
	for (const network of networks) {
		const [address = '', bits, ...more] = network.split('/');
		const kind = isIP(address);
		const width = kind === 6 ? 128 : 32;
		const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
		if (kind === 0 || prefix < 0 || prefix > width || more.length > 0) return undefined;
		list.addSubnet(address, prefix, kind === 6 ? 'ipv6' : 'ipv4');
	}
	return list;
}

/** @returns `undefined` for what is no address of a whole site: another scheme, a path, a user name. */
export function originOf(address: string): string | undefined {
	const url = URL.parse(address);
	if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
	const isWhole = url.pathname === '/' && url.search === '' && url.hash === '';
	return isWhole && url.username === '' && url.password === '' ? url.origin : undefined;
}
