/**
 * `CODE=VERSION,…`: from which version of a product its entitlements work. [P7]
 *
 * @module
 */
import type { SinceTable } from '#lib/domain/licenses/entitlement.ts';
import { isVersion } from '#lib/domain/version.ts';
import { UsageError } from './outcome.ts';

export function readSince(typed: string): SinceTable {
	return Object.fromEntries(
		typed.split(',').map((pair) => {
			const [code = '', from = ''] = pair.split('=').map((part) => part.trim());
			if (code === '' || !isVersion(from))
				throw new UsageError('--since takes CODE=VERSION, for example remote-management=5.2.');
			return [code, from];
		})
	);
}
