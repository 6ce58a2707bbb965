/**
 * Asking the hub to attach, and entering the codes that were mailed for it. [AT1]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { askHub } from '#lib/desk/hub/asking.ts';
import type { hubClient } from '#lib/desk/hub/hub.ts';
import { confirmIdentity } from '#lib/desk/hub/session.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';

/** As many as the hub takes at once. */
export const MOST_THINGS = 50;

type Calls = typeof hubClient.attach;
export type AskedCodes = Awaited<ReturnType<Calls['ask']['mutate']>>;
export type EnteredCodes = Awaited<ReturnType<Calls['enter']['mutate']>>;

export function askForCodes(
	things: string[],
	language: 'en' | 'de'
): Promise<AskedCodes | Refusal> {
	return askHub((hub) => hub.attach.ask.mutate({ things, language }));
}

/** What was attached is fetched at once. */
export async function enterCodes(codes: string[]): Promise<EnteredCodes | Refusal> {
	const entered = await askHub((hub) => hub.attach.enter.mutate({ codes }));
	if (isRefusal(entered)) return entered;
	await confirmIdentity().catch(() => null);
	syncNow();
	return entered;
}

/** An owner of both moves a license that was never used. The mirrors are fetched anew. */
export async function moveOwn(number: string, customerId: string): Promise<Refusal | undefined> {
	const moved = await askHub((hub) => hub.attach.moveOwn.mutate({ number, customerId }));
	if (isRefusal(moved)) return moved;
	syncNow();
	return undefined;
}
