/**
 * What operations work with: the store, the keys and the time, handed in by whoever starts the hub.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import type { Signer } from '#lib/signing/keys.ts';
import type { Database } from '#server/db/store.ts';

export type Hub = {
	db: Database;
	/** Changes when a hub is restored from a backup. [SY6] */
	epoch: string;
	/** Who signs, as files say it. */
	iss: string;
	signer: Signer;
	/** Roots that vouch for this hub's keys: what machines bring back is verified under them. */
	roots: readonly PublicJwk[];
	/** Hub keys that a root has voided: nothing that they signed counts. [FI8] */
	voided: readonly string[];
	/** Trust token for delivered files, where it says more than the roots. [FI5] */
	trustToken?: string;
	/** The root-signed grant of a hub key, current or retired. */
	grantOf(kid: string): string;
	/** Learns the grant of a key that this hub has forgotten, from a file that it once signed. */
	addGrant(kid: string, grant: string): void;
	seal: { seal(text: string, about: string): string; open(sealed: string, about: string): string };
	/** Told of what one command threw, under the id that its author is given. */
	onFault?: (support: string, fault: unknown) => void;
	/** Hub time, in whole seconds. It never goes back. [CL3] */
	now(): Seconds;
	/** Hub time up to which seats may be freed by it: `now`, or earlier after a leap. [CL3] */
	freeingTime(): Seconds;
	/** Staff say that the clock is right after a leap. @returns The leap, if there was one. [CL3] */
	confirmTime(actor: string): Promise<{ from: Seconds; to: Seconds } | undefined>;
};

/** Roles of a customer's members. Managers see license keys; technicians see the rest. */
export type Role = 'manager' | 'technician';

/** Who asks, as sessions and API keys say. Nobody in particular is `undefined`. */
export type Asker = {
	userId: string;
	/** Vendor staff may see and do everything. */
	staff: boolean;
	roles: ReadonlyMap<string, Role>;
};

export function mayRead(asker: Asker | undefined, customerId: string): boolean {
	return asker !== undefined && (asker.staff || asker.roles.has(customerId));
}

export function maySeeKeys(asker: Asker, customerId: string): boolean {
	return asker.staff || asker.roles.get(customerId) === 'manager';
}

/** Managers look after the seats of their customer. [SE6] */
export function mayManage(asker: Asker, customerId: string): boolean {
	return maySeeKeys(asker, customerId);
}

/** How the audit names who brought something. [AU1] */
export function actorOf(asker: Asker | undefined): string {
	return asker?.userId ?? 'carrier';
}
