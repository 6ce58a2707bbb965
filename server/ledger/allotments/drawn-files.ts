/**
 * The hub's own file for what a desk drew: the next generation of the same activation, as soon as
 * the license allows, and for an overage as soon as a seat is free. [AL4]
 *
 * @module
 */
import { and, eq, inArray } from 'drizzle-orm';
import { renew } from '#lib/domain/seats/activation-record.ts';
import { fileExpiry, judgeLicense } from '#lib/domain/licenses/license.ts';
import { judgeFingerprint } from '#lib/domain/machines/machine.ts';
import { isOverLimit } from '#lib/domain/seat.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import { draws } from '#server/db/schema/allotments.ts';
import { activations } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/database.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { SignedToken } from '#server/ledger/held/answer.ts';
import {
	licenseOf,
	type DrawRecord,
	type HeldActivation,
	type Ledger
} from '#server/ledger/held/ledger.ts';
import { readRequests } from '#server/ledger/held/find-rows.ts';
import { rememberAnswer, retell } from '#server/ledger/held/remember-answer.ts';
import { changeActivation, lockedLicense } from '#server/ledger/held/seats.ts';
import { signActivation } from '#server/ledger/held/sign-activation.ts';

type Drawn = { activation: HeldActivation; draw: DrawRecord };

/** Whether this draw is what its activation's next file is made from, and may be made now. */
export function isSignable(ledger: Ledger, { activation, draw }: Drawn): boolean {
	if (activation.state !== 'active' || !activation.drawn) return false;
	const isNewest = ledger.blocks.draws.every(
		(row) => row === draw || row.act !== draw.act || row.gen < draw.gen
	);
	return isNewest && mayCarry(ledger, lockedLicense(ledger, activation.licenseId), draw);
}

/** What the desk could not know, such as a license that was suspended meanwhile. */
function mayCarry({ hub }: Ledger, license: LicenseRecord, { token }: DrawRecord): boolean {
	if (hub.signer.ended()) return false;
	const { fp } = storedClaims('activation', token);
	const { pol: policy, num: number, contact } = license.terms;
	const refusal =
		judgeLicense(licenseOf(license), hub.now()) ??
		judgeFingerprint({ fp, vm: false }, { policy, number, contact });
	return refusal === undefined;
}

/** Signs it and puts it into the ledger. */
export async function signNextOf(
	ledger: Ledger,
	{ activation, draw }: Drawn
): Promise<SignedToken> {
	const { act, licenseId } = activation;
	const license = lockedLicense(ledger, licenseId);
	const now = ledger.hub.now();
	const gen = activation.gen + 1;
	const { signed, file } = await signActivation(ledger, {
		license,
		act,
		gen,
		exp: fileExpiry(licenseOf(license), now),
		// Whatever the desk signed, the fingerprint is the one that there is. [MA5]
		grantee: { ...storedClaims('activation', draw.token), fp: activation.fp }
	});
	changeActivation(ledger, activation, renew(activation, file));
	ledger.notes.push({
		at: now,
		actor: 'hub',
		action: 'activation.renewed',
		subject: act,
		facts: { license: licenseId, gen }
	});
	return signed;
}

/**
 * Signs what could not be signed when it was recorded. An overage gets its file only where it fits
 * into the license: then it is none any more.
 */
export async function signPending(tx: Transaction, ledger: Ledger): Promise<void> {
	const { hub, licenses, blocks, held } = ledger;
	const fits = blocks.wasOver.filter((id) => {
		const row = licenses.get(id)!;
		return !isOverLimit(row.seats, row);
	});
	const ids = [...new Set([...blocks.unsigned, ...fits])].filter(
		(id) => !judgeLicense(licenseOf(licenses.get(id)!), hub.now())
	);
	for (const stored of [...(await readUnsigned(tx, ledger, ids)), ...movedIn(ledger, ids)]) {
		const { draw } = stored;
		const activation = held.get(draw.act) ?? stored.activation;
		const license = licenses.get(activation.licenseId)!;
		if (activation.state !== 'active' || !activation.drawn) continue;
		if (activation.overage && isOverLimit(license.seats, license)) continue;
		if (!mayCarry(ledger, license, draw)) continue;
		const signed = await signNextOf(ledger, { activation, draw });
		await grantRequest(tx, ledger, { draw, signed });
	}
}

/** Those that hold their machine's seat since this transaction. [SE8] */
function movedIn({ held, blocks }: Ledger, licenseIds: readonly string[]): Drawn[] {
	const moved = [...blocks.moved].filter(({ act, drawnAct }) => act === drawnAct);
	return [...Map.groupBy(moved, ({ act }) => act)].flatMap(([act, some]) => {
		const activation = held.get(act);
		if (!activation || !licenseIds.includes(activation.licenseId)) return [];
		return { activation, draw: some.toSorted((a, b) => b.gen - a.gen)[0]! };
	});
}

/** Activations of these licenses whose newest file a desk has signed, each with its newest draw. */
async function readUnsigned(
	tx: Transaction,
	{ customerId }: Ledger,
	licenseIds: readonly string[]
): Promise<Drawn[]> {
	if (licenseIds.length === 0) return [];
	const rows = await tx
		.select({ activation: activations, draw: draws })
		.from(activations)
		.innerJoin(
			draws,
			and(eq(draws.customerId, activations.customerId), eq(draws.act, activations.act))
		)
		.where(
			and(
				eq(activations.customerId, customerId),
				inArray(activations.licenseId, [...licenseIds]),
				eq(activations.drawn, true),
				eq(activations.state, 'active')
			)
		);
	return [...Map.groupBy(rows, ({ activation }) => activation.act).values()].map((some) => {
		const { draw } = some.toSorted((a, b) => b.draw.gen - a.draw.gen)[0]!;
		const { revision: _, ...activation } = some[0]!.activation;
		return { activation, draw };
	});
}

/** The request that was told of a contested slot is granted now; others are told the newest file. */
async function grantRequest(
	tx: Transaction,
	ledger: Ledger,
	{ draw, signed }: { draw: DrawRecord; signed: SignedToken }
): Promise<void> {
	await readRequests(tx, ledger, [draw.request]);
	const before = ledger.requests.get(draw.request);
	if (before?.jkt !== draw.jkt) return;
	if (before.state === 'granted') retell(ledger, draw.request);
	else
		rememberAnswer(ledger, {
			...before,
			state: 'granted',
			act: draw.act,
			refusal: null,
			...signed
		});
}
