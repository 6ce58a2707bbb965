/**
 * Keeping a refused request waiting for a seat, and taking that back. Both are asked of the hub like
 * everything else: offline they wait in the outbox. [RE1]
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { joinTokens, readFile } from '#lib/formats/file.ts';
import { strict } from '#lib/desk/store/database.ts';
import { appendCommands, draftCommand } from '#lib/desk/store/outbox.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';

/** @param jti - Of a request that was refused for want of a seat. */
export function waitForSeat(jti: string): Promise<void> {
	return ask('request.wait', jti);
}

/** The request is refused again as it was before; what was granted meanwhile stays granted. */
export function withdrawWaiting(jti: string): Promise<void> {
	return ask('request.withdraw', jti);
}

async function ask(type: 'request.wait' | 'request.withdraw', jti: string): Promise<void> {
	const row = await strict.requests.get(jti);
	const file = row && readFile(row.text);
	if (!file || isRefusal(file)) return;
	await appendCommands([await draftCommand(type, { request: joinTokens(file) }, jti)]);
	syncNow();
}
