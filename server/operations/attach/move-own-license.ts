/**
 * An owner moves a license that was never used to another customer of theirs. There is no merging of
 * customers: this and lists of all of them together take its place. [AT1, SE7]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { may, type Asker, type Hub } from '#server/hub/hub.ts';
import { findLicenseByNumber } from '#server/operations/licenses/find-license.ts';
import {
	moveLicense,
	type Moved,
	type NotMoved
} from '#server/operations/licenses/move-license.ts';

const action = 'license.move-own';

/** Whoever does not belong to the other customer is answered as if it were not there. [RE2] */
export async function moveOwnLicense(
	hub: Hub,
	{ number, customerId: to }: { number: string; customerId: string },
	asker: Asker
): Promise<Moved | NotMoved | Refusal<'LICENSE_NOT_FOUND' | 'NOT_PERMITTED'>> {
	const which = await findLicenseByNumber(hub, number, asker);
	if (isRefusal(which)) return which;
	if (!may(asker, 'customer.read', to)) return refuse('NOT_FOUND', { what: `customer ${to}` });
	if (!may(asker, action, which.customerId) || !may(asker, action, to))
		return refuse('NOT_PERMITTED', { action });
	return moveLicense(hub, which, to, asker.userId, { whole: true });
}
