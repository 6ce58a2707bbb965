/**
 * Revocation lists: which activations of a license were retired. SignedToken when one is added, stored,
 * and put before the next files of that license at delivery. [SE6, FI8]
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { revocations } from '#server/db/schema/ledger.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import type { Database, Transaction } from '#server/db/database.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { SignedToken } from '#server/ledger/held/answer.ts';
import type { Hub } from '#server/hub/hub.ts';

/** So many short hashes fit into one token. */
const LIST_LIMIT = 350;
const HASH_BYTES = 9;

/** Adds activations to the list of their license, which the caller has locked and saves. */
export async function revoke(
	hub: Hub,
	tx: Transaction,
	license: LicenseRecord,
	gone: readonly string[]
): Promise<void> {
	const before = await actsOn(tx, license);
	await signList(hub, tx, license, [...before, ...gone.map(shortHash)]);
}

/**
 * A list that this hub has signed and forgotten is its newest again; where it has retired others since, it
 * signs one of both. [SE8]
 *
 * @returns Whether it names what was not named.
 */
export async function takeUpList(
	hub: Hub,
	tx: Transaction,
	license: LicenseRecord,
	{ claims: { seq, acts, iat: signedAt }, kid, text: token }: FoundList
): Promise<boolean> {
	const before = await actsOn(tx, license);
	const news = acts.filter((each) => !before.includes(each));
	if (news.length === 0) return false;
	const isWhole = seq > license.revoked && before.every((each) => acts.includes(each));
	if (isWhole) await saveList(tx, license, { seq, acts, kid, token, signedAt });
	else if (hub.signer.ended()) return false;
	else {
		license.revoked = Math.max(license.revoked, seq);
		await signList(hub, tx, license, [...before, ...news]);
	}
	return true;
}

/** A revocation list that this hub has signed. */
type FoundList = { claims: Claims['revocation']; kid: string; text: string };

async function actsOn(
	tx: Transaction,
	{ customerId, licenseId }: LicenseRecord
): Promise<string[]> {
	const mine = and(eq(revocations.customerId, customerId), eq(revocations.licenseId, licenseId));
	const [row] = await tx.select({ acts: revocations.acts }).from(revocations).where(mine);
	return row?.acts ?? [];
}

async function signList(
	hub: Hub,
	tx: Transaction,
	license: LicenseRecord,
	named: readonly string[]
): Promise<void> {
	const { licenseId } = license;
	const acts = named.slice(-LIST_LIMIT);
	const seq = license.revoked + 1;
	const signedAt = hub.now();
	const token = await signToken(
		'revocation',
		{ v: 1, jti: uuidv7(), iat: signedAt, iss: hub.iss, sub: licenseId, seq, acts },
		hub.signer
	);
	await saveList(tx, license, { seq, acts, kid: hub.signer.kid, token, signedAt });
}

async function saveList(
	tx: Transaction,
	license: LicenseRecord,
	signed: { seq: number; acts: string[]; kid: string; token: string; signedAt: number }
): Promise<void> {
	const { customerId, licenseId } = license;
	license.revoked = signed.seq;
	await tx
		.insert(revocations)
		.values({ customerId, licenseId, ...signed })
		.onConflictDoUpdate({
			target: [revocations.customerId, revocations.licenseId],
			set: signed
		});
}

/** First bytes of SHA-256 of `act`, as verifiers compare it. */
export function shortHash(act: string): string {
	return createHash('sha256').update(act).digest().subarray(0, HASH_BYTES).toString('base64url');
}

/** The lists that ride in the files of these rows. */
export function findRevocationsOf(
	hub: Hub,
	customerId: string,
	rows: readonly { licenseId: string }[]
): Promise<ReadonlyMap<string, SignedToken>> {
	const licenses = new Map(rows.map(({ licenseId }) => [licenseId, { revoked: 1 }]));
	return findRevocations(hub.db, { customerId, licenses });
}

/** The lists of these licenses. Nothing is asked where no machine was ever retired. */
export async function findRevocations(
	tx: Database | Transaction,
	{ customerId, licenses }: { customerId: string; licenses: ReadonlyMap<string, Revocable> }
): Promise<ReadonlyMap<string, SignedToken>> {
	const licenseIds = [...licenses].flatMap(([id, { revoked }]) => (revoked > 0 ? [id] : []));
	if (licenseIds.length === 0) return new Map();
	const rows = await tx
		.select({
			licenseId: revocations.licenseId,
			kid: revocations.kid,
			token: revocations.token
		})
		.from(revocations)
		.where(and(eq(revocations.customerId, customerId), inArray(revocations.licenseId, licenseIds)));
	return new Map(rows.map(({ licenseId, ...signed }) => [licenseId, signed]));
}

type Revocable = Pick<LicenseRecord, 'revoked'>;
