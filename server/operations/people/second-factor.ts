/**
 * One-time passwords of an app, and codes for the day on which it is lost: asked for after whatever
 * else signs in. [PE6]
 *
 * @module
 */
import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { newTotpSecret, stepOf, totpAddress } from '#server/auth/totp.ts';
import { organization, secondFactors, user } from '#server/db/schema/people.ts';
import type { Transaction } from '#server/db/database.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Hub } from '#server/hub/hub.ts';

const BACKUP_CODES = 10;
const BACKUP_SIGNS = 12;
/** None that is taken for another. */
const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz';

type Factor = typeof secondFactors.$inferSelect;

const sealedFor = (userId: string) => `second factor ${userId}`;

/** A new secret for an app; nothing is asked for until its first password was entered. */
export async function beginSecondFactor(
	hub: Hub,
	userId: string
): Promise<{ secret: string; address: string } | Refusal<'SECOND_FACTOR_SET'>> {
	const secret = newTotpSecret();
	const sealed = hub.seal.seal(secret, sealedFor(userId));
	return hub.db.transaction(async (tx) => {
		const known = await lockFactor(tx, userId);
		if (known?.confirmedAt) return refuse('SECOND_FACTOR_SET', {});
		const [person] = await tx.select().from(user).where(eq(user.id, userId));
		const { name } = organization;
		const [vendor] = await tx
			.select({ name })
			.from(organization)
			.where(eq(organization.id, VENDOR_ID));
		await tx
			.insert(secondFactors)
			.values({ userId, secret: sealed })
			.onConflictDoUpdate({ target: secondFactors.userId, set: { secret: sealed } });
		const whose = { issuer: vendor?.name ?? 'Keyferry', email: person?.email ?? '' };
		return { secret, address: totpAddress(secret, whose) };
	});
}

/** @returns Codes for the day on which the app is lost, each good once; they are told this once. */
export async function confirmSecondFactor(
	hub: Hub,
	{ userId, code }: { userId: string; code: string }
): Promise<string[] | Refusal<'SECOND_FACTOR_SET' | 'SECOND_FACTOR_REFUSED'>> {
	return hub.db.transaction(async (tx) => {
		const factor = await lockFactor(tx, userId);
		if (factor?.confirmedAt) return refuse('SECOND_FACTOR_SET', {});
		const lastStep = factor && typedStep(hub, factor, code);
		if (lastStep === undefined) return refuse('SECOND_FACTOR_REFUSED', {});
		const codes = Array.from({ length: BACKUP_CODES }, newBackupCode);
		const backupHashes = codes.map((each) => sha256(each)).join(' ');
		await tx
			.update(secondFactors)
			.set({ confirmedAt: hub.now(), lastStep, backupHashes })
			.where(eq(secondFactors.userId, userId));
		return codes;
	});
}

/** @returns A refusal for what is neither the app's password nor a code that is left. */
export async function proveSecondFactor(
	hub: Hub,
	{ userId, code }: { userId: string; code: string }
): Promise<Refusal<'SECOND_FACTOR_REFUSED'> | undefined> {
	return hub.db.transaction((tx) => prove(hub, tx, { userId, code }));
}

export async function removeSecondFactor(
	hub: Hub,
	{ userId, code }: { userId: string; code: string }
): Promise<Refusal<'SECOND_FACTOR_REFUSED'> | undefined> {
	return hub.db.transaction(async (tx) => {
		const refused = await prove(hub, tx, { userId, code });
		if (isRefusal(refused)) return refused;
		await tx.delete(secondFactors).where(eq(secondFactors.userId, userId));
		return undefined;
	});
}

/** @returns `undefined` where nothing is asked for. */
export async function readSecondFactor(
	hub: Hub,
	userId: string
): Promise<{ since: Seconds; backupCodes: number } | undefined> {
	const [factor] = await hub.db
		.select()
		.from(secondFactors)
		.where(eq(secondFactors.userId, userId));
	if (!factor?.confirmedAt) return undefined;
	return { since: factor.confirmedAt, backupCodes: hashesOf(factor).length };
}

async function prove(
	hub: Hub,
	tx: Transaction,
	{ userId, code }: { userId: string; code: string }
): Promise<Refusal<'SECOND_FACTOR_REFUSED'> | undefined> {
	const factor = await lockFactor(tx, userId);
	if (!factor?.confirmedAt) return refuse('SECOND_FACTOR_REFUSED', {});
	const left = hashesOf(factor);
	const others = left.filter((hash) => hash !== sha256(plain(code)));
	const lastStep = typedStep(hub, factor, code);
	if (lastStep === undefined && others.length === left.length)
		return refuse('SECOND_FACTOR_REFUSED', {});
	await tx
		.update(secondFactors)
		.set({ lastStep: lastStep ?? factor.lastStep, backupHashes: others.join(' ') })
		.where(eq(secondFactors.userId, userId));
	return undefined;
}

async function lockFactor(tx: Transaction, userId: string): Promise<Factor | undefined> {
	const own = eq(secondFactors.userId, userId);
	const [factor] = await tx.select().from(secondFactors).where(own).for('update');
	return factor;
}

/** A hub whose secrets were lost cannot tell: there backup codes are left. */
function typedStep(hub: Hub, factor: Factor, code: string): number | undefined {
	const typed = plain(code);
	if (!/^\d{6}$/.test(typed)) return undefined;
	const { userId, lastStep } = factor;
	const secret = hub.seal.open(factor.secret, sealedFor(userId));
	return stepOf(secret, { typed, now: hub.now(), lastStep });
}

function hashesOf({ backupHashes }: Factor): string[] {
	return backupHashes.split(' ').filter((hash) => hash !== '');
}

function newBackupCode(): string {
	return Array.from({ length: BACKUP_SIGNS }, () => SIGNS[randomInt(SIGNS.length)]).join('');
}

/** As it is typed: with blanks and hyphens between, in whatever case. */
function plain(typed: string): string {
	return typed.normalize('NFKC').replace(/[\s-]/g, '').toLowerCase();
}
