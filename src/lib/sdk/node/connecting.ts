/**
 * What `connect()` takes and gives, whichever licensing type a product runs under. [S4]
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import type { ListedResource } from '#lib/protocol/lease.ts';
import type { EventEmitter } from 'node:events';
import { hostname, userInfo } from 'node:os';
import type { LeaseWishes } from './client/claim.ts';
import type { ConnectionEvents } from './client/connection-events.ts';
import type { HeldLease } from './client/held-lease.ts';

/**
 * Where a product's licenses come from: files that lie on its machine; the same files, fetched and
 * renewed at a hub; or a site server that counts its clients, at the first of these addresses that
 * answers. No address leaves them to `KEYFERRY_SERVER`, then to `servers.txt` in the state folder. [S4, S6]
 */
export type LicensingType = 'file' | { online: string } | { server: string | readonly string[] };

export type ConnectWishes = {
	/** Entitlements without which the program has no use for a seat. */
	needs?: string[];
	/** A resource that the site server guards. [RS1] */
	resource?: string;
	/** Stand in line where no seat is free. */
	wait?: boolean;
	/** Shown to whoever is one too many: else the account and the host name. */
	user?: string;
	machine?: string;
};

/** The right to work, for as long as it is open. Files need none: theirs is always there. */
export type Connection = EventEmitter<ConnectionEvents> & {
	/** The seat at a site server; absent while the client waits or is locked, and of files. */
	readonly lease: HeldLease | undefined;
	/** Seconds for which work may go on if nobody is heard of again. */
	readonly left: number;
	/** What may be opened here; none of files. [RS1] */
	resources(): Promise<ListedResource[] | Refusal>;
	/** Gives the seat up. */
	close(): Promise<void>;
};

export function leaseWishes({ user, machine, ...wishes }: ConnectWishes): LeaseWishes {
	return { ...wishes, user: user ?? accountName(), machine: machine ?? hostname() };
}

/** A container may run as a number that has no account. */
function accountName(): string {
	try {
		return userInfo().username;
	} catch {
		return process.env.USER ?? 'unknown';
	}
}
