/**
 * Releases with their files, as the catalog has them.
 *
 * @module
 */
import { asc, eq, inArray } from 'drizzle-orm';
import { compareReleases, type Artefact, type Release } from '#lib/domain/vendor/release.ts';
import type { ListedRelease } from '#lib/protocol/releases.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { releaseFiles, releases } from '#server/db/schema/releases.ts';
import type { Hub } from '#server/hub/hub.ts';
import { holdsFile } from './release-folder.ts';

/** Of some products, by product, the newest first; withdrawn ones too. */
export async function readReleases(
	db: Database | Transaction,
	products: readonly string[]
): Promise<Release[]> {
	if (products.length === 0) return [];
	const named = [...products];
	const [rows, files] = await Promise.all([
		db.select().from(releases).where(inArray(releases.product, named)),
		db
			.select()
			.from(releaseFiles)
			.where(inArray(releaseFiles.product, named))
			.orderBy(asc(releaseFiles.name))
	]);
	return together(rows, files);
}

/** For staff: all that there are, or those of one product. */
export async function listReleases(hub: Hub, product?: string): Promise<ListedRelease[]> {
	const of = product === undefined ? undefined : eq(releases.product, product);
	const named = await hub.db.selectDistinct({ slug: releases.product }).from(releases).where(of);
	const found = await readReleases(
		hub.db,
		named.map(({ slug }) => slug)
	);
	return Promise.all(
		found.map(async (release) => {
			const missing = [];
			for (const artefact of release.artefacts)
				if (!artefact.url && !(await holdsFile(hub, artefact))) missing.push(artefact.id);
			return { ...release, missing };
		})
	);
}

function together(
	rows: readonly (typeof releases.$inferSelect)[],
	files: readonly (typeof releaseFiles.$inferSelect)[]
): Release[] {
	const byRelease = new Map<string, Artefact[]>();
	for (const { product, version, createdAt: _, url, ...file } of files) {
		const key = `${product} ${version}`;
		const artefact = { ...file, ...(url !== null && { url }) };
		byRelease.set(key, [...(byRelease.get(key) ?? []), artefact]);
	}
	return rows
		.map(({ createdAt: _, withdrawnAt, ...row }) => ({
			...row,
			...(withdrawnAt !== null && { withdrawnAt }),
			artefacts: byRelease.get(`${row.product} ${row.version}`) ?? []
		}))
		.sort((a, b) =>
			a.product < b.product ? -1 : a.product > b.product ? 1 : compareReleases(b, a)
		);
}
