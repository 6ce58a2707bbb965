/**
 * What a list says of an activation. [P11]
 *
 * @module
 */
import type { ActivationRow } from '#lib/protocol/rows.ts';
import type { LicenseSummary } from '#lib/search/licenses/license-summary.ts';

export type ActivationSummary = Pick<
	ActivationRow,
	| 'id'
	| 'customerId'
	| 'licenseId'
	| 'label'
	| 'requestLabel'
	| 'site'
	| 'requestSite'
	| 'os'
	| 'version'
	| 'name'
	| 'generation'
	| 'state'
	| 'coolsUntil'
	| 'grantedAt'
	| 'heardAt'
	| 'expiresAt'
	| 'overage'
>;

/** A row of the mirror, without what no list says. */
export function activationSummaryOf(row: ActivationSummary): ActivationSummary {
	const { id, customerId, licenseId, label, requestLabel, site, requestSite, os, version } = row;
	const { name, generation, state, coolsUntil, grantedAt, heardAt, expiresAt, overage } = row;
	const said = { label, requestLabel, site, requestSite, os, version, name };
	const standing = { generation, state, coolsUntil, grantedAt, heardAt, expiresAt, overage };
	return { id, customerId, licenseId, ...said, ...standing };
}

/** The same with what the list says of its license. */
export type ActivationLine = ActivationSummary &
	Pick<LicenseSummary, 'number' | 'title' | 'customer'>;

export function activationLine(
	row: ActivationSummary,
	{ number, title, customer, customerId }: LicenseSummary
): ActivationLine {
	// Of rows that share a license, its texts are held once.
	return { ...activationSummaryOf(row), number, title, customer, customerId };
}

/** What a machine is called: by people or its request, else by who asked for it. */
export function machineName({ label, name }: Pick<ActivationSummary, 'label' | 'name'>): string {
	return label ?? name;
}

/** When its key was heard from last: when it was granted, where nothing came since. [P11] */
export function lastHeard({
	heardAt,
	grantedAt
}: Pick<ActivationSummary, 'heardAt' | 'grantedAt'>): number {
	return heardAt ?? grantedAt;
}
