/**
 * English: the screen of an invitation.
 *
 * @module
 */
export const joinEn = {
	title: 'Invitation',
	reading: 'The server is asked what you are invited to.',
	invited: (place: string) => `You are invited to ${place}.`,
	as: 'As',
	until: 'Valid until',
	role: {
		viewer: 'Viewer',
		technician: 'Technician',
		manager: 'License manager',
		owner: 'Owner',
		staff: 'Staff',
		admin: 'Administrator'
	},
	may: {
		viewer: 'You see the licenses and their machines.',
		technician: 'You see the licenses, activate machines and reserve offline seats.',
		manager:
			'You activate and retire machines, see license keys and invite technicians and viewers.',
		owner: 'You can do everything with the licenses, and decide who else can.',
		staff: 'You issue licenses and look after products and customers.',
		admin: 'You can do all that staff can, and look after staff and the server.'
	},
	email: 'Email',
	name: 'Your name',
	password: 'Password',
	newPasswordHint: 'At least 10 characters, for example four words that do not belong together.',
	needName: 'Enter your name.',
	needPassword: 'Enter a password.',
	shortPassword: 'A password has at least 10 characters.',
	join: 'Join',
	signInAndJoin: 'Sign in and join',
	otherWays: 'Sign in another way',
	knownText: 'This address has an account here already.',
	otherAccount: (email: string) => `You are signed in here as ${email}.`,
	otherAccountNext: (email: string) =>
		`The invitation is for ${email}. Sign out here first; what is not sent yet stays on this device.`,
	retry: 'Try again',
	toSignIn: 'Sign in',
	offline: 'There is no connection right now. Open the link again when there is.'
};

export type JoinTexts = typeof joinEn;
