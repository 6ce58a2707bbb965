/**
 * The hub's own file for what a desk drew: the next generation of the same activation, as soon as
 * the license allows, and for an overage as soon as a seat is free. [AL4]
 *
 * @module
 */
import { and, eq, inArray } from 'drizzle-orm';
import { fileExpiry, judgeLicense, termsInOrder } from '#lib/domain/license.ts';
import { judgeFingerprint, neededMatches } from '#lib/domain/machine.ts';
import { isOverLimit } from '#lib/domain/seat.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { activations, draws } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/store.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import type { Signed } from './answer.ts';
import { claimsOfToken } from './allotment-blocks.ts';
import type { DrawRecord, HeldActivation, Ledger } from './ledger.ts';
import { laterEnd, licenseOf } from './decide-request.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addRequests } from './open.ts';

/** Whether this draw is what its activation's next file is made from, and may be made now. */
export function isSignable(
	hub: Hub,
	{
		license,
		activation,
		draw,
		ledger
	}: { license: LicenseRecord; activation: HeldActivation; draw: DrawRecord; ledger: Ledger }
): boolean {
	if (activation.state !== 'active' || !activation.drawn) return false;
	const isNewest = ledger.blocks.draws.every(
		(row) => row === draw || row.act !== draw.act || row.gen < draw.gen
	);
	return isNewest && mayCarry(hub, license, draw);
}

/** What the desk could not know, such as a license that was suspended meanwhile. */
function mayCarry(hub: Hub, license: LicenseRecord, { token }: DrawRecord): boolean {
	const { fp } = claimsOfToken(token);
	const { pol: policy, num: number, contact } = license.terms;
	const no =
		judgeLicense(licenseOf(license), hub.now()) ??
		judgeFingerprint({ fp, vm: false }, { policy, number, contact });
	return no === undefined;
}

/** Signs it and puts it into the ledger. */
export async function signNextOf(
	hub: Hub,
	ledger: Ledger,
	{ activation, draw }: { activation: HeldActivation; draw: DrawRecord }
): Promise<Signed> {
	const license = ledger.licenses.get(activation.licenseId)!;
	const drawn = claimsOfToken(draw.token);
	const now = hub.now();
	const terms = termsInOrder(license.terms);
	const { act } = activation;
	const claims: Claims['activation'] = {
		...{ v: drawn.v, jti: uuidv7(), iat: now, iss: hub.iss },
		...terms,
		...{ act, gen: activation.gen + 1, req: drawn.req },
		...{ name: drawn.name, label: drawn.label, held: drawn.held },
		...{ fp: drawn.fp, k: neededMatches(drawn.fp, terms.pol.k) },
		...{ nbf: now, exp: fileExpiry(licenseOf(license), now), cnf: drawn.cnf }
	};
	const signed = { kid: hub.signer.kid, token: await signToken('activation', claims, hub.signer) };
	const exp = claims.exp ?? null;
	ledger.held.set(act, {
		...activation,
		...{ gen: claims.gen, request: claims.req, expiresAt: exp, drawn: false, overage: false },
		filesEndAt: laterEnd(activation.filesEndAt, exp)
	});
	ledger.changed.activations.add(act);
	ledger.changed.files.push({
		...{ customerId: ledger.customerId, jti: claims.jti, act, gen: claims.gen },
		...{ request: claims.req, ...signed, signedAt: now }
	});
	ledger.notes.push({
		...{ at: now, actor: 'hub', action: 'activation.renewed', subject: act },
		facts: { license: activation.licenseId, gen: claims.gen }
	});
	return signed;
}

/**
 * Signs what could not be signed when it was recorded. An overage gets its file only where it fits
 * into the license: then it is none any more.
 */
export async function signPending(tx: Transaction, ledger: Ledger): Promise<void> {
	const { hub, customerId, licenses, blocks, held } = ledger;
	const fits = blocks.wasOver.filter((id) => {
		const row = licenses.get(id)!;
		return !isOverLimit(row.seats, row);
	});
	const ids = [...new Set([...blocks.unsigned, ...fits])].filter(
		(id) => !judgeLicense(licenseOf(licenses.get(id)!), hub.now())
	);
	if (ids.length === 0) return;
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
				inArray(activations.licenseId, ids),
				eq(activations.drawn, true),
				eq(activations.state, 'active')
			)
		);
	for (const [act, some] of Map.groupBy(rows, ({ activation }) => activation.act)) {
		const { draw } = some.toSorted((a, b) => b.draw.gen - a.draw.gen)[0]!;
		const { revision: _, ...stored } = some[0]!.activation;
		const activation = held.get(act) ?? stored;
		const license = licenses.get(activation.licenseId)!;
		if (activation.state !== 'active' || !activation.drawn) continue;
		if (activation.overage && isOverLimit(license.seats, license)) continue;
		if (!mayCarry(hub, license, draw)) continue;
		const signed = await signNextOf(hub, ledger, { activation, draw });
		await grantRequest(tx, ledger, { draw, act, signed });
	}
}

/** The request that was told of a contested slot is granted now; others are told the newest file. */
async function grantRequest(
	tx: Transaction,
	ledger: Ledger,
	{ draw, act, signed }: { draw: DrawRecord; act: string; signed: Signed }
): Promise<void> {
	await addRequests(tx, ledger, [draw.request]);
	const before = ledger.requests.get(draw.request);
	if (before?.jkt !== draw.jkt) return;
	const isTold = before.state === 'granted';
	ledger.requests.set(draw.request, {
		...before,
		...(!isTold && { state: 'granted', act, refusal: null, ...signed })
	});
	ledger.changed.requests.add(draw.request);
}
