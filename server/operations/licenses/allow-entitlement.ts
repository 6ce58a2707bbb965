/**
 * Switching one entitlement of a license at once, for whoever is online. [P7]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { TextChange } from '#lib/domain/licenses/change.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { writing } from '#server/db/writing.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { renewedFiles, type Renewed } from './renew-license.ts';
import { placeSwitch } from './place-switch.ts';
import { switchEntitlements } from './switch-entitlements.ts';

/** The license key and the next file of each machine, where it was not so before. */
export type Allowed = Partial<Pick<Renewed, 'key'>> & Pick<Renewed, 'files'>;

/** @returns Why not, if so; `CHANGED_MEANWHILE` where it is not as the asker saw it. */
export async function allowEntitlement(
	hub: Hub,
	{ licenseId, ...change }: TextChange & { licenseId: string; entitlement: string },
	asker: Asker
): Promise<Allowed | Refusal> {
	const args = { license: licenseId, ...change };
	const placed = await placeSwitch(hub, { id: uuidv7(), args }, asker);
	if (isRefusal(placed)) return placed;
	return writing(hub.db, placed.customerId, async (shell) => {
		const { refusals, renewed } = await switchEntitlements(hub, shell, [placed]);
		const refusal = refusals.get(placed);
		if (refusal) return refusal;
		return renewed ? renewedFiles(shell.tx, renewed.ledger, renewed) : { files: [] };
	});
}
