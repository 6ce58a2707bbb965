/**
 * The one sentence about the licenses of a site server: how many clients, and what ends next.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { HeldLicense } from '#lib/protocol/site.ts';
import type { SiteTexts } from '#lib/messages/en/site.ts';

export function truthOf(
	licenses: readonly HeldLicense[],
	t: SiteTexts['license'],
	now: Seconds
): string {
	const active = licenses.filter(({ state }) => state === 'active');
	if (active.length === 0) return t.none;
	const serving = active.filter(({ clients }) => clients !== undefined);
	const clients =
		serving.length > 0 ? serving.reduce((sum, each) => sum + (each.clients ?? 0), 0) : undefined;
	const inUse = active.reduce((sum, each) => sum + each.inUse, 0);
	return [t.truth({ clients, entitlements: [] }, inUse), endingNext(active, t, now)]
		.filter((part) => part !== undefined)
		.join(' ');
}

/** What has ended already is said by its own license: it cannot end next. */
function endingNext(
	active: readonly HeldLicense[],
	t: SiteTexts['license'],
	now: Seconds
): string | undefined {
	const ends = active.flatMap(({ title, expiresAt, maintainedUntil }) => [
		{ at: expiresAt, says: (at: Seconds) => t.until(title, at) },
		{ at: maintainedUntil, says: (at: Seconds) => t.maintained(title, at) }
	]);
	let next: { at: Seconds; says: (at: Seconds) => string } | undefined;
	for (const { at, says } of ends)
		if (at !== undefined && at > now && at < (next?.at ?? Infinity)) next = { at, says };
	return next?.says(next.at);
}
