/**
 * The columns of a list of licenses, and what a row says of its ends. [DK3]
 *
 * @module
 */
import { attentionOf, type LicenseStanding } from '#lib/domain/licenses/standing.ts';
import { DAY_SECONDS, type Seconds } from '#lib/domain/time.ts';
import type { LicenseSortOrder } from '#lib/search/licenses/license-order.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import type { ColumnLayout } from '#lib/ui/list/columns-in-room.ts';

/** In the order in which they stand; the product is always there. */
export const licenseColumns = [
	'activated',
	'number',
	'customer',
	'edition',
	'seats',
	'next',
	'maintenance',
	'expiry',
	'state'
] as const;
export type LicenseColumn = (typeof licenseColumns)[number];

export const usualColumns: readonly LicenseColumn[] = [
	'activated',
	'number',
	'customer',
	'seats',
	'next',
	'state'
];

/** What its head sorts by. */
export const orderOfColumn: Record<LicenseColumn | 'product', LicenseSortOrder> = {
	product: 'product',
	activated: 'activated',
	number: 'number',
	customer: 'customer',
	edition: 'edition',
	seats: 'free',
	next: 'next',
	maintenance: 'maintenance',
	expiry: 'expiry',
	state: 'state'
};

/** How wide they are, and which are given up first: of the ends, `next` says the nearest. */
export const licenseLayout: ColumnLayout<LicenseColumn> = {
	first: { rem: 6.5, share: 1.5 },
	widths: {
		activated: { rem: 8.25 },
		number: { rem: 8.375 },
		customer: { rem: 5, share: 1 },
		edition: { rem: 5, share: 0.6 },
		seats: { rem: 5.75, share: 0.2 },
		next: { rem: 11, share: 0.3 },
		maintenance: { rem: 5.75 },
		expiry: { rem: 5.75 },
		state: { rem: 11 }
	},
	spare: ['edition', 'maintenance', 'expiry', 'customer', 'seats', 'next', 'activated']
};

export type ShownEnd = { what: 'expiry' | 'maintenance'; at: Seconds; isPast: boolean };

/**
 * The one end that a row has room for: that of the license once it has passed, else the nearest that lies
 * ahead, else that of its maintenance, which has passed.
 */
export function shownEnd(
	{ expiresAt, maintainedUntil }: Pick<LicenseStanding, 'expiresAt' | 'maintainedUntil'>,
	now: Seconds
): ShownEnd | undefined {
	if (expiresAt !== undefined && expiresAt <= now)
		return { what: 'expiry', at: expiresAt, isPast: true };
	const isMaintained = maintainedUntil !== undefined && maintainedUntil > now;
	if (isMaintained && maintainedUntil < (expiresAt ?? Infinity))
		return { what: 'maintenance', at: maintainedUntil, isPast: false };
	if (expiresAt !== undefined) return { what: 'expiry', at: expiresAt, isPast: false };
	if (maintainedUntil === undefined) return undefined;
	return { what: 'maintenance', at: maintainedUntil, isPast: !isMaintained };
}

/** An end within so many days is worth a chip of its own. */
const SOON_DAYS = 30;

/** Whether a machine holds a seat of it, which says nothing of how the license itself stands. [P4] */
export function activatedChip({ counts }: Pick<LicenseStanding, 'counts'>): ChipState {
	return counts.active > 0 ? 'activated' : 'notActivated';
}

/** What is worst about a license, besides whether it is activated; nothing where all is well. [P4] */
export function worstChip(
	license: LicenseStanding,
	now: Seconds
): { state: ChipState; endsAt?: Seconds } | undefined {
	const attention = attentionOf(license, now);
	if (attention) return { state: attention };
	const end = shownEnd(license, now);
	if (
		end &&
		!end.isPast &&
		Math.floor(end.at / DAY_SECONDS) - Math.floor(now / DAY_SECONDS) <= SOON_DAYS
	)
		return { state: end.what === 'expiry' ? 'expired' : 'lapsed', endsAt: end.at };
	return undefined;
}
