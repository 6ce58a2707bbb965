/**
 * English: the screen Sign in.
 *
 * @module
 */
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
	asked: (email: string) => `Sign in as ${email}`
};

export type SignInTexts = typeof signInEn;
