/**
 * Licensing by a site server: the product has no file of its own, but a seat among the server's clients.
 * [S2, S4, LE3, LE5]
 *
 * @module
 */
import type { SinceTable } from '#lib/domain/licenses/entitlement.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { claimAnywhere, type Claiming } from './client/claim-anywhere.ts';
import type { CountedClient } from './client/claim.ts';
import { SiteConnection } from './client/connection.ts';
import { discoverSites } from './client/discover.ts';
import { judgeSite, readSite, type KnownSite } from './client/site.ts';
import type { SiteAddress } from './client/wire.ts';
import { leaseWishes, type Connection, type ConnectWishes } from './connecting.ts';
import { openSiteClient } from './site-client.ts';
import { findServers } from './server-addresses.ts';
import type { MachineState } from './state.ts';
import { describeActivation, type Status } from './status.ts';
import { keepTrust, readTrust } from './trust.ts';

/** A status waits no longer for a server: what was last known is shown then. */
const STATUS_SECONDS = 3;

export type ServerOptions = {
	roots: readonly PublicJwk[];
	product: string;
	version?: string;
	since?: SinceTable;
	builtAt?: Seconds;
	server: string | readonly string[];
	ca?: string;
	client?: string;
};

export class ServerLicensing {
	readonly #state: MachineState;
	readonly #options: ServerOptions;
	#client: CountedClient | undefined;
	#connection: SiteConnection | undefined;
	#known: KnownSite | undefined;

	constructor(state: MachineState, options: ServerOptions) {
		this.#state = state;
		this.#options = options;
	}

	/** The same client that connects anew has its seat anew: no second one is taken. [LE3] */
	async connect(wishes: ConnectWishes): Promise<Connection | Refusal> {
		const named = this.#claiming();
		const claiming = {
			...named,
			// Only where nobody has named one: to look takes its time.
			addresses: named.addresses.length > 0 ? named.addresses : await this.#discover(),
			wishes: leaseWishes(wishes)
		};
		const before = this.#connection;
		before?.rest();
		const claimed = await claimAnywhere(claiming);
		if (isRefusal(claimed)) {
			before?.goOn();
			return claimed;
		}
		before?.leave();
		this.#connection = new SiteConnection(claiming, claimed);
		this.#known = this.#connection.site;
		return this.#connection;
	}

	/** Of the seat that there is; without one, nothing. */
	get entitlements(): readonly string[] {
		return this.#connection?.lease?.entitlements ?? [];
	}

	/** Of the server, and from memory where it does not answer. [K5] */
	async status(): Promise<Pick<Status, 'licenses' | 'server'>> {
		const asked = await this.#look();
		const isHere = !isRefusal(asked);
		const known = isHere ? asked : this.#known;
		if (known) this.#known = await judgeSite(known, this.#expecting());
		const { licenses = [], info, served, address } = this.#known ?? {};
		const connection = this.#connection;
		return {
			// The clock is the server's: what has passed by what hubs have signed has passed. [LE2]
			licenses: licenses.map(({ activation, reason, state }) =>
				describeActivation(activation, { reason, ...this.#options, now: state.trustedAt, state })
			),
			server: {
				reachable: isHere,
				reason: isHere ? undefined : asked,
				address: address?.origin,
				name: info?.name,
				version: info?.version,
				productVersion: served?.version,
				inUse: served?.inUse,
				clients: served?.clients,
				lease: connection?.lease,
				left: connection?.lease && connection.left
			}
		};
	}

	async #discover(): Promise<SiteAddress[]> {
		const { ca } = this.#options;
		return (await discoverSites()).map((origin) => ({ origin, ca }));
	}

	async #look(): Promise<KnownSite | Refusal> {
		const own = this.#connection?.site?.address;
		const all = this.#claiming().addresses;
		const others = all.filter(({ origin }) => origin !== own?.origin);
		let said: Refusal | undefined;
		for (const address of own ? [own, ...others] : others) {
			const site = await readSite(address, this.#expecting(), { seconds: STATUS_SECONDS });
			if (!isRefusal(site)) return site;
			said ??= site;
		}
		return said ?? refuse('SITE_UNREACHABLE', { addresses: [] });
	}

	/** Read anew each time: an administrator may have put a file there meanwhile. */
	#claiming(): Omit<Claiming, 'wishes'> {
		const { server, ca, client = process.env.KEYFERRY_CLIENT } = this.#options;
		const { folders } = this.#state;
		return {
			addresses: findServers(folders, server).map((origin) => ({ origin, ca })),
			expecting: this.#expecting(),
			client: (this.#client ??= openSiteClient(folders, client))
		};
	}

	/** @throws Where what was learned before is damaged; from then on nothing of it is read from the disk. */
	#expecting(): Claiming['expecting'] {
		const { roots, product, version, builtAt } = this.#options;
		const state = this.#state;
		let known = readTrust(state);
		const keep = (learned: typeof known) => {
			known = learned;
			try {
				keepTrust(state, learned);
			} catch (fault) {
				// Whoever may not write here, or has no room, learns it for as long as the program runs.
				if ((fault as NodeJS.ErrnoException).code === undefined) throw fault;
			}
		};
		return { roots, product, version, builtAt, trust: { read: () => known, keep } };
	}
}
