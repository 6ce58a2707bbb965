/**
 * German: the screen Sign in.
 *
 * @module
 */
import type { SignInTexts } from '../en/sign-in.ts';
import { many } from './phrases.ts';

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
	adopt: 'Übernehmen, was auf diesem Gerät ist',
	adoptHint: (count) =>
		`${many(count, 'Eintrag liegt', 'Einträge liegen')} hier ohne Konto: Anforderungen, Dateien und Lizenzschlüssel. ${count === 1 ? 'Er geht' : 'Sie gehen'} in Ihr Konto über. Sonst ${count === 1 ? 'bleibt er' : 'bleiben sie'} für alle benutzbar, die dieses Gerät verwenden.`,
	asked: (email) => `Anmelden als ${email}`,
	byCode: 'Code per E-Mail',
	forgot: 'Passwort vergessen?',
	or: 'oder',
	continueWith: (provider) => `Weiter mit ${provider}`,
	leaving: (provider) => `Sie werden zu ${provider} geleitet.`,
	signUp: 'Neu hier? Ein Code per E-Mail legt Ihr Konto an.',
	codeTruth: (email) =>
		`Wenn sich ${email} hier anmelden kann, ist ein Code dorthin unterwegs. Er gilt 10 Minuten, auf diesem Gerät.`,
	code: 'Code aus der E-Mail',
	codeHint: 'Acht Ziffern. Nichts da? Sehen Sie im Spam-Ordner nach oder prüfen Sie die Adresse.',
	needCode: 'Geben Sie die acht Ziffern aus der E-Mail ein.',
	name: 'Ihr Name',
	nameHint: 'Sie sind neu hier: So sehen andere Sie.',
	needName: 'Geben Sie Ihren Namen ein.',
	newPassword: 'Neues Passwort',
	newPasswordHint:
		'Mindestens 10 Zeichen, zum Beispiel vier Wörter, die nicht zusammengehören. Überall sonst werden Sie abgemeldet.',
	shortPassword: 'Ein Passwort hat mindestens 10 Zeichen.',
	setPassword: 'Passwort setzen und anmelden',
	again: 'Neuen Code schicken',
	sentAgain: 'Ein neuer Code ist unterwegs. Der vorige gilt hier nicht mehr.',
	otherAddress: 'Andere Adresse',
	came: (provider) => `${provider} hat gesagt, wer Sie sind.`,
	secondTruth: 'Ihr Konto verlangt einen zweiten Nachweis.',
	second: 'Code der App oder Ersatzcode',
	secondHint: 'Sechs Ziffern, die jede halbe Minute wechseln.',
	needSecond: 'Geben Sie die sechs Ziffern ein, die Ihre App zeigt, oder einen Ersatzcode.',
	goOn: 'Weiter'
};
