/**
 * A site server that can be found in its network, where its admin wants it: DNS-SD (RFC 6763) says where
 * it is and nothing else. Nobody trusts it for that. [LC5]
 *
 * @module
 */
import { Bonjour } from 'bonjour-service';
import { isLoopback } from './own-names.ts';
import type { Site } from './site.ts';

/** `_keyferry._tcp` */
const TYPE = 'keyferry';
const LOOK_MS = 1_000;

export type Announced = {
	/** Where it listens: its address, and the name or network that it was told. */
	listening: string;
	host: string;
	/** The address that people were given, where there is one. */
	origin: () => string | undefined;
};

/** As the setting says from now on. @returns What takes it back. */
export function followAnnouncing(site: Site, { listening, host, origin }: Announced): () => void {
	const { port, protocol } = new URL(listening);
	// Nobody else reaches it there.
	if (isLoopback(host)) return () => undefined;
	let said = '';
	let takeBack = (): void => undefined;
	const look = () => {
		const url = origin() ?? '';
		const now = site.settings.read('announce') ? `${site.name()} ${url}` : '';
		if (now === said) return;
		said = now;
		takeBack();
		takeBack = now === '' ? () => undefined : publish(site.name(), { port, protocol, url });
	};
	look();
	const looking = setInterval(look, LOOK_MS).unref();
	return () => {
		clearInterval(looking);
		takeBack();
	};
}

/** A network without multicast is no fault: clients are given the address then. */
function publish(
	name: string,
	{ port, protocol, url }: { port: string; protocol: string; url: string }
): () => void {
	const bonjour = new Bonjour(undefined, () => undefined);
	bonjour.publish({
		name: name.slice(0, 60),
		type: TYPE,
		port: Number(port),
		txt: { scheme: protocol.replace(':', ''), url },
		probe: false
	});
	return () => {
		bonjour.unpublishAll(() => bonjour.destroy());
	};
}
