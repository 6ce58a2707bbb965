/**
 * English: the pages that set a hub up.
 *
 * @module
 */
import { reachEn } from './reach.ts';
export const setupEn = {
	steps: 'Steps',
	progress: (step: number, of: number) => `Step ${step} of ${of}`,
	state: { done: 'done', skipped: 'skipped', open: 'now', later: 'later' },
	name: {
		admin: 'Administrator',
		reach: 'Address',
		keys: 'Signing keys',
		catalog: 'First license',
		mail: 'Mail',
		finish: 'Finish'
	},
	next: 'Continue',
	later: 'Skip for now',
	toNext: 'Back to the open step',
	reading: 'The server is asked how far its set-up is.',
	retry: 'Try again',

	admin: {
		title: 'Who looks after this server?',
		truth: 'This account signs in first, invites everybody else and can do everything.',
		email: 'Email',
		emailHint: 'Nothing is sent to it now.',
		name: 'Your name',
		password: 'Password',
		passwordHint: 'At least 10 characters, for example four words that do not belong together.',
		wrongEmail: 'Enter an e-mail address.',
		needName: 'Enter your name.',
		shortPassword: 'A password has at least 10 characters.',
		save: 'Create account',
		saved: (name: string, email: string) => `${name} signs in with ${email}.`,
		change: 'Change'
	},

	reach: reachEn,

	keys: {
		title: 'Make the signing keys',
		truth:
			'A root key vouches for this server’s own key. Products trust the root, so it is kept offline and never reaches the server.',
		makeTitle: '1. Make the root key in this browser',
		makeText:
			'It is made here and now. Nothing of its private half is sent, and it is gone when this page is closed before you saved it.',
		make: 'Make root key',
		have: 'I have a root key file already',
		made: 'Root key',
		saveTitle: '2. Save it to a file',
		saveText:
			'Best straight to a USB stick that you take away, and a second copy elsewhere. You need it in two years, to renew the server’s key, and after a disaster.',
		save: 'Save root key',
		backTitle: '3. Read it back',
		backText: 'Choose the file that you just saved: a copy that cannot be read is none.',
		choose: 'Choose the saved file',
		unreadable: 'This file contains no root key.',
		other: 'This is another root key than the one that you just made.',
		signing: 'The root key signs the server’s key.',
		doneTitle: 'The keys are made',
		done: 'The root key has vouched for this server, and stays with you.',
		root: 'Root key',
		insecure:
			'This page was opened without encryption from another machine, so the browser makes no keys here.',
		insecureNext:
			'Open it on the server’s machine under http://localhost, or forward the port with ssh as the console says.',
		keep: 'Take the file away before you go on, and keep it where nobody else gets it.'
	},

	catalog: {
		title: 'Issue the first license',
		truth: 'One product, one customer, one key: all of it can be changed and added to later.',
		product: 'Product',
		productName: 'Name of the product',
		productCode: 'Code',
		productCodeHint: 'As files and your program name it. It can never be changed.',
		contact: 'Contact',
		contactHint: 'Where people turn to for a license: an e-mail address or a page.',
		customer: 'Customer',
		customerName: 'Name of the customer',
		customerHint: 'The organization that the license is for. It is part of the key.',
		terms: 'Terms',
		need: 'This is needed.',
		wrongCode: 'Use letters, digits, dots and dashes, and start with a letter or digit.',
		says: 'The key will say',
		issue: 'Sign and issue',
		doneTitle: 'The first license is issued',
		done: (product: string, customer: string) =>
			`${product} for ${customer}. Copy or save the key now; you find it in the console later as well.`
	},

	mail: {
		title: 'Does mail arrive?',
		truth: 'Invitations and codes go out by mail.',
		smtp: (server: string, from: string) => `Mail is sent by ${server}, from ${from}.`,
		files:
			'No mail server is set, so each message is a file, and the console says its link or code.',
		folder: 'Folder',
		how: 'To send mail, start the server with KEYFERRY_SMTP and KEYFERRY_MAIL_FROM set.',
		to: 'To',
		send: 'Send test message',
		sendFile: 'Write test message',
		sent: (to: string) => `Sent to ${to}. Look whether it is there, and not among spam.`,
		written: 'Written to a file:',
		waiting: (to: string) => `On its way to ${to}.`,
		notYet: (fault: string) => `Not sent yet; it is tried again. The mail server says: ${fault}`,
		failed: (fault: string) => `Not sent. The mail server says: ${fault}`,
		wrongTo: 'Enter an e-mail address.'
	},

	finish: {
		title: 'Everything is ready',
		truth: 'When you finish, this page is gone for good, and the server begins.',
		facts: {
			admin: 'Administrator',
			url: 'Address',
			vendor: 'Vendor',
			root: 'Root key',
			license: 'First license',
			mail: 'Mail',
			folder: 'Data folder'
		},
		none: 'None yet',
		smtp: 'By a mail server',
		files: 'As files',
		finish: 'Finish and start the server',
		starting: 'The server starts. This can take half a minute.'
	},

	over: {
		title: 'Your server is running',
		truth: (url: string) => `It answers at ${url}, and this page will not come back.`,
		nextTitle: 'What comes next',
		signIn: 'Sign in',
		signInText: (email: string) =>
			`With ${email}. Invite your colleagues, and add products and customers in the console.`,
		open: 'Open the server',
		keep: 'Keep what cannot be replaced',
		keepText:
			'The root key file offline, twice. The folders keys and tls and the file secrets.json of the data folder apart from the backups. A backup, while the server is stopped (a running one is asked with an API key):',
		boot: 'Let it run',
		bootText:
			'Stop it on the console (Ctrl+C). Then install it as a service that starts with the machine, and look whether all is well:'
	}
};

export type SetupTexts = typeof setupEn;
