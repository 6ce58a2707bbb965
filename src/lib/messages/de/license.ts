/**
 * German: one license.
 *
 * @module
 */
import type { LicenseTexts } from '../en/license.ts';
import { day, many, n, relative } from './phrases.ts';

export const licenseDe: LicenseTexts = {
	truth: (active, seats) =>
		active === 0
			? seats === 1
				? 'Noch nicht aktiviert.'
				: `Noch auf keinem von ${many(seats, 'Rechner', 'Rechnern')} aktiviert.`
			: `Aktiviert auf ${n(active)} von ${many(seats, 'Rechner', 'Rechnern')}.`,
	maintenanceTruth: (until, now) =>
		until > now
			? `Wartung bis ${day(until)}.`
			: `Die Wartung endete ${relative(until, now)}, am ${day(until)}: Versionen, die danach erschienen sind, dürfen nicht aktiviert werden.`,
	expiredTruth: (at, now, worksUntil) =>
		worksUntil !== undefined && worksUntil > now
			? `Abgelaufen ${relative(at, now)}, am ${day(at)}; aktivierte Rechner arbeiten mit einer Warnung bis ${day(worksUntil)} weiter.`
			: `Abgelaufen ${relative(at, now)}, am ${day(at)}.`,
	grace: 'Nachfrist nach dem Ende',
	graceDays: (days) => many(days, 'Tag', 'Tage'),
	renew: 'Verlängern',
	print: 'Drucken',
	fullTruth: 'Kein Platz ist frei.',
	coolingTruth: (count, until) =>
		count === 1
			? `1 Platz ist bis ${day(until)} gesperrt.`
			: `${n(count)} Plätze sind gesperrt, der erste bis ${day(until)}.`,
	movedTruth: (successor) =>
		`Als ${successor} auf einen anderen Kunden übertragen. Hier wird nichts Neues bewilligt; bestehende Aktivierungen bleiben gültig.`,
	trialTruth: (days, end, now) => {
		if (end === undefined)
			return `Testlizenz: ${many(days, 'Tag', 'Tage')} ab der ersten Aktivierung.`;
		const left = Math.ceil((end - now) / 86_400);
		return left > 0 ? `Testlizenz, noch ${many(left, 'Tag', 'Tage')}.` : 'Die Testzeit ist vorbei.';
	},
	trialBegins: (days) => `${many(days, 'Tag', 'Tage')} nach der ersten Aktivierung`,
	upgradedTruth: (number) =>
		`Upgrade: Für neuere Versionen gilt Lizenz ${number}. Diese gilt für ihre eigenen weiter.`,
	upgradeTruth: (number) => `Ein Upgrade von ${number}.`,
	suspendedTruth: 'Ausgesetzt: Es wird nichts Neues bewilligt.',
	waitingTruth: (count) =>
		count === 1
			? '1 Anforderung wartet auf den Server.'
			: `${n(count)} Anforderungen warten auf den Server.`,
	terms: 'Bedingungen',
	edition: 'Edition',
	versions: 'Versionen',
	versionRange: (from, to) => (from === to ? `${from}` : `${from} bis ${to}`),
	entitlements: 'Funktionen',
	clients: 'Clients je Standortserver',
	virtual: 'Virtuelle Maschinen',
	allowed: 'erlaubt',
	notAllowed: 'nicht erlaubt',
	given: 'Manuelle Fingerabdrücke',
	contact: 'Kontakt',
	purchase: 'Kauf-ID',
	purchaseLine: 'Position',
	copyPurchase: 'Kauf-ID kopieren',
	key: 'Lizenzschlüssel',
	keyText:
		'Ein Schlüssel allein schaltet nichts frei. Mit ihm stellen Sie eine Aktivierungsanforderung.',
	keyComing: 'Der Schlüssel wird noch vom Server gelesen.',
	noKey:
		'Nur Rollen, die den Schlüssel brauchen, sehen ihn. Für eine Anforderung genügt die Nummer.',
	moveOwn: 'An eine andere Ihrer Organisationen übertragen',
	machines: 'Rechner',
	downloads: 'Downloads',
	noMachines: 'Noch kein Rechner aktiviert',
	noMachinesText:
		'Stellen Sie die erste Anforderung und übertragen Sie sie als Datei, als QR-Code oder durch Teilen.',
	searchMachines: 'Rechner dieser Lizenz durchsuchen',
	searchMachinesHint: 'Name, Standort, angefordert von',
	sortMachines: 'Rechner sortieren nach',
	machineOrder: { label: 'Name', newest: 'Neueste', site: 'Standort' },
	machineCount: (found, all) =>
		found === all ? `${n(all)} Rechner` : `${n(found)} von ${n(all)} Rechnern`,
	noMachineMatch: (text) => `Kein Rechner passt zu „${text}“.`,
	clearSearch: 'Suche löschen',
	showAll: (count) => `Alle ${n(count)} zeigen`,
	loadingFirst: 'Diese Lizenz kann noch unterwegs sein: Der erste Abgleich läuft noch.',
	gone: (count) => `Nicht mehr aktiv: ${many(count, 'Rechner', 'Rechner')}`,
	machine: 'Rechner',
	by: 'Angefordert von',
	since: 'Seit',
	requests: 'Anforderungen dieses Geräts',
	notFound: 'Diese Lizenz ist nicht auf diesem Gerät',
	notFoundText:
		'Vielleicht gehört sie zu einem anderen Konto, oder sie ist noch nicht abgeglichen.',
	thisMachine: 'Der gesuchte Rechner',
	moreMachines: (count: number) => many(count, 'weiterer Rechner', 'weitere Rechner')
};
