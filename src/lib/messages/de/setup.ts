/**
 * German: the pages that set a hub up.
 *
 * @module
 */
import type { SetupTexts } from '../en/setup.ts';
import { reachDe } from './reach.ts';

export const setupDe: SetupTexts = {
	steps: 'Schritte',
	progress: (step, of) => `Schritt ${step} von ${of}`,
	state: { done: 'erledigt', skipped: 'übersprungen', open: 'jetzt', later: 'später' },
	name: {
		admin: 'Administration',
		reach: 'Adresse',
		keys: 'Signaturschlüssel',
		catalog: 'Erste Lizenz',
		mail: 'E-Mail',
		finish: 'Abschluss'
	},
	next: 'Weiter',
	later: 'Vorerst überspringen',
	toNext: 'Zurück zum offenen Schritt',
	reading: 'Der Server wird gefragt, wie weit seine Einrichtung ist.',
	retry: 'Erneut versuchen',

	admin: {
		title: 'Wer betreut diesen Server?',
		truth: 'Dieses Konto meldet sich zuerst an, lädt alle anderen ein und darf alles.',
		email: 'E-Mail',
		emailHint: 'Jetzt wird nichts dorthin gesendet.',
		name: 'Ihr Name',
		password: 'Passwort',
		passwordHint: 'Mindestens 10 Zeichen, zum Beispiel vier Wörter, die nicht zusammengehören.',
		wrongEmail: 'Geben Sie eine E-Mail-Adresse ein.',
		needName: 'Geben Sie Ihren Namen ein.',
		shortPassword: 'Ein Passwort hat mindestens 10 Zeichen.',
		save: 'Konto anlegen',
		saved: (name, email) => `${name} meldet sich mit ${email} an.`,
		change: 'Ändern'
	},

	reach: reachDe,

	keys: {
		title: 'Signaturschlüssel erzeugen',
		truth:
			'Ein Stammschlüssel bürgt für den Schlüssel dieses Servers. Produkte vertrauen dem Stammschlüssel, deshalb bleibt er offline und gelangt nie auf den Server.',
		makeTitle: '1. Stammschlüssel in diesem Browser erzeugen',
		makeText:
			'Er entsteht hier und jetzt. Seine private Hälfte wird nicht gesendet und ist weg, wenn Sie diese Seite vor dem Speichern schließen.',
		make: 'Stammschlüssel erzeugen',
		have: 'Ich habe schon eine Stammschlüsseldatei',
		made: 'Stammschlüssel',
		saveTitle: '2. In eine Datei speichern',
		saveText:
			'Am besten direkt auf einen USB-Stick, den Sie mitnehmen, und eine zweite Kopie an einem anderen Ort. Sie brauchen ihn in zwei Jahren, um den Schlüssel des Servers zu erneuern, und im Notfall.',
		save: 'Stammschlüssel speichern',
		backTitle: '3. Zurücklesen',
		backText:
			'Wählen Sie die Datei, die Sie eben gespeichert haben: Eine unlesbare Kopie ist keine.',
		choose: 'Gespeicherte Datei wählen',
		unreadable: 'Diese Datei enthält keinen Stammschlüssel.',
		other: 'Das ist ein anderer Stammschlüssel als der, den Sie eben erzeugt haben.',
		signing: 'Der Stammschlüssel signiert den Schlüssel des Servers.',
		doneTitle: 'Die Schlüssel sind erzeugt',
		done: 'Der Stammschlüssel hat für diesen Server gebürgt und bleibt bei Ihnen.',
		root: 'Stammschlüssel',
		insecure:
			'Diese Seite wurde ohne Verschlüsselung von einem anderen Rechner aus geöffnet, deshalb erzeugt der Browser hier keine Schlüssel.',
		insecureNext:
			'Öffnen Sie sie auf dem Rechner des Servers unter http://localhost, oder leiten Sie den Port mit ssh weiter, wie es auf der Konsole steht.',
		keep: 'Nehmen Sie die Datei an sich, bevor Sie weitergehen, und verwahren Sie sie sicher.'
	},

	catalog: {
		title: 'Erste Lizenz ausstellen',
		truth: 'Ein Produkt, ein Kunde, ein Schlüssel: Alles lässt sich später ändern und ergänzen.',
		product: 'Produkt',
		productName: 'Name des Produkts',
		productCode: 'Code',
		productCodeHint: 'So nennen es Dateien und Ihr Programm. Er lässt sich nie mehr ändern.',
		contact: 'Kontakt',
		contactHint: 'Wohin man sich wegen einer Lizenz wendet: E-Mail-Adresse oder Seite.',
		customer: 'Kunde',
		customerName: 'Name des Kunden',
		customerHint: 'Die Organisation, für die die Lizenz gilt. Sie steht im Schlüssel.',
		terms: 'Bedingungen',
		need: 'Das wird gebraucht.',
		wrongCode:
			'Verwenden Sie Buchstaben, Ziffern, Punkte und Striche, zuerst Buchstabe oder Ziffer.',
		says: 'Das steht im Schlüssel',
		issue: 'Signieren und ausstellen',
		doneTitle: 'Die erste Lizenz ist ausgestellt',
		done: (product, customer) =>
			`${product} für ${customer}. Kopieren oder speichern Sie den Schlüssel; Sie finden ihn später auch in der Konsole.`
	},

	mail: {
		title: 'Kommt E-Mail an?',
		truth: 'Einladungen und Codes gehen per E-Mail hinaus.',
		smtp: (server, from) => `E-Mail geht über ${server} hinaus, von ${from}.`,
		files:
			'Es ist kein Mailserver eingestellt: Jede Nachricht wird eine Datei, und die Konsole nennt ihren Link oder Code.',
		folder: 'Ordner',
		how: 'Um E-Mail zu senden, starten Sie den Server mit KEYFERRY_SMTP und KEYFERRY_MAIL_FROM.',
		to: 'An',
		send: 'Testnachricht senden',
		sendFile: 'Testnachricht schreiben',
		sent: (to) => `Gesendet an ${to}. Sehen Sie nach, ob sie da ist und nicht im Spam liegt.`,
		written: 'In eine Datei geschrieben:',
		waiting: (to) => `Unterwegs an ${to}.`,
		notYet: (fault) =>
			`Noch nicht gesendet; es wird erneut versucht. Der Mailserver sagt: ${fault}`,
		failed: (fault) => `Nicht gesendet. Der Mailserver sagt: ${fault}`,
		wrongTo: 'Geben Sie eine E-Mail-Adresse ein.'
	},

	finish: {
		title: 'Alles ist bereit',
		truth: 'Mit dem Abschluss verschwindet diese Seite endgültig, und der Server beginnt.',
		facts: {
			admin: 'Administration',
			url: 'Adresse',
			vendor: 'Hersteller',
			root: 'Stammschlüssel',
			license: 'Erste Lizenz',
			mail: 'E-Mail',
			folder: 'Datenordner'
		},
		none: 'Noch keine',
		smtp: 'Über einen Mailserver',
		files: 'Als Dateien',
		finish: 'Abschließen und Server starten',
		starting: 'Der Server startet. Das kann eine halbe Minute dauern.'
	},

	over: {
		title: 'Ihr Server läuft',
		truth: (url) => `Er antwortet unter ${url}, und diese Seite kommt nicht wieder.`,
		nextTitle: 'Wie es weitergeht',
		signIn: 'Anmelden',
		signInText: (email) =>
			`Mit ${email}. Laden Sie Ihr Team ein, und legen Sie in der Konsole Produkte und Kunden an.`,
		open: 'Server öffnen',
		keep: 'Unersetzliches aufbewahren',
		keepText:
			'Die Stammschlüsseldatei offline, zweimal. Die Ordner keys und tls und die Datei secrets.json des Datenordners getrennt von den Sicherungen. Eine Sicherung, solange der Server steht (ein laufender wird mit einem API-Schlüssel gefragt):',
		boot: 'Dauerhaft betreiben',
		bootText:
			'Beenden Sie ihn auf der Konsole (Strg+C). Richten Sie ihn dann als Dienst ein, der mit dem Rechner startet, und sehen Sie nach, ob alles stimmt:'
	}
};
