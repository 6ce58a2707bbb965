/**
 * German: the screen of one's own ways to sign in.
 *
 * @module
 */
import type { OwnWaysTexts } from '../en/own-ways.ts';
import { many } from './phrases.ts';

export const ownWaysDe: OwnWaysTexts = {
	title: 'Anmeldewege',
	truth: (email) =>
		`Mit Passwort oder mit einem Code an ${email}, und mit dem, was Sie hier hinzufügen.`,
	signedOut: 'Melden Sie sich an, um Ihre Anmeldewege zu sehen.',
	app: 'Authentifizierungs-App',
	appText:
		'Eine App auf Ihrem Telefon zeigt sechs Ziffern, die jede halbe Minute wechseln. Wer sich als Sie anmeldet, braucht auch diese.',
	owed: 'Ihr Hersteller verlangt das von seinen Leuten: Bis sie eingerichtet ist, sehen Sie nichts von ihm.',
	setUp: 'App einrichten',
	scan: 'Scannen Sie das mit der App oder tippen Sie den Schlüssel dort ein. Geben Sie dann die sechs Ziffern ein, die sie zeigt.',
	picture: 'QR-Code für die Authentifizierungs-App',
	key: 'Schlüssel',
	code: 'Code der App',
	confirm: 'Einschalten',
	cancel: 'Abbrechen',
	backup: 'Bewahren Sie diese Ersatzcodes auf',
	backupText:
		'Jeder gilt einmal anstelle der App, wenn Sie sie einmal nicht haben. Sie werden nur dieses eine Mal gezeigt.',
	copy: 'Codes kopieren',
	kept: 'Ich habe sie aufbewahrt',
	isOn: 'Sie wird bei jeder Anmeldung verlangt.',
	left: (count) => `Noch ${many(count, 'Ersatzcode', 'Ersatzcodes')}.`,
	remove: 'App entfernen',
	removeText: 'Geben Sie zum Entfernen einen Code der App oder einen Ersatzcode ein.',
	codeOrBackup: 'Code der App oder Ersatzcode',
	elsewhere: 'Konten anderswo',
	elsewhereText:
		'Melden Sie sich mit einem Konto an, das Sie anderswo haben, gleich unter welcher Adresse.',
	none: 'Keines ist verknüpft.',
	link: (provider) => `${provider} verknüpfen`,
	unlink: 'Verknüpfung lösen',
	unlinkOf: (provider) => `Verknüpfung mit ${provider} lösen`,
	required: 'Von allen Mitarbeitern eine Authentifizierungs-App verlangen',
	requiredHint:
		'Wer keine hat, wird gebeten, sie einzurichten, und sieht bis dahin nichts vom Hersteller. API-Schlüssel, die es schon gibt, gelten weiter.',
	again: 'Neu anmelden'
};
