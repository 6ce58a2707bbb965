/**
 * When to offer that this app be installed. [DK5]
 *
 * @module
 */
import type { InstallState } from '#lib/ui/shell/install-state.ts';

/**
 * Once something was made here that somebody will want to find again, where this browser installs apps,
 * and until they said no.
 */
export function offersInstall(
	state: InstallState,
	{ requests, closed }: { requests: number; closed: boolean }
): boolean {
	return requests > 0 && !closed && state !== 'installed' && state !== 'none';
}
