/**
 * The vendor's face: its name, logo, color and support address, kept with the hub. [VF1]
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import { accentColors } from '#lib/domain/vendor/accent.ts';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { cleanLogo } from '#lib/formats/png.ts';
import type { Face, FaceChange, StoredFace } from '#lib/protocol/face.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import { hubTable } from '#server/db/schema/hub.ts';
import { sha256 } from '#server/db/sha256.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from './hub.ts';

/** Where the vendor has said nothing, nothing. */
export async function storedFace(db: Database | Transaction): Promise<StoredFace> {
	const [row] = await db.select({ face: hubTable.face }).from(hubTable);
	return row?.face ?? {};
}

/** Without its picture, which letters do not carry. */
export async function faceInWords(db: Database | Transaction): Promise<Omit<StoredFace, 'logo'>> {
	const words = sql<Omit<StoredFace, 'logo'> | null>`${hubTable.face} - 'logo'`;
	const [row] = await db.select({ words }).from(hubTable);
	return row?.words ?? {};
}

/** As anybody is told it. */
export async function toldFace(db: Database): Promise<Face> {
	const { accent, logo, ...words } = await storedFace(db);
	return {
		version: sha256(JSON.stringify([words.name, words.support, accent, logo])),
		...words,
		...(accent && { accent: accentColors(accent) }),
		...(logo && { logo: `data:image/png;base64,${logo}` })
	};
}

/** Everybody sees it with their next sync, and letters with the next one. @returns What it is now. */
export async function changeFace(
	hub: Hub,
	change: FaceChange,
	actor: string
): Promise<StoredFace | Refusal<'LOGO_INVALID'>> {
	const logo = change.logo && cleanLogo(Buffer.from(change.logo, 'base64'));
	if (isRefusal(logo)) return logo;
	const cleaned = logo ? { ...change, logo: Buffer.from(logo).toString('base64') } : change;
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const [row] = await tx.select({ face: hubTable.face }).from(hubTable).for('update');
		const all = Object.entries({ ...row?.face, ...cleaned });
		const face = Object.fromEntries(
			all.filter(([, value]) => typeof value === 'string')
		) as StoredFace;
		await tx.update(hubTable).set({ face });
		const facts = { changed: Object.keys(change).sort().join(' ') };
		const note = { at: hub.now(), actor, subject: VENDOR_ID, facts };
		audit({ ...note, action: 'hub.face-changed' });
		return face;
	});
}
