import { expect, test } from 'vitest';
import { thisSystem } from './this-system.ts';

test.for([
	['Win32', undefined, 'windows-x64'],
	['MacIntel', { platform: 'macOS' }, 'macos-arm64'],
	['Linux x86_64', { platform: 'Linux' }, 'linux-x64'],
	['Linux aarch64', { platform: 'Linux' }, 'linux-arm64'],
	['Linux armv81', { platform: 'Android', mobile: true }, undefined],
	['iPhone', undefined, undefined],
	['', undefined, undefined]
] as const)('[P8] %s is %s', ([platform, userAgentData, expected]) => {
	expect(thisSystem({ platform, userAgentData, userAgent: '' })).toBe(expected);
});
