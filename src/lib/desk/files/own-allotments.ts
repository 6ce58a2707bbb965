/**
 * Keeping the allotments that the hub set aside for this desk, whichever way they come.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import type { AllotmentRow } from '#lib/protocol/rows.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile, type VerifiedFile } from '#lib/signing/chain.ts';
import { thumbprint } from '#lib/signing/keys.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { OwnAllotmentRow } from '#lib/desk/store/desk-rows.ts';
import { chainTrust, keepLearned } from '#lib/desk/hub/trust.ts';

/**
 * Rows of allotments that the hub set aside for a key of this desk; whatever else is among the
 * texts is left out. To be stored with {@link OwnAllotmentRow} in the transaction that settles the
 * command or applies the page.
 */
export async function readOwnAllotments(texts: readonly string[]): Promise<OwnAllotmentRow[]> {
	const trust = await chainTrust();
	const verified: VerifiedFile[] = [];
	const rows: OwnAllotmentRow[] = [];
	for (const text of texts) {
		const file = readFile(text);
		if (isRefusal(file) || file.body.type !== 'allotment') continue;
		const result = await verifyFile(file, trust);
		if (isRefusal(result) || result.body.type !== 'allotment') continue;
		const { claims } = result.body;
		const jkt = await thumbprint(claims.cnf.jwk);
		if ((await strict.deskKeys.where('jkt').equals(jkt).count()) === 0) continue;
		verified.push(result);
		const { jti: id, num: number } = claims;
		rows.push({ id, number, jkt, claims, text, state: 'open', storedAt: deskNow() });
	}
	await keepLearned(verified);
	return rows;
}

/** Stores those that are not here yet; call inside a transaction over `ownAllotments`. */
export async function addOwnAllotments(
	rows: readonly OwnAllotmentRow[],
	connection = strict
): Promise<void> {
	const known = await connection.ownAllotments.bulkGet(rows.map(({ id }) => id));
	await connection.ownAllotments.bulkAdd(rows.filter((_, at) => known[at] === undefined));
}

/** What the hub says of them counts, but it never opens again what this desk closed. */
export async function applyStates(
	rows: readonly AllotmentRow[],
	connection = strict
): Promise<void> {
	for (const { id, state } of rows) {
		const own = await connection.ownAllotments.get(id);
		if (own && state !== 'open' && own.state !== state)
			await connection.ownAllotments.update(id, { state });
	}
}

/** This desk was copied: nothing more is drawn under the key of that outbox. [SY2, AL5] */
export async function freezeOwnAllotments(outbox: string): Promise<void> {
	const { deskKeys, ownAllotments } = strict;
	await strict.transaction('rw', deskKeys, ownAllotments, async () => {
		const key = await deskKeys.get(outbox);
		await ownAllotments
			.filter(({ jkt, state }) => jkt === key?.jkt && state === 'open')
			.modify({ state: 'frozen' });
	});
}
