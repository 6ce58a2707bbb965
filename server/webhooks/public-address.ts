/**
 * Addresses that anybody on the internet has, and no machine beside this one: what an admin types, or a name
 * server answers, must not make the hub ask its own network. [WH1]
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry/
 * @module
 */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const special = new BlockList();
for (const [network, prefix] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3]
] as const)
	special.addSubnet(network, prefix, 'ipv4');

/** Everything that is given out to the world begins with 2 or 3; tunnels in it carry other addresses. */
const world = new BlockList();
world.addSubnet('2000::', 3, 'ipv6');
const tunnels = new BlockList();
for (const [network, prefix] of [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['3fff::', 20]
] as const)
	tunnels.addSubnet(network, prefix, 'ipv6');

/** @param address - As a URL or a name server says it, without brackets. */
export function isPublicAddress(address: string): boolean {
	switch (isIP(address)) {
		case 4:
			return !special.check(address, 'ipv4');
		case 6:
			return world.check(address, 'ipv6') && !tunnels.check(address, 'ipv6');
		default:
			return false;
	}
}

export class PrivateAddress extends Error {
	constructor(host: string) {
		super(`${host} leads into a private network or to this machine`);
	}
}

/** A name that leads to one such address, among others or not, leads nowhere. */
export const lookupPublic: LookupFunction = (host, options, done) => {
	lookup(host, { ...options, all: true }, (error, found) => {
		if (error) done(error, []);
		else if (!found.every(({ address }) => isPublicAddress(address)))
			done(new PrivateAddress(host), []);
		else if (options.all) done(null, found);
		else done(null, found[0]!.address, found[0]!.family);
	});
};
