/**
 * Renewing a license: new terms, and with them the next file of every machine that holds a seat,
 * with no new request. All in one transaction, as many statements for a thousand machines as for
 * one. [O7, SE4]
 *
 * @module
 */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import {
	fileExpiry,
	judgeLicense,
	termsInOrder,
	type License,
	type Seconds,
	type Terms
} from '#lib/domain/license.ts';
import { neededMatches } from '#lib/domain/machine.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { seatCeiling } from '#lib/domain/seat.ts';
import { decodeBase64url } from '#lib/formats/base64url.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { activationFiles, activations, licenses, requests } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/store.ts';
import { writing, type LicenseRecord } from '#server/db/writing.ts';
import { answerFile } from '#server/ledger/answer.ts';
import { licenseOf } from '#server/ledger/decide-request.ts';
import type { Hub } from '#server/hub/hub.ts';
import { reopenLedger } from '#server/ledger/ledger.ts';
import { findRevocations } from '#server/ledger/revocations.ts';
import { closeLedger } from '#server/ledger/close.ts';

/** What is to change; what is absent stays. `null` takes an end away. */
export type Renewal = {
	expiresAt?: Seconds | null;
	maintainedUntil?: Seconds | null;
	seats?: number;
	clients?: number;
	edition?: string;
	entitlements?: string[];
	versions?: { from: number; to: number };
};

export type Renewed = {
	number: string;
	/** The license key with the new terms, as a `.kflic` file. Its secret stays. */
	key: string;
	files: RenewedFile[];
};

export type RenewedFile = {
	act: string;
	label?: string;
	generation: number;
	/** The next activation file. Its name has the stem of the newest request. [FI4] */
	file: string;
};

/** @returns A refusal of the license as it would be: suspended, or expired even so. */
export async function renewLicense(
	hub: Hub,
	{ customerId, licenseId }: { customerId: string; licenseId: string },
	renewal: Renewal,
	actor = 'hub'
): Promise<Renewed | Refusal> {
	return writing(hub.db, async (shell) => {
		const { tx, lockLicenses, raiseRevision, audit } = shell;
		const [row] = await lockLicenses(customerId, [licenseId]);
		if (!row) throw new Error(`license ${licenseId} is in the directory only`);
		const changed = change(row, renewal);
		const license = licenseOf(changed);
		const no = judgeLicense(license, hub.now());
		if (no) return no;

		const signed = await signNext(hub, license, await findNewest(tx, row));
		const revision = await raiseRevision(customerId);
		const key = await signKey(hub, changed);
		const mine = and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId));
		const { terms, seats, expiresAt, ceiling } = changed;
		const sealedKey = hub.seal.seal(key.token, licenseId);
		await tx
			.update(licenses)
			.set({ terms, seats, expiresAt, ceiling, sealedKey, kid: key.kid, revision })
			.where(mine);
		await saveNext(tx, changed, { signed, revision });

		const at = hub.now();
		const facts = { seats, expiresAt: expiresAt ?? undefined, maintainedUntil: terms.mnt };
		audit(customerId, { at, actor, action: 'license.renewed', subject: licenseId, facts });
		for (const { act, gen } of signed)
			audit(customerId, {
				...{ at, actor, action: 'activation.renewed', subject: act },
				facts: { license: licenseId, gen }
			});

		// More seats, or a later end: those who wait are served, and what desks drew is signed. [RE1]
		const ledger = reopenLedger(hub, changed);
		await closeLedger(shell, ledger);
		const further = ledger.changed.files.map((file) => ({
			...file,
			label: ledger.held.get(file.act)?.label ?? undefined
		}));

		const riding = await findRevocations(tx, {
			customerId,
			licenses: new Map([[licenseId, changed]])
		});
		const revocation = riding.get(licenseId);
		return {
			number: row.number,
			key: answerFile(hub, { ...key, revocation }),
			files: [...signed, ...further].map(({ act, gen, label, kid, token }) => ({
				...{ act, label, generation: gen },
				file: answerFile(hub, { kid, token, revocation })
			}))
		};
	});
}

function change(row: LicenseRecord, renewal: Renewal): LicenseRecord {
	const { expiresAt, maintainedUntil, edition, entitlements, versions } = renewal;
	const seats = renewal.seats ?? row.seats;
	const terms: Terms = {
		...row.terms,
		ed: edition ?? row.terms.ed,
		ent: entitlements ?? row.terms.ent,
		clients: renewal.clients ?? row.terms.clients,
		ver: versions ?? row.terms.ver,
		mnt: maintainedUntil === undefined ? row.terms.mnt : (maintainedUntil ?? undefined)
	};
	return {
		...row,
		terms: termsInOrder(terms),
		seats,
		// Fewer seats than are in use cancel nothing. [SE4]
		ceiling: seatCeiling(seats, row),
		expiresAt: expiresAt === undefined ? row.expiresAt : expiresAt
	};
}

/** The newest file of each machine that holds a seat. What the hub has never signed comes after. */
function findNewest(tx: Transaction, { customerId, licenseId }: LicenseRecord) {
	return tx
		.select({ token: activationFiles.token })
		.from(activations)
		.innerJoin(
			activationFiles,
			and(
				eq(activationFiles.customerId, activations.customerId),
				eq(activationFiles.act, activations.act),
				eq(activationFiles.gen, activations.gen)
			)
		)
		.where(
			and(
				eq(activations.customerId, customerId),
				eq(activations.licenseId, licenseId),
				eq(activations.state, 'active'),
				eq(activations.drawn, false)
			)
		)
		.orderBy(asc(activations.act));
}

type Next = {
	act: string;
	gen: number;
	jti: string;
	request: string;
	label?: string;
	kid: string;
	token: string;
	signedAt: Seconds;
};

/** The same machine, key and request; the terms and times are the new ones, and `gen` rises. */
async function signNext(
	hub: Hub,
	license: License,
	newest: readonly { token: string }[]
): Promise<Next[]> {
	const signedAt = hub.now();
	const exp = fileExpiry(license, signedAt);
	const terms = termsInOrder(license.terms);
	const signed: Next[] = [];
	for (const { token: before } of newest) {
		const old = claimsOf<'activation'>(before);
		const claims: Claims['activation'] = {
			...old,
			jti: uuidv7(),
			iat: signedAt,
			iss: hub.iss,
			...terms,
			gen: old.gen + 1,
			k: neededMatches(old.fp, terms.pol.k),
			nbf: signedAt,
			exp
		};
		const token = await signToken('activation', claims, hub.signer);
		const { act, gen, jti, req: request, label } = claims;
		signed.push({ act, gen, jti, request, label, kid: hub.signer.kid, token, signedAt });
	}
	return signed;
}

/** Its `sec` stays, so that proofs made with the old key go on to hold. [RE2] */
async function signKey(hub: Hub, row: LicenseRecord): Promise<{ kid: string; token: string }> {
	const old = claimsOf<'license'>(hub.seal.open(row.sealedKey, row.licenseId));
	const { seats, expiresAt } = row;
	const claims: Claims['license'] = {
		...old,
		...{ jti: uuidv7(), iat: hub.now(), iss: hub.iss },
		...termsInOrder(row.terms),
		...{ seats, exp: expiresAt ?? undefined }
	};
	return { kid: hub.signer.kid, token: await signToken('license', claims, hub.signer) };
}

/** PostgreSQL takes 65,535 parameters in one statement. */
const ROWS_PER_INSERT = 1000;

async function saveNext(
	tx: Transaction,
	row: LicenseRecord,
	{ signed, revision }: { signed: readonly Next[]; revision: number }
): Promise<void> {
	const { customerId, licenseId } = row;
	for (let at = 0; at < signed.length; at += ROWS_PER_INSERT)
		await tx
			.insert(activationFiles)
			.values(
				signed
					.slice(at, at + ROWS_PER_INSERT)
					.map(({ label: _, ...file }) => ({ customerId, ...file }))
			);
	const [first] = signed;
	if (!first) return;
	const exp = claimsOf<'activation'>(first.token).exp ?? null;
	const active = and(
		eq(activations.customerId, customerId),
		eq(activations.licenseId, licenseId),
		eq(activations.state, 'active'),
		eq(activations.drawn, false)
	);
	await tx
		.update(activations)
		.set({
			gen: sql`${activations.gen} + 1`,
			expiresAt: exp,
			// The later end counts: an earlier generation is valid where this one was never seen.
			filesEndAt:
				exp === null
					? null
					: sql`case when ${activations.filesEndAt} is null then null
						else greatest(${exp}::bigint, ${activations.filesEndAt}) end`,
			revision
		})
		.where(active);
	// Desks get the newest file as the answer to the newest request.
	await tx
		.update(requests)
		.set({ revision })
		.where(
			and(
				eq(requests.customerId, customerId),
				inArray(
					requests.request,
					tx.select({ request: activations.request }).from(activations).where(active)
				)
			)
		);
}

// The caller says which type it stored.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
function claimsOf<T extends 'activation' | 'license'>(token: string): Claims[T] {
	// Sound: only tokens that this hub signed and stored come here.
	return JSON.parse(
		new TextDecoder().decode(decodeBase64url(token.split('.')[1] ?? ''))
	) as Claims[T];
}
