/**
 * English: a browser without Ed25519.
 *
 * @module
 */
export const oldBrowserEn = {
	title: 'This browser is too old',
	truth:
		'It cannot make or check signatures (Ed25519), so this app could not tell a genuine file from a forged one.',
	browsers: 'It works from these versions on:',
	commandLine: 'Or use the command line, which needs no browser:',
	safe: 'What is stored here stays as it is, and no file is damaged because of it.'
};

export type OldBrowserTexts = typeof oldBrowserEn;
