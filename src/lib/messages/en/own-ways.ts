/**
 * English: the screen of one's own ways to sign in.
 *
 * @module
 */
import { many } from './phrases.ts';

export const ownWaysEn = {
	title: 'Ways to sign in',
	truth: (email: string) => `By password or by a code to ${email}, and by what you add here.`,
	signedOut: 'Sign in to see your ways to sign in.',
	app: 'Authenticator app',
	appText:
		'An app on your phone shows six digits that change every half minute. Whoever signs in as you needs them as well.',
	owed: 'Your vendor asks this of its people: until it is set up you see nothing of the vendor’s.',
	setUp: 'Set up an app',
	scan: 'Scan this with the app, or type the key into it. Then enter the six digits that it shows.',
	picture: 'QR code for the authenticator app',
	key: 'Key',
	code: 'Code of the app',
	confirm: 'Turn on',
	cancel: 'Cancel',
	backup: 'Keep these backup codes',
	backupText:
		'Each of them works once in place of the app, on the day on which you do not have it. They are shown this once.',
	copy: 'Copy the codes',
	kept: 'I have kept them',
	isOn: 'It is asked for whenever you sign in.',
	left: (count: number) => `${many(count, 'backup code')} left.`,
	remove: 'Remove the app',
	removeText: 'Enter a code of the app, or a backup code, to remove it.',
	codeOrBackup: 'Code of the app, or a backup code',
	elsewhere: 'Accounts elsewhere',
	elsewhereText: 'Sign in with an account that you have elsewhere, whatever its address is.',
	none: 'None is linked.',
	link: (provider: string) => `Link ${provider}`,
	unlink: 'Unlink',
	unlinkOf: (provider: string) => `Unlink ${provider}`,
	required: 'Require an authenticator app of all staff',
	requiredHint:
		'Who has none is asked to set one up, and sees nothing of the vendor’s until then. API keys that there are go on.',
	again: 'Sign in again'
};

export type OwnWaysTexts = typeof ownWaysEn;
