/**
 * The next file of every machine that holds a seat of a license, with no new request: the same machine
 * and key, under the terms as they are now. [O7]
 *
 * @module
 */
import { and, asc, eq } from 'drizzle-orm';
import { renew } from '#lib/domain/seats/activation-record.ts';
import { fileExpiry } from '#lib/domain/licenses/license.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import { activationFiles, activations } from '#server/db/schema/ledger.ts';
import type { Transaction } from '#server/db/database.ts';
import type { LicenseRecord } from '#server/db/writing.ts';
import { licenseOf, type HeldActivation, type Ledger } from '#server/ledger/held/ledger.ts';
import { changeActivation } from '#server/ledger/held/seats.ts';
import { signActivation } from '#server/ledger/held/sign-activation.ts';

/** The license is locked, and is one under which files are signed. */
export async function renewActivations(
	tx: Transaction,
	ledger: Ledger,
	{ license, actor }: { license: LicenseRecord; actor: string }
): Promise<void> {
	const at = ledger.hub.now();
	const exp = fileExpiry(licenseOf(license), at);
	for (const { activation: known, token } of await readNewest(tx, license)) {
		const { act, licenseId } = known;
		const gen = known.gen + 1;
		// Whatever was signed last, the fingerprint is the one that there is. [MA5]
		const grantee = { ...storedClaims('activation', token), fp: known.fp };
		const { file } = await signActivation(ledger, { license, act, gen, exp, grantee });
		changeActivation(ledger, known, renew(known, file));
		ledger.notes.push({
			at,
			actor,
			action: 'activation.renewed',
			subject: act,
			facts: { license: licenseId, gen }
		});
	}
}

/** The newest file of each machine that holds a seat. What the hub has never signed comes after. */
async function readNewest(
	tx: Transaction,
	{ customerId, licenseId }: LicenseRecord
): Promise<{ activation: HeldActivation; token: string }[]> {
	const rows = await tx
		.select({ activation: activations, token: activationFiles.token })
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
	return rows.map(({ activation: { revision: _, ...activation }, token }) => ({
		activation,
		token
	}));
}
