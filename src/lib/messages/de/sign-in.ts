/**
 * German: the screen Sign in.
 *
 * @module
 */
import type { SignInTexts } from '../en/sign-in.ts';

export const signInDe: SignInTexts = {
	title: 'Anmelden',
	truth: 'Mit der Anmeldung kommt der Abgleich. Alles andere geht auch so.',
	email: 'E-Mail',
	password: 'Passwort',
	submit: 'Anmelden',
	needEmail: 'Geben Sie Ihre E-Mail-Adresse ein.',
	needPassword: 'Geben Sie Ihr Passwort ein.',
	offline:
		'Gerade gibt es keine Verbindung. Der Desk arbeitet weiter; melden Sie sich an, wenn der Hub erreichbar ist.',
	asked: (email) => `Anmelden als ${email}`
};
