/**
 * What operations work with: the store, the keys and the time, handed in by whoever starts the hub.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/license.ts';
import type { Signer } from '#lib/signing/keys.ts';
import type { Database } from '#server/db/store.ts';

export type Hub = {
	db: Database;
	/** Changes when a hub is restored from a backup. [SY6] */
	epoch: string;
	/** Who signs, as files say it. */
	iss: string;
	signer: Signer;
	/** The root-signed grant of a hub key, current or retired. */
	grantOf(kid: string): string;
	seal: { seal(text: string, about: string): string; open(sealed: string, about: string): string };
	/** Hub time, in whole seconds. */
	now(): Seconds;
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
