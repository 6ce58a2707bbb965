/**
 * German: what stands on every screen: buttons, fields, states, seats, kinds of files.
 *
 * @module
 */
import type { LabelsTexts } from '../en/labels.ts';
import { many, n } from './phrases.ts';

type Counts = { active: number; reserved: number; cooling: number };

export const labelsDe: LabelsTexts = {
	loading: 'Wird geladen',
	late: 'Dieser Teil konnte nicht geladen werden.',
	oneFile:
		'Diese App ist eine einzelne Datei und verbindet sich mit keinem Server. Übertragen Sie Dateien hinein und hinaus und exportieren Sie nach jedem Besuch.',
	details: 'Details',
	savedAt: (when) => `Gespeichert ${when}`,
	action: {
		activate: 'Rechner aktivieren',
		back: 'Zurück',
		cancel: 'Abbrechen',
		chooseFiles: 'Dateien wählen',
		chooseFolder: 'Ordner wählen',
		close: 'Schließen',
		copied: 'Kopiert',
		copy: 'Kopieren',
		contact: 'Hersteller kontaktieren',
		copyKey: 'Schlüssel kopieren',
		copyNumber: 'Nummer kopieren',
		copyText: 'Als Text kopieren',
		next: 'Weiter',
		openFile: 'Datei öffnen',
		openLicense: 'Lizenz öffnen',
		openMachine: 'Rechner öffnen',
		paste: 'Einfügen',
		pause: 'Anhalten',
		play: 'Abspielen',
		previous: 'Zurück',
		saveFile: 'Datei speichern',
		seeMachines: 'Rechner ansehen',
		scan: 'Scannen',
		share: 'Teilen',
		showQr: 'QR-Code zeigen',
		signIn: 'Anmelden',
		signOut: 'Abmelden',
		submit: 'Einreichen',
		syncNow: 'Jetzt abgleichen',
		importFiles: 'Dateien importieren',
		tryAgain: 'Erneut versuchen',
		done: 'Fertig',
		submitHere: 'Jetzt einreichen',
		exportNow: 'Jetzt exportieren',
		reload: 'Neu laden'
	},
	field: {
		number: 'Nummer',
		product: 'Produkt',
		customer: 'Kunde',
		seats: 'Plätze',
		maintenance: 'Wartung bis',
		expires: 'Läuft ab',
		state: 'Status',
		never: 'nie',
		none: 'keine',
		name: 'Name',
		organization: 'Organisation',
		machine: 'Rechner',
		site: 'Standort',
		code: 'Rechnercode',
		unnamed: 'Unbenannter Rechner',
		generation: 'Datei',
		made: 'Erstellt',
		server: 'Server',
		version: 'Version'
	},
	state: {
		activated: 'Aktiviert',
		notActivated: 'Nicht aktiviert',
		waiting: 'Wartet auf den Server',
		waitingSeat: 'Wartet auf einen Platz',
		notSubmitted: 'Nicht eingereicht',
		granted: 'Bewilligt',
		refused: 'Abgelehnt',
		moved: 'Übertragen',
		suspended: 'Ausgesetzt',
		expired: 'Abgelaufen',
		lapsed: 'Wartung beendet',
		overLimit: 'Über dem Limit',
		ready: 'Bereit',
		fresh: 'Neu',
		foreign: 'Keine Keyferry-Datei',
		kept: 'Importiert',
		damaged: 'Beschädigt',
		incomplete: 'Unvollständig',
		elsewhere: 'Für einen anderen Server',
		twice: 'Doppelt',
		known: 'Bereits importiert',
		cooling: 'Gesperrt',
		returned: 'Zurückgegeben',
		retired: 'Ausgemustert',
		issuing: 'Bereit',
		spent: 'Alles ausgestellt',
		issuingOver: 'Ausstellen beendet',
		allotmentClosed: 'Zurückgegeben',
		allotmentEnded: 'Gestoppt',
		allotmentOver: 'Beendet',
		writtenOff: 'Abgeschrieben',
		own: 'Ihres'
	},
	seats: {
		heading: 'Plätze',
		part: (state, count) =>
			`${n(count)} ${{ active: 'aktiv', reserved: 'reserviert', cooling: 'gesperrt', free: 'frei' }[state]}`,
		words: (seats, { active, reserved, cooling }: Counts, free) =>
			`${many(seats, 'Platz', 'Plätze')}: ${[
				`${n(active)} aktiv`,
				reserved > 0 && `${n(reserved)} reserviert`,
				cooling > 0 && `${n(cooling)} gesperrt`,
				`${n(free)} frei`
			]
				.filter(Boolean)
				.join(', ')}`,
		over: (count) =>
			`${many(count, 'Platz', 'Plätze')} über dem Limit. Neues wird erst bewilligt, wenn Plätze frei werden.`
	},
	kind: {
		'activation-request': 'Aktivierungsanforderung',
		activation: 'Aktivierungsdatei',
		refusal: 'Ablehnung',
		license: 'Lizenzschlüssel',
		trust: 'Vertrauensdatei',
		'hub-key': 'Serverschlüssel',
		revocation: 'Sperrliste',
		return: 'Rückgabe',
		receipt: 'Quittung',
		allotment: 'Offline-Plätze',
		close: 'Offline-Plätze, zurückgegeben',
		push: 'Nicht gesendete Arbeit',
		lease: 'Lease eines Clients',
		usage: 'Nutzungsbericht',
		unreadable: 'Unlesbar'
	},
	firstSync: {
		begins: 'Erster Abgleich: Die erste Antwort des Servers steht noch aus',
		progress: (done: number, all: number) => `Erster Abgleich: ${n(done)} von ${n(all)}`,
		text: 'Lizenzen, die noch nicht abgeglichen sind, werden nicht gefunden. Der Abgleich läuft automatisch weiter, sobald der Server erreichbar ist.',
		reading: (count: number) => `${n(count)} bisher gelesen.`
	}
};
