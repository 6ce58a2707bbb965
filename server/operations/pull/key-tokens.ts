/**
 * License keys of a page, to be put together by the desk: what many have in common is told once. [RE2]
 *
 * @module
 */
import type { KeyTokens } from '#lib/protocol/pull.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

export function addKeyTokens(
	hub: Hub,
	{ before, own }: KeyTokens,
	{ licenseId, kid, sealedKey }: Pick<LicenseRecord, 'licenseId' | 'kid' | 'sealedKey'>
): void {
	const trust = hub.trustToken === undefined ? [] : [hub.trustToken];
	before[kid] ??= [...trust, hub.grantOf(kid)];
	own[licenseId] = { kid, token: hub.seal.open(sealedKey, licenseId) };
}
