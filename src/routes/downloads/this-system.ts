/**
 * What this browser runs on, as far as it says so: a guess, which people can change.
 *
 * @module
 */
import type { Platform } from '#lib/domain/vendor/release.ts';

type Says = {
	platform: string;
	/** Of browsers that have it. */
	userAgentData?: { platform?: string; mobile?: boolean };
	userAgent: string;
};

/** @returns `undefined` on a phone, and where nothing fits. */
export function thisSystem({ platform, userAgentData, userAgent }: Says): Platform | undefined {
	const said = `${userAgentData?.platform ?? ''} ${platform}`;
	if (userAgentData?.mobile || /android|iphone|ipad/i.test(`${said} ${userAgent}`))
		return undefined;
	if (/win/i.test(said)) return 'windows-x64';
	if (/mac/i.test(said)) return 'macos-arm64';
	if (/linux/i.test(said)) return /aarch64|arm/i.test(platform) ? 'linux-arm64' : 'linux-x64';
	return undefined;
}
