/**
 * English: how this app is installed.
 *
 * @module
 */
export const installEn = {
	install: 'Install this app',
	/** By hand, where the browser has no prompt of its own. */
	ios: 'Tap Share in Safari, then “Add to Home Screen”.',
	menu: 'Open the menu of this browser, then choose “Install” or “Add to Home screen”.',
	dock: 'Choose “Add to Dock” from Safari’s File menu.',
	none: 'This browser cannot install apps. Open this page in Chrome, Edge or Safari to install it.',
	installed: 'Installed.'
};

export type InstallTexts = typeof installEn;
