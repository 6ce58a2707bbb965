/**
 * German: the screen Sign in.
 *
 * @module
 */
import type { SignInTexts } from '../en/sign-in.ts';

export const signInDe: SignInTexts = {
	title: 'Anmelden',
	truth: 'Melden Sie sich an, um abzugleichen. Alles andere funktioniert ohne Konto.',
	email: 'E-Mail',
	password: 'Passwort',
	submit: 'Anmelden',
	needEmail: 'Geben Sie Ihre E-Mail-Adresse ein.',
	needPassword: 'Geben Sie Ihr Passwort ein.',
	offline:
		'Gerade gibt es keine Verbindung. Diese App funktioniert weiter; melden Sie sich an, sobald der Server erreichbar ist.',
	asked: (email) => `Anmelden als ${email}`
};
