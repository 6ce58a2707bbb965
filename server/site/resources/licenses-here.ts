/**
 * The licenses that resources may belong to: those that are active on this server. [RS1]
 *
 * @module
 */
import type { LicenseHere } from '#lib/domain/site/resource.ts';
import type { Claims } from '#lib/formats/tokens.ts';

type Active = {
	activation: Pick<Claims['activation'], 'num' | 'prd' | 'org' | 'name'>;
};

/** A license without an organization is that of whoever it was activated for. */
export function licensesHere(active: readonly Active[]): LicenseHere[] {
	const licenses = active.map(({ activation: { num, prd, org, name } }) => ({
		number: num,
		product: prd,
		customer: org ?? name
	}));
	return licenses.sort((a, b) => a.customer.localeCompare(b.customer, 'en'));
}
