/**
 * Where the audits of customers end: the desk is a witness. [AU1]
 *
 * @module
 */
import type { AuditHead } from '#lib/domain/audit/audit.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';
import { strict } from '#lib/desk/store/database.ts';

/**
 * Keeps where the customers' audits end, as a witness. An end that went back is kept as it was: the
 * later one proves that the hub was restored or its audit rewritten. [AU1]
 */
export async function keepHeads(heads: Readonly<Record<string, AuditHead>> = {}): Promise<void> {
	if (Object.keys(heads).length === 0) return;
	await strict.transaction('rw', strict.states, async () => {
		const kept = { ...(await readState('heads')) };
		for (const [customerId, head] of Object.entries(heads))
			if (head.n > (kept[customerId]?.n ?? 0)) kept[customerId] = head;
		await writeState('heads', kept);
	});
}
