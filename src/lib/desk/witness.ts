/**
 * What a desk keeps of its hub: where audits ended, and every file that a restored hub has forgotten.
 *
 * @module
 */
import type { AuditHead } from '#lib/domain/audit.ts';
import { readFact, relaxed, strict, writeFact } from './database.ts';
import { hub } from './hub.ts';
import { listMirroredKeys } from './license-keys.ts';

const BATCH = 100;

/**
 * Keeps where the customers' audits end, as a witness. An end that went back is kept as it was: the
 * later one proves that the hub was restored or its audit rewritten. [AU1]
 */
export async function keepHeads(heads: Readonly<Record<string, AuditHead>> = {}): Promise<void> {
	if (Object.keys(heads).length === 0) return;
	await strict.transaction('rw', strict.facts, async () => {
		const kept = { ...(await readFact('heads')) };
		for (const [customerId, head] of Object.entries(heads))
			if (head.n > (kept[customerId]?.n ?? 0)) kept[customerId] = head;
		await writeFact('heads', kept);
	});
}

/**
 * Sends what this desk holds to a hub that is not the one it was, before anything of the mirror is
 * replaced. License keys, activation files and receipts are facts: the hub takes up those that it signed.
 * [SY6]
 */
export async function bringBack(): Promise<void> {
	const files = await strict.files.where('kind').anyOf(['activation', 'license']).toArray();
	const keys = await listMirroredKeys();
	const answers = await relaxed.answers.filter(({ state }) => state === 'granted').toArray();
	const own = [...(await strict.keys.toArray()), ...files].map(({ text }) => text);
	const held = new Set([...keys, ...own, ...answers.map(({ file }) => file)]);
	const kept = await strict.files.where('kind').equals('receipt').toArray();
	const shown = await relaxed.receipts.toArray();
	const receipts = new Set([...kept.map(({ text }) => text), ...shown.map(({ file }) => file)]);
	// A receipt counts before what its machine holds since, and again once its activation is known.
	const all = [...keys, ...receipts, ...held, ...receipts];
	for (let at = 0; at < all.length; at += BATCH)
		await hub.adopt.files.mutate({ files: all.slice(at, at + BATCH) });
}
