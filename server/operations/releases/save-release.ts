/**
 * Releases of the catalog: added, changed, given files, withdrawn. Nothing of one is ever deleted, and a
 * file that was released never changes. [P8]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import type { AuditAction, AuditFacts } from '#lib/domain/audit/audit.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Artefact } from '#lib/domain/vendor/release.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { SaidFile, SaidRelease } from '#lib/protocol/releases.ts';
import type { Transaction } from '#server/db/database.ts';
import { products } from '#server/db/schema/catalog.ts';
import { releaseFiles, releases } from '#server/db/schema/releases.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

type ReleaseRow = typeof releases.$inferSelect;
type Named = Pick<SaidRelease, 'product' | 'version'>;

/** Adds a release, or changes what is said of it. @returns Whether it is new. */
export async function saveRelease(
	hub: Hub,
	said: SaidRelease,
	actor: string
): Promise<{ isNew: boolean } | Refusal<'NOT_FOUND' | 'RELEASE_WITHDRAWN'>> {
	const { product: slug, version, entitlements = [], ...rest } = said;
	const now = hub.now();
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const [product] = await tx.select().from(products).where(eq(products.slug, slug)).for('update');
		if (!product) return refuse('NOT_FOUND', { what: `product ${slug}` });
		const codes = product.entitlements.map(({ code }) => code);
		const unknown = entitlements.find((code) => !codes.includes(code));
		if (unknown !== undefined) return refuse('NOT_FOUND', { what: `entitlement ${unknown}` });
		const known = await lockRelease(tx, said);
		if (known && known.withdrawnAt !== null) return withdrawn(known, known.withdrawnAt);
		const changes = { ...rest, ...(said.entitlements && { entitlements }) };
		const changed = Object.entries<unknown>(changes).filter(([name, value]) => {
			const was = known?.[name as keyof typeof changes];
			return value !== undefined && JSON.stringify(value) !== JSON.stringify(was);
		});
		if (!known)
			await tx.insert(releases).values({
				product: slug,
				version,
				releasedAt: now,
				createdAt: now,
				...Object.fromEntries(changed)
			});
		else if (changed.length > 0)
			await tx.update(releases).set(Object.fromEntries(changed)).where(isRelease(said));
		else return { isNew: false };
		const facts = known ? { changed: changed.map(([name]) => name).join(' ') } : {};
		note(
			{ audit },
			{ at: now, actor, action: known ? 'release.changed' : 'release.added', of: said, facts }
		);
		return { isNew: !known };
	});
}

/** A file with its sum, after it was received, or lying elsewhere. The same again is done already. */
export async function addReleaseFile(
	hub: Hub,
	{ product, version, ...file }: SaidFile & { sha256: string; url?: string },
	actor: string
): Promise<
	| { artefact: Artefact; isNew: boolean }
	| Refusal<'NOT_FOUND' | 'RELEASE_WITHDRAWN' | 'RELEASE_FILE_TAKEN'>
> {
	const now = hub.now();
	const of = { product, version };
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const known = await lockRelease(tx, of);
		if (!known) return refuse('NOT_FOUND', { what: `${product} ${version}` });
		if (known.withdrawnAt !== null) return withdrawn(of, known.withdrawnAt);
		const { name, platform, size, sha256, url } = file;
		const [there] = await tx
			.select()
			.from(releaseFiles)
			.where(
				and(
					eq(releaseFiles.product, product),
					eq(releaseFiles.version, version),
					eq(releaseFiles.name, name)
				)
			);
		if (there) {
			const isSame = there.sha256 === sha256 && there.platform === platform;
			if (!isSame || there.url !== (url ?? null))
				return refuse('RELEASE_FILE_TAKEN', { version, name });
			return { artefact: { id: there.id, ...file }, isNew: false };
		}
		const id = uuidv7();
		await tx.insert(releaseFiles).values({ ...of, id, ...file, createdAt: now });
		const facts = { file: name, platform, size, sha256, url };
		note({ audit }, { at: now, actor, action: 'release.changed', of, facts });
		return { artefact: { id, ...file }, isNew: true };
	});
}

/** Nobody is offered it from now on; it stays in the list. Asked twice, the first time stands. */
export async function withdrawRelease(
	hub: Hub,
	{ product, version, reason }: Named & { reason: string },
	actor: string
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	const now = hub.now();
	const of = { product, version };
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const known = await lockRelease(tx, of);
		if (!known) return refuse('NOT_FOUND', { what: `${product} ${version}` });
		if (known.withdrawnAt !== null) return undefined;
		await tx.update(releases).set({ withdrawnAt: now }).where(isRelease(of));
		note({ audit }, { at: now, actor, action: 'release.withdrawn', of, facts: { reason } });
		return undefined;
	});
}

/** Whether a file may be added at all: asked before anybody sends it. */
export async function mayAddFile(
	{ db }: Hub,
	{ product, version }: Named
): Promise<Refusal<'NOT_FOUND' | 'RELEASE_WITHDRAWN'> | undefined> {
	const [known] = await db.select().from(releases).where(isRelease({ product, version }));
	if (!known) return refuse('NOT_FOUND', { what: `${product} ${version}` });
	return known.withdrawnAt === null ? undefined : withdrawn(known, known.withdrawnAt);
}

const isRelease = ({ product, version }: Named) =>
	and(eq(releases.product, product), eq(releases.version, version));

async function lockRelease(tx: Transaction, named: Named): Promise<ReleaseRow | undefined> {
	const [row] = await tx.select().from(releases).where(isRelease(named)).for('update');
	return row;
}

function withdrawn({ product, version }: Named, withdrawnAt: number): Refusal<'RELEASE_WITHDRAWN'> {
	return refuse('RELEASE_WITHDRAWN', { product, version, withdrawnAt });
}

function note(
	{ audit }: Pick<Writing, 'audit'>,
	{
		at,
		actor,
		action,
		of,
		facts
	}: { at: number; actor: string; action: AuditAction; of: Named; facts: AuditFacts }
): void {
	const { product, version } = of;
	audit({ at, actor, action, subject: product, facts: { version, ...facts } });
}
