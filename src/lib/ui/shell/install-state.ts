/**
 * Whether this app can be installed here, and how: by the browser's own prompt, or by its menu.
 *
 * @module
 */

export type InstallState =
	/** The browser has a prompt of its own, which a click may open. */
	| 'ready'
	/** It runs as an installed app already. */
	| 'installed'
	/** By hand: the share sheet of iOS, the menu of the browser, the Dock of a Mac. */
	| 'ios'
	| 'menu'
	| 'dock'
	/** A page opened from a file, or a browser that installs nothing. */
	| 'none';

export type BrowserFacts = {
	isOneFile: boolean;
	isStandalone: boolean;
	/** It has handed over its prompt, and that was not used yet. */
	hasPrompt: boolean;
	/** It is of the kind that has one. */
	knowsPrompt: boolean;
	userAgent: string;
	touchPoints: number;
};

/** What may be said of installing: nothing that this browser cannot do. */
export function judgeInstall(facts: BrowserFacts): InstallState {
	const { userAgent, touchPoints } = facts;
	if (facts.isOneFile) return 'none';
	if (facts.isStandalone) return 'installed';
	if (facts.hasPrompt) return 'ready';
	const isMac = userAgent.includes('Macintosh');
	// An iPad says that it is a Mac; no Mac has a screen to be touched.
	if (/iPhone|iPad|iPod/.test(userAgent) || (isMac && touchPoints > 1)) return 'ios';
	if (facts.knowsPrompt || /Android.*Firefox/.test(userAgent)) return 'menu';
	const isSafari = userAgent.includes('Safari/') && !/Chrom|Firefox/.test(userAgent);
	return isMac && isSafari ? 'dock' : 'none';
}
