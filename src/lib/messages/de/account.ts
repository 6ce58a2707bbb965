/**
 * German: the screens of people, devices, sessions and API keys.
 *
 * @module
 */
import type { AccountTexts } from '../en/account.ts';
import { joinDe } from './join.ts';
import { day, many, n } from './phrases.ts';

export const accountDe: AccountTexts = {
	title: 'Konto und Zugriff',
	signedOut: 'Melden Sie sich an, um das zu sehen.',
	stale: 'Darunter steht, was der Server zuletzt gesagt hat.',
	more: 'Mehr anzeigen',
	find: 'Suchen',
	noMatch: (search) => `Nichts passt zu „${search}“.`,
	place: 'Organisation',
	vendor: 'Team des Herstellers',
	role: joinDe.role,
	may: {
		viewer: 'Sieht Lizenzen und ihre Rechner.',
		technician: 'Aktiviert außerdem Rechner und reserviert Offline-Plätze.',
		manager:
			'Sieht außerdem Lizenzschlüssel, mustert Rechner aus und lädt für Leserechte und Technik ein.',
		owner: 'Kann mit den Lizenzen alles tun und bestimmt, wer es noch kann.',
		staff: 'Stellt Lizenzen aus und pflegt Produkte und Kunden.',
		admin: 'Kümmert sich außerdem um Team und Server.'
	},
	you: 'Sie',
	people: {
		title: 'Personen',
		hint: 'Wer zu Ihrer Organisation gehört und wer eingeladen ist',
		truth: (members, invited) =>
			`${many(members, 'Person', 'Personen')}${invited === 0 ? '' : `, ${many(invited, 'offene Einladung', 'offene Einladungen')}`}.`,
		nowhere:
			'Sie kümmern sich um niemanden. Wer zu einer Organisation gehört, bestimmen dort Inhaberrechte und Lizenzverwaltung.',
		members: 'Mitglieder',
		noMembers:
			'Noch gehört niemand dazu. Wer mit Inhaberrechten eingeladen wird, kümmert sich um den Rest.',
		invitations: 'Offene Einladungen',
		since: (seconds) => `seit ${day(seconds)}`,
		until: (seconds) => `gültig bis ${day(seconds)}`,
		over: (seconds) => `endete am ${day(seconds)}`,
		mail: { waiting: 'Mail ist unterwegs', sent: 'Mail gesendet', failed: 'Mail nicht zugestellt' },
		invite: 'Einladen',
		inviteTitle: (place) => `Jemanden zu ${place} einladen`,
		inviteText:
			'Die Person bekommt einen Link per Mail. Er gilt einmal, 7 Tage lang und nur für diese Adresse.',
		inviteDo: 'Einladung senden',
		invited: (email) => `${email} ist eingeladen.`,
		email: 'E-Mail-Adresse',
		emailWrong: 'Geben Sie eine Adresse wie name@example.com ein.',
		roleLabel: 'Rolle',
		change: 'Ändern',
		changeTitle: (name) => name,
		changeDo: 'Rolle speichern',
		changed: (name, role) => `${name} hat jetzt die Rolle ${role}.`,
		remove: 'Entfernen',
		removeTitle: (name) => `${name} entfernen?`,
		removeText: (name, place) =>
			`${name} sieht von ${place} nichts mehr, und Geräte lassen es beim nächsten Abgleich fallen. Das Konto bleibt, und was schon ausgestellt ist, auch.`,
		removeSeats:
			'Offline-Plätze auf Geräten dieser Person bleiben reserviert: Beenden Sie diese zuerst unter Geräte.',
		removeDo: 'Entfernen',
		removed: (name) => `${name} wurde entfernt.`,
		leave: 'Verlassen',
		leaveTitle: (place) => `${place} verlassen?`,
		leaveText: (place) =>
			`Sie sehen von ${place} nichts mehr. Jemand anderes muss Sie wieder einladen.`,
		withdraw: 'Zurückziehen',
		withdrawn: (email) => `Die Einladung von ${email} wurde zurückgezogen.`,
		toDevices: 'Geräte dieser Personen'
	},
	devices: {
		title: 'Geräte',
		hint: 'Wo Ihr Konto benutzt wird, einzeln zu beenden',
		truth: (count, hasMore) => `${hasMore ? 'Mehr als ' : ''}${many(count, 'Gerät', 'Geräte')}.`,
		own: 'Meine Geräte',
		of: (place) => `Personen von ${place}`,
		whose: 'Wessen Geräte',
		emptyTitle: 'Noch keine Geräte',
		emptyText: 'Ein Gerät erscheint hier, sobald es etwas an den Server gesendet hat.',
		unnamed: 'Gerät ohne Namen',
		thisOne: 'Dieses Gerät',
		seen: (seconds) => `zuletzt benutzt ${day(seconds)}`,
		since: (seconds) => `seit ${day(seconds)}`,
		signedIn: (sessions) => (sessions === 0 ? 'nicht angemeldet' : 'angemeldet'),
		blocked: (seats) => `${many(seats, 'Offline-Platz', 'Offline-Plätze')} reserviert`,
		ended: (seconds) => `Beendet ${day(seconds)}`,
		copied: 'Kopiert',
		end: 'Beenden',
		endTitle: (name) => `${name} beenden?`,
		endText:
			'Es wird sofort abgemeldet, und worum es noch bittet, wird abgelehnt. Was darauf schon geschehen ist, zählt weiterhin, auch wenn es später gebracht wird. Das lässt sich nicht rückgängig machen; das Gerät kann als neues wieder verwendet werden.',
		endThis: 'Das ist das Gerät, das Sie gerade benutzen: Sie werden hier abgemeldet.',
		endElsewhere: 'Plätze anderer Organisationen werden ebenfalls gesperrt; sie stehen hier nicht.',
		blocks: 'Plätze, die belegt bleiben',
		blocksNone: 'Für dieses Gerät sind keine Offline-Plätze reserviert.',
		blocksLine: ({ seats, until }) =>
			`${many(seats, 'Platz', 'Plätze')}, längstens bis ${day(until)}`,
		blocksEnd:
			'Sie werden früher frei, wenn das Gerät gebracht wird und sie zurückgibt oder die Lizenzverwaltung sie abschreibt.',
		endDo: 'Gerät beenden',
		endedTitle: (name) => `${name} wurde beendet`,
		endedText: 'Es ist abgemeldet, und worum es bittet, geschieht nicht mehr.'
	},
	sessions: {
		title: 'Sitzungen',
		hint: 'Wo Sie angemeldet sind',
		truth: (count) => `Sie sind an ${many(count, 'Stelle', 'Stellen')} angemeldet.`,
		current: 'Diese Sitzung',
		used: (seconds) => `zuletzt benutzt ${day(seconds)}`,
		since: (seconds) => `seit ${day(seconds)}`,
		unknown: 'Unbekannter Browser',
		on: (browser, system) => `${browser} unter ${system}`,
		end: 'Abmelden',
		ended: 'Dort abgemeldet.',
		endOthers: 'Überall sonst abmelden',
		othersEnded: (count) => `An ${many(count, 'anderer Stelle', 'anderen Stellen')} abgemeldet.`,
		text: 'Offline-Plätze und nicht Gesendetes bleiben auf einem Gerät, das abgemeldet wird. Um auch das Gerät zu beenden, öffnen Sie Geräte.'
	},
	ways: {
		title: 'Anmeldewege',
		hint: 'Authentifizierungs-App und Konten anderswo'
	},
	reminders: {
		title: 'Erinnerungen',
		hint: 'E-Mail, bevor eine Lizenz endet oder Plätze ausgehen',
		text: 'Wer Lizenzen besitzt oder verwaltet, bekommt höchstens eine Nachricht am Tag, über alle seine Lizenzen.',
		about: 'Per E-Mail mitteilen',
		kinds: {
			ends: 'Bevor etwas endet',
			seats: 'Bevor Plätze ausgehen',
			refused: 'Wenn ein Platz fehlte',
			joined: 'Wenn jemand dazukommt'
		},
		hints: {
			ends: '90, 30 und 7 Tage, bevor eine Lizenz, ihre Wartung oder eine Testzeit endet.',
			seats: 'Sobald neun von zehn Plätzen einer Lizenz belegt sind.',
			refused: 'Am Tag, nachdem eine Anforderung abgelehnt wurde, weil kein Platz frei war.',
			joined:
				'Sofort, an Inhaber: Jemand hat die Adresse eines Kaufs bestätigt und ist jetzt Mitglied.'
		},
		language: 'Sprache der Nachrichten',
		saved: 'Gespeichert.'
	},
	calendar: {
		title: 'Kalender',
		hint: 'Die Enden Ihrer Lizenzen im eigenen Kalender'
	},
	keys: {
		title: 'API-Schlüssel',
		hint: 'Für Skripte: was sie dürfen und bis wann',
		truth: (count) =>
			count === 0
				? 'Kein Skript handelt in Ihrem Namen.'
				: `${many(count, 'Schlüssel kann', 'Schlüssel können')} in Ihrem Namen handeln.`,
		emptyTitle: 'Keine API-Schlüssel',
		emptyText:
			'Ein Skript meldet sich mit einem Schlüssel statt mit Ihrem Passwort an. Geben Sie ihm nicht mehr, als es braucht.',
		make: 'Neuer Schlüssel',
		makeTitle: 'Neuer API-Schlüssel',
		name: 'Name',
		nameHint: 'Zum Beispiel das Skript, das ihn benutzt.',
		needName: 'Geben Sie einen Namen ein.',
		where: 'Wo',
		everywhere: 'Überall, wo ich dazugehöre',
		everywhereVendor: 'Bei jedem Kunden',
		roleLabel: 'Höchstens als',
		asMe: 'Alles, was ich darf',
		readOnly: 'Nur lesen',
		readOnlyHint: 'Er kann alles nachsehen, was diese Rolle kann, und nichts ändern.',
		days: 'Endet in',
		daysOf: (days) => (days === 365 ? 'einem Jahr' : `${n(days)} Tagen`),
		password: 'Ihr Passwort',
		passwordHint: 'Noch einmal gefragt, weil ein Schlüssel lange Türen öffnet.',
		needPassword: 'Geben Sie Ihr Passwort ein.',
		makeDo: 'Schlüssel erstellen',
		madeTitle: 'Kopieren Sie den Schlüssel jetzt',
		madeText: 'Er wird nur einmal gezeigt. Der Server behält keine Kopie, die jemand lesen könnte.',
		copy: 'Schlüssel kopieren',
		done: 'Fertig',
		limits: ({ role, place, readOnly }) =>
			[
				role === undefined ? 'Alles, was Sie dürfen' : `Höchstens ${role}`,
				place === undefined ? undefined : `nur bei ${place}`,
				readOnly ? 'nur lesen' : undefined
			]
				.filter(Boolean)
				.join(', '),
		ends: (seconds) => `endet ${day(seconds)}`,
		used: (seconds) => `zuletzt benutzt ${day(seconds)}`,
		unused: 'nie benutzt',
		revoke: 'Widerrufen',
		revokeTitle: (name) => `${name} widerrufen?`,
		revokeText:
			'Was ihn benutzt, wird von jetzt an abgelehnt. Das lässt sich nicht rückgängig machen.',
		revoked: (name) => `${name} wurde widerrufen.`
	}
};
