import type { Hit } from '#lib/desk/licenses/lookup.ts';

/** Where a license, or a machine of it, has its own screen. */
export function hrefOf({ licenseId, act }: Hit): string {
	return act === undefined ? `#/licenses/${licenseId}` : `#/licenses/${licenseId}/${act}`;
}
