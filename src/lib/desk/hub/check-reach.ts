/**
 * Whether a browser reaches a server where it says that it is.
 *
 * @module
 */
import type { SetupSeen } from '#lib/protocol/setup.ts';

const CHECK_MS = 15_000;

/**
 * Asks for this very server at its public address, as any device will.
 *
 * @returns What the server saw, or `undefined` where this browser does not get there.
 */
export async function checkReach(check: string): Promise<SetupSeen | undefined> {
	try {
		const signal = AbortSignal.timeout(CHECK_MS);
		const answer = await fetch(check, { credentials: 'omit', cache: 'no-store', signal });
		return answer.ok ? ((await answer.json()) as SetupSeen) : undefined;
	} catch {
		return undefined;
	}
}
