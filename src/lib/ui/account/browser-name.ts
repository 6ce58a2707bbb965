/**
 * What a browser calls itself, as people call it. It is a hint among several: whoever asks may say what
 * it likes.
 *
 * @module
 */

const browsers: readonly (readonly [RegExp, string])[] = [
	[/\bEdgA?\//, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\b(?:Firefox|FxiOS)\//, 'Firefox'],
	[/\b(?:Chrome|CriOS|HeadlessChrome)\//, 'Chrome'],
	[/\bSafari\//, 'Safari']
];

const systems: readonly (readonly [RegExp, string])[] = [
	[/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
	[/\bAndroid\b/, 'Android'],
	[/\bWindows\b/, 'Windows'],
	[/\bMac OS X\b/, 'macOS'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bLinux\b/, 'Linux']
];

/** @returns What is known of it; `undefined` for each part that is not. */
export function browserOf(userAgent: string): { browser?: string; system?: string } {
	const nameIn = (names: typeof browsers) => names.find(([mark]) => mark.test(userAgent))?.[1];
	return { browser: nameIn(browsers), system: nameIn(systems) };
}
