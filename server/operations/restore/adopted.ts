/**
 * What adopting files of a forgotten past is about, whatever kind they are. [SY6]
 *
 * @module
 */
import { inArray } from 'drizzle-orm';
import type { Adoption } from '#lib/domain/seats/adoption.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { directory } from '#server/db/schema/catalog.ts';
import type { Hub } from '#server/hub/hub.ts';

/** What became of one file. */
export type Adopted = {
	kind: 'license' | 'activation' | 'receipt' | 'allotment';
	number: string;
	/** Of an activation, or of the one that a receipt ends. */
	act?: string;
	outcome: Adoption | 'license' | 'receipt' | 'allotment';
};

/** A license key that this hub has signed. */
export type FoundKey = { claims: Claims['license']; kid: string; text: string };

/** The customers of the licenses that these files speak of, by license id. */
export async function findCustomers(
	hub: Hub,
	files: readonly { claims: { sub: string } }[]
): Promise<ReadonlyMap<string, string>> {
	const ids = [...new Set(files.map(({ claims }) => claims.sub))];
	if (ids.length === 0) return new Map();
	const places = await hub.db.select().from(directory).where(inArray(directory.key, ids));
	return new Map(places.map(({ key, customerId }) => [key, customerId]));
}
