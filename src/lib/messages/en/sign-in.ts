/**
 * English: the screen Sign in.
 *
 * @module
 */
import { many } from './phrases.ts';

export const signInEn = {
	title: 'Sign in',
	truth: 'Sign in to sync. Everything else works without an account.',
	email: 'Email',
	password: 'Password',
	submit: 'Sign in',
	needEmail: 'Enter your email address.',
	needPassword: 'Enter your password.',
	offline:
		'There is no connection right now. This app keeps working; sign in when the server can be reached.',
	adopt: 'Take along what is on this device',
	adoptHint: (count: number) =>
		`${many(count, 'item')} kept here without an account: requests, files and license keys. ${count === 1 ? 'It moves' : 'They move'} to your account. Otherwise anyone who uses this device can go on using ${count === 1 ? 'it' : 'them'}.`,
	asked: (email: string) => `Sign in as ${email}`,
	byCode: 'Mail me a code',
	forgot: 'Forgot your password?',
	or: 'or',
	continueWith: (provider: string) => `Continue with ${provider}`,
	leaving: (provider: string) => `You are being taken to ${provider}.`,
	signUp: 'New here? A code in a mail makes your account.',
	codeTruth: (email: string) =>
		`If ${email} can sign in here, a code is on its way there. It works for 10 minutes, on this device.`,
	code: 'Code from the mail',
	codeHint: 'Eight digits. Nothing there? Look into the spam folder, or check the address.',
	needCode: 'Enter the eight digits of the mail.',
	name: 'Your name',
	nameHint: 'You are new here: this is how others will see you.',
	needName: 'Enter your name.',
	newPassword: 'New password',
	newPasswordHint:
		'At least 10 characters, for example four words that do not belong together. Everywhere else you are signed out.',
	shortPassword: 'A password has at least 10 characters.',
	setPassword: 'Set password and sign in',
	again: 'Mail another code',
	sentAgain: 'Another code is on its way. The one before works no more here.',
	otherAddress: 'Another address',
	came: (provider: string) => `${provider} has said who you are.`,
	secondTruth: 'Your account asks for a second proof.',
	second: 'Code of your app, or a backup code',
	secondHint: 'Six digits that change every half minute.',
	needSecond: 'Enter the six digits that your app shows, or a backup code.',
	goOn: 'Go on'
};

export type SignInTexts = typeof signInEn;
