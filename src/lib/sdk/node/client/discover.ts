/**
 * Site servers that say in the network where they are: DNS-SD (RFC 6763) over multicast, where the network
 * lets it. It gives addresses and no trust: what is found there proves itself as any other. [LC5]
 *
 * @module
 */
import type { Bonjour } from 'bonjour-service';
import { readAddresses } from './address.ts';

const TYPE = 'keyferry';
const PATIENCE_MS = 2_000;
/** After the first answer others of the same network are soon there. */
const REST_MS = 300;

/** @returns Origins; none where nobody answers, or the optional package `bonjour-service` is not there. */
export async function discoverSites(): Promise<string[]> {
	const found = new Set<string>();
	let bonjour: Bonjour | undefined;
	try {
		const packaged = await import('bonjour-service');
		await new Promise<void>((done) => {
			const limit = setTimeout(done, PATIENCE_MS);
			bonjour = new packaged.Bonjour(undefined, () => done());
			bonjour.find({ type: TYPE }, (service) => {
				for (const origin of originsOf(service)) found.add(origin);
				setTimeout(done, REST_MS);
			});
			limit.unref();
		});
	} catch {
		return [];
	} finally {
		bonjour?.destroy();
	}
	return [...found];
}

type FoundService = { host: string; port: number; addresses?: string[]; txt?: unknown };

/** What was chosen for people first, then addresses that need no interface to be named, then the name. */
export function originsOf({ host, port, addresses = [], txt }: FoundService): string[] {
	const { scheme, url } = (txt ?? {}) as { scheme?: unknown; url?: unknown };
	const named = addresses.filter((each) => !/^(fe80|169\.254)/i.test(each));
	const [six, four] = [true, false].map((is) => named.filter((each) => each.includes(':') === is));
	const hosts = [...four!, ...six!.map((each) => `[${each}]`), host];
	const own = hosts.map((each) => `${scheme === 'https' ? 'https' : 'http'}://${each}:${port}`);
	return readAddresses([...(typeof url === 'string' && url !== '' ? [url] : []), ...own]);
}
