/**
 * English: what the keyboard can do.
 *
 * @module
 */
export const keyboardEn = {
	title: 'Keyboard shortcuts',
	screen: 'On this screen',
	everywhere: 'Everywhere',
	places: 'Go to',
	palette: 'Find any screen, license, machine or action',
	search: 'Search this screen, or look up a license',
	walk: 'Next or previous row',
	open: 'Open the row',
	help: 'Show this help',
	close: 'Close',
	off: 'Shortcuts of a single letter can be turned off in Settings.'
};

export type KeyboardTexts = typeof keyboardEn;
