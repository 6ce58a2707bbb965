/**
 * German: the screen that gives a site server its license.
 *
 * @module
 */
import type { SiteServerTexts } from '../en/site-server.ts';
import { many } from './phrases.ts';

export const siteServerDe: SiteServerTexts = {
	title: 'Lizenz für einen Standortserver',
	signIn:
		'Melden Sie sich an oder registrieren Sie sich, um dem Standortserver eine Lizenz zu geben.',
	signInText: 'Der Code bleibt erhalten; danach kommen Sie auf diese Seite zurück.',
	enter: 'Geben Sie den Code ein, den der Standortserver auf seinem Bildschirm zeigt.',
	code: 'Code',
	codeHint: 'Acht Buchstaben, zum Beispiel BCDF-GHJK.',
	where: 'Wo der Code steht',
	steps: [
		'Öffnen Sie am Standortserver seine Seiten in einem Browser: Beim ersten Start steht der Link auf seiner Konsole, später ist es die Adresse, die seine Clients verwenden.',
		'Wählen Sie unter „Lizenz“ erst „Lizenz online holen“, dann „Code anzeigen“.',
		'Geben Sie hier die acht Buchstaben ein und wählen Sie, welche Lizenz er bekommt.'
	],
	scanInstead:
		'Der QR-Code neben den Buchstaben öffnet diese Seite mit ausgefülltem Code: Halten Sie die Kamera eines Telefons darauf.',
	needCode: 'Geben Sie alle acht Buchstaben ein.',
	next: 'Weiter',
	asks: (name) => `„${name}“ bittet um eine Lizenz.`,
	check: 'Ist das Ihr Standortserver?',
	checkText:
		'Machen Sie nur weiter, wenn Sie oder jemand, den Sie kennen, das gerade an diesem Server angefragt hat. Vergleichen Sie den Rechnercode mit dem auf seinem Bildschirm.',
	name: 'Standortserver',
	organization: 'Organisation',
	machine: 'Rechnercode',
	kind: 'Rechner',
	virtual: (by) => `Virtuell (${by})`,
	hardware: 'Nicht virtuell, nach eigener Angabe',
	until: 'Code gültig bis',
	choose: 'Lizenz',
	search: 'Lizenz suchen',
	searchHint: 'Nummer, Produkt oder Kunde',
	more: 'Es gibt weitere. Geben Sie einen Teil einer Nummer, eines Produkts oder eines Kunden ein.',
	licenseName: (title, edition) => [title, edition].filter(Boolean).join(' · '),
	licenseAbout: (customer, number) => `${customer} · ${number}`,
	terms: ({ clients, free }) =>
		`${many(clients, 'Client', 'Clients')} gleichzeitig · ${free > 0 ? `${many(free, 'Platz', 'Plätze')} frei` : 'kein Platz frei'}`,
	refusesVirtual: 'Sie erlaubt keine virtuellen Maschinen.',
	none: 'Keine Ihrer Lizenzen ist für Standortserver',
	noneText:
		'Ein Standortserver braucht eine Lizenz mit Clients, bei einem Kunden, für den Sie Rechner aktivieren dürfen. Fragen Sie die Lizenzverwaltung des Kunden oder den Hersteller.',
	noMatch: (text) => `Keine Lizenz passt zu „${text}“.`,
	needLicense: 'Wählen Sie eine Lizenz.',
	give: 'Diese Lizenz geben',
	deny: 'Keine geben',
	given: (name, title) => `„${name}“ bekommt die Lizenz für ${title}.`,
	givenTitle: 'Der Server aktiviert sich jetzt',
	givenText:
		'Er belegt einen Platz dieser Lizenz. Sein Bildschirm zeigt die Lizenz in wenigen Sekunden; Sie können diese Seite schließen.',
	denied: 'Dem Standortserver wurde gesagt, dass er keine Lizenz bekommt.',
	another: 'Anderen Code eingeben',
	offline: 'Zurzeit gibt es keine Verbindung.',
	openLicenses: 'Lizenzen ansehen'
};
