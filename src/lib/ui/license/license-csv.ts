/**
 * Licenses as a list shows them, as cells for a spreadsheet: the product and its number, then the columns
 * that were chosen. [DK3]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import { usedSeats } from '#lib/domain/seat.ts';
import { writeCsv, type CsvCell } from '#lib/search/csv.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';
import type { ChipState } from '#lib/ui/base/chip.ts';
import { activatedChip, shownEnd, worstChip, type LicenseColumn } from './license-columns.ts';

type CsvTexts = {
	head: Record<LicenseColumn | 'product' | 'used', string>;
	state: Record<ChipState, string>;
	/** What a license that ends soon is said to do. */
	endsSoon: string;
};

export function licensesCsv(
	licenses: readonly LicenseSummary[],
	{ columns, texts, now }: { columns: readonly LicenseColumn[]; texts: CsvTexts; now: Seconds }
): string {
	const rest = columns.filter((column) => column !== 'number');
	const { head } = texts;
	const heads = rest.flatMap((column) =>
		column === 'seats' ? [head.seats, head.used] : [head[column]]
	);
	const day = (seconds: Seconds | undefined): CsvCell =>
		seconds === undefined ? undefined : { day: seconds };
	const cellsOf = (license: LicenseSummary): CsvCell[] => {
		const chip = worstChip(license, now);
		const cells: Record<LicenseColumn, CsvCell[]> = {
			activated: [texts.state[activatedChip(license)]],
			number: [license.number],
			customer: [license.customer],
			edition: [license.edition],
			seats: [license.seats, usedSeats(license.counts)],
			next: [day(shownEnd(license, now)?.at)],
			maintenance: [day(license.maintainedUntil)],
			expiry: [day(license.expiresAt)],
			state: [chip && (chip.endsAt === undefined ? texts.state[chip.state] : texts.endsSoon)]
		};
		return [license.title, license.number, ...rest.flatMap((column) => cells[column])];
	};
	return writeCsv([head.product, head.number, ...heads], licenses.map(cellsOf));
}
