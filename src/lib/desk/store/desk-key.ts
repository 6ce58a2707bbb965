/**
 * The desk's key: one pair per outbox, which signs every push and every draw. [SY9]
 *
 * A fork closes outbox and key together; the keys of earlier outboxes stay, because allotments and
 * unsent work may still be theirs.
 *
 * @module
 */
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { thumbprint, type Signer } from '#lib/signing/keys.ts';
import { readState, writeState } from './state.ts';
import { strict } from './database.ts';
import type { DeskKeyRow } from './desk-rows.ts';
import { storedSigner, makeStoredKey } from './stored-key.ts';

export type DeskKey = {
	/** The outbox that it belongs to. */
	outbox: string;
	signer: Signer;
	jwk: PublicJwk;
	/** Thumbprint of the public key: an allotment names its desk by it. */
	kid: string;
};

/** The key of the present outbox, made when it is first asked for. */
export function deskKey(): Promise<DeskKey> {
	return findOrMake(async () => {
		const head = (await readState('outbox')) ?? { id: uuidv7(), lastN: 0 };
		await writeState('outbox', head);
		return head.id;
	});
}

/** The key of one outbox, an earlier one included. */
export function deskKeyOf(outbox: string): Promise<DeskKey> {
	return findOrMake(() => Promise.resolve(outbox));
}

/** The key that an allotment was made for, by its thumbprint, if it is this desk's. */
export async function findDeskKey(kid: string): Promise<DeskKey | undefined> {
	const row = await strict.deskKeys.where('jkt').equals(kid).first();
	return row && open(row);
}

async function findOrMake(which: () => Promise<string>): Promise<DeskKey> {
	const known = await strict.transaction('rw', strict.states, strict.deskKeys, async () =>
		strict.deskKeys.get(await which())
	);
	if (known) return open(known);
	const { jwk, key } = await makeStoredKey();
	const jkt = await thumbprint(jwk);
	// Looked up again where it is added: of two tabs that made one, the first one's is kept.
	const row = await strict.transaction('rw', strict.states, strict.deskKeys, async () => {
		const outbox = await which();
		const first = await strict.deskKeys.get(outbox);
		if (first) return first;
		const made: DeskKeyRow = { outbox, jkt, privateKey: key, publicKey: jwk };
		await strict.deskKeys.add(made);
		return made;
	});
	return open(row);
}

async function open(row: DeskKeyRow): Promise<DeskKey> {
	const { outbox, jkt: kid, publicKey } = row;
	return { outbox, kid, jwk: publicKey, signer: await storedSigner(row) };
}
