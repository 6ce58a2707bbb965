/**
 * English: the screen Sign in.
 *
 * @module
 */
export const signInEn = {
	title: 'Sign in',
	truth: 'Signing in adds sync. Everything else works without.',
	email: 'E-mail',
	password: 'Password',
	submit: 'Sign in',
	needEmail: 'Write your e-mail address.',
	needPassword: 'Write your password.',
	offline:
		'There is no connection now. The desk works on without; sign in when the hub can be reached.',
	asked: (email: string) => `Sign in as ${email}`
};

export type SignInTexts = typeof signInEn;
