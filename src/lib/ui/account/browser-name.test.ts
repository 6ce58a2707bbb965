import { expect, test } from 'vitest';
import { browserOf } from './browser-name.ts';

test.for([
	[
		'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0',
		'Edge',
		'Linux'
	],
	['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox', 'Android'],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
		'Safari',
		'iOS'
	],
	[
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
		'Chrome',
		'Windows'
	],
	['curl/8.5', undefined, undefined]
] as const)('%s', ([userAgent, browser, system]) => {
	expect(browserOf(userAgent)).toEqual({ browser, system });
});
