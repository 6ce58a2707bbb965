/**
 * What has happened to a license, as the hub's audit has it: asked for, and kept nowhere.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import type { LicenseHistory } from '#lib/protocol/audit.ts';
import { askHub } from '#lib/desk/hub/asking.ts';

/** @param before - Of a page that was read: where the next one begins. */
export function readHistory(licenseId: string, before?: number): Promise<LicenseHistory | Refusal> {
	const asked = before === undefined ? { licenseId } : { licenseId, before };
	return askHub((hub) => hub.license.history.query(asked));
}
