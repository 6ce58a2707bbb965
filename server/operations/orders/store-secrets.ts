/**
 * What stores sign events with: made here, shown once, kept sealed. Several at once, so that a new one can
 * be set up before the old one ends. [OR1]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { ListedStoreSecret } from '#lib/protocol/orders.ts';
import { orderSecrets } from '#server/db/schema/orders.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';

/** Bytes: the standard asks for 24 to 64. */
const SECRET_BYTES = 32;

const sealedFor = (id: string) => `order secret ${id}`;

/** @returns The secret, this once. */
export async function addStoreSecret(
	hub: Hub,
	name: string,
	actor: string
): Promise<{ id: string; secret: string }> {
	const id = uuidv7();
	const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
	const sealed = hub.seal.seal(secret, sealedFor(id));
	const at = hub.now();
	await writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		await tx.insert(orderSecrets).values({ id, name, sealed, createdAt: at, createdBy: actor });
		const note = { at, actor, subject: id, facts: { name } };
		audit({ ...note, action: 'hub.store-secret-added' });
	});
	return { id, secret };
}

export async function listStoreSecrets({ db }: Hub): Promise<ListedStoreSecret[]> {
	const rows = await db.select().from(orderSecrets).orderBy(asc(orderSecrets.id));
	return rows.map(({ id, name, createdAt, usedAt }) => ({
		id,
		name,
		createdAt,
		usedAt: usedAt ?? undefined
	}));
}

/** Nothing that it signs counts from now on. */
export async function endStoreSecret(
	hub: Hub,
	id: string,
	actor: string
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const [gone] = await tx.delete(orderSecrets).where(eq(orderSecrets.id, id)).returning();
		if (!gone) return refuse('NOT_FOUND', { what: `store secret ${id}` });
		const note = { at: hub.now(), actor, subject: id, facts: { name: gone.name } };
		audit({ ...note, action: 'hub.store-secret-ended' });
		return undefined;
	});
}

/** Those that can be opened: a hub restored without its secrets has none that still can. */
export async function openStoreSecrets({
	db,
	seal
}: Hub): Promise<{ id: string; secret: string }[]> {
	const rows = await db.select().from(orderSecrets).orderBy(asc(orderSecrets.id));
	return rows.flatMap(({ id, sealed }) => {
		try {
			return [{ id, secret: seal.open(sealed, sealedFor(id)) }];
		} catch {
			return [];
		}
	});
}

export async function noteSecretUsed({ db, now }: Hub, id: string): Promise<void> {
	await db.update(orderSecrets).set({ usedAt: now() }).where(eq(orderSecrets.id, id));
}
