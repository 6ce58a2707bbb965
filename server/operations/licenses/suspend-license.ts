/**
 * Suspending a license and taking that back. What was granted stays granted; nothing new is.
 *
 * @module
 */
import type { Hub } from '#server/hub/hub.ts';
import { changeLicense } from '#server/ledger/change-license.ts';

type Which = { customerId: string; licenseId: string };

/** Asked twice: the first time stands, and desks have nothing new to learn. */
export async function suspendLicense(hub: Hub, which: Which, actor = 'hub'): Promise<void> {
	await changeLicense(hub, which, (license) =>
		license.suspendedAt === null
			? {
					set: { suspendedAt: hub.now() },
					note: { actor, action: 'license.suspended', facts: {} }
				}
			: undefined
	);
}

export async function resumeLicense(hub: Hub, which: Which, actor = 'hub'): Promise<void> {
	await changeLicense(hub, which, (license) =>
		license.suspendedAt === null
			? undefined
			: { set: { suspendedAt: null }, note: { actor, action: 'license.resumed', facts: {} } }
	);
}
