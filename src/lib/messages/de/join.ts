/**
 * German: the screen of an invitation.
 *
 * @module
 */
import type { JoinTexts } from '../en/join.ts';

export const joinDe: JoinTexts = {
	title: 'Einladung',
	reading: 'Der Server wird gefragt, wozu Sie eingeladen sind.',
	invited: (place) => `Sie sind eingeladen: ${place}.`,
	as: 'Als',
	until: 'Gültig bis',
	role: {
		viewer: 'Leserechte',
		technician: 'Technik',
		manager: 'Lizenzverwaltung',
		owner: 'Inhaberrechte',
		staff: 'Team',
		admin: 'Administration'
	},
	may: {
		viewer: 'Sie sehen die Lizenzen und ihre Rechner.',
		technician: 'Sie sehen die Lizenzen, aktivieren Rechner und reservieren Offline-Plätze.',
		manager:
			'Sie aktivieren Rechner und mustern sie aus, sehen Lizenzschlüssel und laden weitere Personen ein.',
		owner: 'Sie können mit den Lizenzen alles tun und bestimmen, wer es noch kann.',
		staff: 'Sie stellen Lizenzen aus und pflegen Produkte und Kunden.',
		admin: 'Sie können alles, was das Team kann, und kümmern sich um Team und Server.'
	},
	email: 'E-Mail',
	name: 'Ihr Name',
	password: 'Passwort',
	newPasswordHint: 'Mindestens 10 Zeichen, zum Beispiel vier Wörter, die nicht zusammengehören.',
	needName: 'Geben Sie Ihren Namen ein.',
	needPassword: 'Geben Sie ein Passwort ein.',
	shortPassword: 'Ein Passwort hat mindestens 10 Zeichen.',
	join: 'Annehmen',
	signInAndJoin: 'Anmelden und annehmen',
	otherWays: 'Anders anmelden',
	knownText: 'Zu dieser Adresse gibt es hier schon ein Konto.',
	otherAccount: (email) => `Sie sind hier als ${email} angemeldet.`,
	otherAccountNext: (email) =>
		`Die Einladung ist für ${email}. Melden Sie sich hier zuerst ab; was noch nicht gesendet ist, bleibt auf diesem Gerät.`,
	retry: 'Noch einmal versuchen',
	toSignIn: 'Anmelden',
	offline: 'Gerade gibt es keine Verbindung. Öffnen Sie den Link noch einmal, wenn es eine gibt.'
};
