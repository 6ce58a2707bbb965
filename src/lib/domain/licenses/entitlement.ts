/**
 * Entitlements: functions of a product that a license unlocks, some of them from a version on.
 *
 * @module
 */
import { refuse, type Refusal } from '../refusal.ts';
import { compareVersions } from '../version.ts';

/** From which version of the product its entitlements work, by code: those from the first one are not in it. */
export type SinceTable = Readonly<Record<string, string>>;

/**
 * Why a function stays locked, if it does. [K4, P7]
 *
 * @param entitled - What the license unlocks.
 * @param asked - The running product's version is not needed where it says nothing of when its functions came.
 */
export function judgeEntitlement(
	entitled: readonly string[],
	{
		entitlement,
		version,
		since = {}
	}: { entitlement: string; version?: string; since?: SinceTable }
): Refusal<'ENTITLEMENT_MISSING' | 'ENTITLEMENT_NEEDS_VERSION'> | undefined {
	if (!entitled.includes(entitlement)) return refuse('ENTITLEMENT_MISSING', { entitlement });
	const from = Object.hasOwn(since, entitlement) ? since[entitlement] : undefined;
	if (from === undefined || version === undefined || compareVersions(version, from) >= 0)
		return undefined;
	return refuse('ENTITLEMENT_NEEDS_VERSION', { entitlement, since: from, version });
}
