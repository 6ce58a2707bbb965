/**
 * Facts: what desks and machines have signed, read under the hub's own roots and placed with their
 * license. Whoever submits them, whatever the state of the license. [SY10]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import { decodeToken, type DecodedToken } from '#lib/formats/jws.ts';
import { verifyFile, type Trust } from '#lib/signing/chain.ts';
import type { VerifiedToken } from '#lib/signing/jws.ts';
import { thumbprint } from '#lib/signing/keys.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { hubKeys } from '#server/db/schema/hub.ts';
import type { BelowAllotment, PlacedClose, PlacedDraw } from '#server/ledger/held/ask.ts';
import type { Hub } from '#server/hub/hub.ts';

/** Who submits facts, and what was found of their allotments and hub keys: once for many of one. */
export type FactReader = {
	hub: Hub;
	actor: string;
	trust: Trust;
	places: Map<string, Promise<BelowAllotment | Refusal<'LICENSE_NOT_FOUND'>>>;
	keys: Map<string, Promise<void>>;
};

/** @param actor - Who submits them, for the audit. [AU1] */
export function openFactReader(hub: Hub, actor: string): FactReader {
	const { roots, voided } = hub;
	const trust = { roots, voided, judged: new Map() };
	return { hub, actor, trust, places: new Map(), keys: new Map() };
}

/**
 * Reads a draw or a close with its allotment, or alone, as a QR code carries it: the allotment is in
 * the ledger then. [FI6]
 */
export async function readFact(
	reader: FactReader,
	text: string,
	kind: 'draw' | 'close'
): Promise<PlacedDraw | PlacedClose | Refusal> {
	const file = readFile(text);
	if (isRefusal(file)) return file;
	const read = await verifyFact(reader, file);
	if (isRefusal(read) || read.kind === kind) return read;
	const expected = kind === 'draw' ? 'activation' : 'close';
	return refuse('TOKEN_TYPE_UNEXPECTED', { expected: [expected], found: file.body.type });
}

async function verifyFact(
	reader: FactReader,
	file: TokenFile
): Promise<PlacedDraw | PlacedClose | Refusal> {
	const whole = file.allotment ? file : await complete(reader.hub, file);
	const plain = { ...whole, trust: undefined, revocation: undefined };
	const verified = await verifyFile(plain, reader.trust);
	if (isRefusal(verified)) return verified;
	const { body, allotment } = verified;
	if (!allotment || (body.type !== 'activation' && body.type !== 'close'))
		return refuse('TOKEN_TYPE_UNEXPECTED', {
			expected: ['activation', 'close'],
			found: body.type
		});
	await learnOnce(reader, whole, allotment.kid);
	const place = await placeAllotment(reader, allotment);
	if (isRefusal(place)) return place;
	const { text } = body;
	return body.type === 'close'
		? { kind: 'close', ...place, text, claims: body.claims }
		: { kind: 'draw', ...place, text, kid: body.kid, claims: body.claims };
}

/** Finds the license of an allotment; the hub's own signature names it. */
export function placeAllotment(
	reader: FactReader,
	allotment: VerifiedToken<'allotment'>
): Promise<BelowAllotment | Refusal<'LICENSE_NOT_FOUND'>> {
	const { text } = allotment;
	const place = reader.places.get(text) ?? findPlace(reader, allotment);
	reader.places.set(text, place);
	return place;
}

async function findPlace(
	{ hub, actor }: FactReader,
	{ claims, kid, text }: VerifiedToken<'allotment'>
): Promise<BelowAllotment | Refusal<'LICENSE_NOT_FOUND'>> {
	const { sub: licenseId, num: number } = claims;
	const customerId = await findCustomer(hub, licenseId);
	if (customerId === undefined) return refuse('LICENSE_NOT_FOUND', { number });
	const jkt = await thumbprint(claims.cnf.jwk);
	return { allotment: { claims, kid, text, jkt }, customerId, licenseId, actor };
}

async function findCustomer({ db }: Hub, licenseId: string): Promise<string | undefined> {
	const [found] = await db.select().from(directory).where(eq(directory.key, licenseId));
	return found?.licenseId === licenseId ? found.customerId : undefined;
}

/** Puts before a draw or close the allotment that it names. Nothing of it is verified yet. */
async function complete(hub: Hub, file: TokenFile): Promise<TokenFile> {
	const named = (file.body.payload as { allot?: unknown } | null)?.allot;
	if (typeof named !== 'string') return file;
	// A close names no license, so this is asked of all customers. The id is unique.
	const [row] = await hub.db
		.select({ kid: allotments.kid, token: allotments.token })
		.from(allotments)
		.where(eq(allotments.allotment, named))
		.limit(1);
	if (!row) return file;
	const [key, allotment] = [hub.grantOf(row.kid), row.token].map((each) => decodeToken(each));
	if (!key || !allotment || isRefusal(key) || isRefusal(allotment)) return file;
	// Sound: the hub stored them as what they are.
	return {
		...file,
		key: key as DecodedToken<'hub-key'>,
		allotment: allotment as DecodedToken<'allotment'>
	};
}

export function learnOnce({ hub, keys }: FactReader, file: TokenFile, kid: string): Promise<void> {
	const learned = keys.get(kid) ?? learnKey(hub, file, kid);
	keys.set(kid, learned);
	return learned;
}

/** A hub key made after the backup: what it signed is delivered with its grant again. [SY6] */
export async function learnKey(hub: Hub, { key }: TokenFile, kid: string): Promise<void> {
	if (!key) return;
	const [known] = await hub.db
		.select({ token: hubKeys.token })
		.from(hubKeys)
		.where(eq(hubKeys.kid, kid));
	// Another process may have learned it.
	if (known) return hub.addGrant(kid, known.token);
	const createdAt = hub.now();
	await hub.db.insert(hubKeys).values({ kid, token: key.text, createdAt }).onConflictDoNothing();
	await hub.addGrant(kid, key.text);
}
