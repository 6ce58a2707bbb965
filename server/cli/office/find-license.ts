/** Licenses of a hub, as commands need them. */
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { LicensePage } from '#server/operations/licenses/list-licenses.ts';
import type { AskHub } from '#server/rpc/operator.ts';

/** @param typed - A license number, as somebody typed it. */
export async function findLicense(ask: AskHub, typed: string): Promise<LicenseRow | Refusal> {
	const number = parseLicenseNumber(typed);
	if (isRefusal(number)) return number;
	return ask<LicenseRow>({ procedure: 'license.find', input: { number }, query: true });
}

/** All that the asker may see, page by page. */
export async function allLicenses(
	ask: AskHub,
	question: { search?: string; customerId?: string } = {}
): Promise<LicenseRow[] | Refusal> {
	const all: LicenseRow[] = [];
	let after: string | undefined;
	do {
		const input = { ...question, after };
		const page = await ask<LicensePage>({ procedure: 'license.list', input, query: true });
		if (isRefusal(page)) return page;
		all.push(...page.licenses);
		after = page.next;
	} while (after !== undefined);
	return all;
}
