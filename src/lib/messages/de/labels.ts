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
	oneFile:
		'Dieser Desk ist eine Datei und erreicht keinen Hub: Tragen Sie Dateien hinein und hinaus und exportieren Sie nach jedem Besuch.',
	details: 'Was darin steht',
	action: {
		activate: 'Rechner aktivieren',
		back: 'Zurück',
		cancel: 'Abbrechen',
		chooseFiles: 'Dateien wählen',
		chooseFolder: 'Ordner wählen',
		close: 'Schließen',
		copied: 'Kopiert',
		copy: 'Kopieren',
		contact: 'Hersteller fragen',
		copyKey: 'Schlüssel kopieren',
		copyNumber: 'Nummer kopieren',
		copyText: 'Als Text kopieren',
		next: 'Weiter',
		openFile: 'Datei öffnen',
		openLicense: 'Lizenz öffnen',
		paste: 'Einfügen',
		pause: 'Anhalten',
		play: 'Abspielen',
		previous: 'Zurück',
		saveFile: 'Datei speichern',
		seeMachines: 'Rechner zeigen',
		scan: 'Scannen',
		share: 'Teilen',
		showQr: 'QR zeigen',
		signIn: 'Anmelden',
		signOut: 'Abmelden',
		submit: 'Einreichen',
		syncNow: 'Jetzt abgleichen',
		importFiles: 'Dateien einlesen',
		tryAgain: 'Noch einmal versuchen',
		done: 'Fertig',
		submitHere: 'Von hier einreichen',
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
		state: 'Stand',
		never: 'nie',
		none: 'keine',
		name: 'Name',
		organization: 'Organisation',
		machine: 'Rechner',
		code: 'Rechnercode',
		unnamed: 'ohne Namen',
		generation: 'Datei',
		made: 'Erstellt',
		server: 'Hub',
		version: 'Version'
	},
	state: {
		activated: 'Aktiviert',
		notActivated: 'Nicht aktiviert',
		waiting: 'Wartet auf den Hub',
		waitingSeat: 'Wartet auf einen Platz',
		notSubmitted: 'Nicht eingereicht',
		granted: 'Bewilligt',
		refused: 'Abgelehnt',
		moved: 'Übertragen',
		suspended: 'Ausgesetzt',
		expired: 'Abgelaufen',
		lapsed: 'Wartung beendet',
		overLimit: 'Über der Grenze',
		ready: 'Bereit',
		fresh: 'Neu',
		foreign: 'Nicht von Keyferry',
		kept: 'Aufbewahrt',
		damaged: 'Beschädigt',
		incomplete: 'Unvollständig',
		elsewhere: 'Für einen anderen Hub',
		twice: 'Doppelt',
		known: 'Schon hier',
		cooling: 'In Abkühlung',
		returned: 'Zurückgegeben',
		retired: 'Ausgemustert',
		issuing: 'Kann ausstellen',
		spent: 'Alles ausgestellt',
		issuingOver: 'Ausstellen vorbei',
		allotmentClosed: 'Geschlossen',
		allotmentEnded: 'Beendet',
		allotmentOver: 'Vorbei',
		writtenOff: 'Abgeschrieben'
	},
	seats: {
		heading: 'Plätze',
		part: (state, count) =>
			`${n(count)} ${{ active: 'aktiv', reserved: 'reserviert', cooling: 'in Abkühlung', free: 'frei' }[state]}`,
		words: (seats, { active, reserved, cooling }: Counts, free) =>
			`${many(seats, 'Platz', 'Plätze')}: ${[
				`${n(active)} aktiv`,
				reserved > 0 && `${n(reserved)} reserviert`,
				cooling > 0 && `${n(cooling)} in Abkühlung`,
				`${n(free)} frei`
			]
				.filter(Boolean)
				.join(', ')}`,
		over: (count) =>
			`${many(count, 'Platz', 'Plätze')} über der Grenze: Es wird nichts Neues bewilligt.`
	},
	kind: {
		'activation-request': 'Anforderung',
		activation: 'Aktivierungsdatei',
		refusal: 'Ablehnung',
		license: 'Lizenzschlüssel',
		trust: 'Vertrauensdatei',
		'hub-key': 'Hub-Schlüssel',
		revocation: 'Sperrliste',
		return: 'Rückgabe',
		receipt: 'Quittung',
		allotment: 'Kontingent',
		close: 'Kontingent, geschlossen',
		push: 'Nicht Gesendetes',
		unreadable: 'Unlesbar'
	},
	firstSync: {
		progress: (done: number, all: number) => `Erster Abgleich: ${n(done)} von ${n(all)}`,
		text: 'Was noch nicht hier ist, wird nicht gefunden. Es geht von selbst weiter, sobald der Hub erreichbar ist.',
		reading: (count: number) => `${n(count)} bisher gelesen.`
	}
};
