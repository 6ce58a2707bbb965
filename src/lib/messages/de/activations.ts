/**
 * German: the list of all activations.
 *
 * @module
 */
import type { ActivationsTexts } from '../en/activations.ts';
import { day, many, n } from './phrases.ts';

export const activationsDe: ActivationsTexts = {
	title: 'Aktivierungen',
	count: (shown, all) =>
		shown === all
			? many(all, 'Aktivierung', 'Aktivierungen')
			: `${n(shown)} von ${many(all, 'Aktivierung', 'Aktivierungen')}`,
	search: 'Aktivierungen durchsuchen',
	searchHint: 'Rechner, Standort, Person, Lizenz',
	activate: 'Rechner aktivieren',
	silence: 'Rechner ohne Netz schweigen, bis etwas von ihnen den Server erreicht. Das ist normal.',
	column: {
		machine: 'Rechner',
		site: 'Standort',
		system: 'System',
		version: 'Version',
		product: 'Produkt',
		number: 'Lizenz',
		customer: 'Kunde',
		who: 'Angefragt von',
		granted: 'Aktiviert',
		by: 'Ausgestellt',
		generation: 'Datei',
		end: 'Datei endet',
		heard: 'Zuletzt gehört',
		state: 'Status'
	},
	by: { server: 'Server', offline: 'Offline' },
	filter: {
		all: 'Alle',
		active: 'Aktiv',
		blocked: 'Gesperrt',
		'ends-30': 'Endet in 30 Tagen',
		ended: 'Datei abgelaufen',
		'over-limit': 'Über dem Limit',
		offline: 'Offline ausgestellt',
		past: 'Zurückgegeben'
	},
	emptyTitle: 'Noch keine Aktivierungen',
	emptySignedOut: 'Melden Sie sich an, um die Rechner Ihrer Organisation zu sehen.',
	emptySignedIn: 'Noch kein Rechner ist aktiviert.',
	noMatch: 'Keine passende Aktivierung',
	noMatchText: (text) => `Keine Aktivierung hier passt zu „${text}“.`,
	noneInFilter: (filter) => `Keine Aktivierung hier ist in „${filter}“.`,
	describe: {
		do: 'Standort und Name',
		verb: 'Ändern',
		title: (count) => `Standort oder Namen von ${many(count, 'Rechner', 'Rechnern')} ändern`,
		text: 'Sofort gespeichert, und gesendet, sobald der Server erreichbar ist. Keine Datei ändert sich dadurch.',
		what: 'Was sich ändert',
		site: 'Standort',
		name: 'Name',
		siteHint: 'Rechner eines Standorts kommen auf einen Stick.',
		nameHint: '# wird zu 1, 2, 3 …, wie unten gezeigt.',
		numberMissing: 'Setzen Sie ein # in den Namen, sonst heißen alle gleich.',
		becomes: (from, to) => `${from || '–'} → ${to || '–'}`,
		same: 'Nichts ändert sich.',
		mayNot: 'Ihre Rolle erlaubt das nicht.'
	},
	renew: {
		do: 'Lizenzen verlängern',
		files: (active) => `${many(active, 'Rechner bekommt', 'Rechner bekommen')} die nächste Datei`
	},
	retire: {
		title: (count) => `${many(count, 'Rechner', 'Rechner')} ausmustern`,
		do: 'Ausmustern',
		text: 'Für Rechner, die zerstört, verloren oder gestohlen sind. Das lässt sich nicht rückgängig machen.',
		quota: (number, left) =>
			`${number}: in diesem Jahr noch ${many(left, 'Ersetzung', 'Ersetzungen')}. So viele Plätze sind sofort frei.`,
		atOnce: 'Platz sofort frei',
		blockedUntil: (until) => `Platz gesperrt bis ${day(until)}`,
		asking: 'Der Server wird gefragt, was aus den Plätzen wird …',
		notActive: 'Hat keinen aktiven Platz.',
		tooMany: (most) => `Höchstens ${n(most)} auf einmal.`
	}
};
