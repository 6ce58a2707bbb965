/**
 * German: one license.
 *
 * @module
 */
import type { LicenseTexts } from '../en/license.ts';
import { day, many, n } from './phrases.ts';

export const licenseDe: LicenseTexts = {
	truth: (active, seats) =>
		active === 0
			? `Noch auf keinem von ${many(seats, 'Rechner', 'Rechnern')} aktiviert.`
			: `Aktiviert auf ${n(active)} von ${many(seats, 'Rechner', 'Rechnern')}.`,
	maintenanceTruth: (until, now) =>
		until > now ? `Wartung bis ${day(until)}.` : `Die Wartung endete am ${day(until)}.`,
	expiredTruth: (at) => `Abgelaufen am ${day(at)}.`,
	fullTruth: 'Kein Platz ist frei.',
	coolingTruth: (count, until) =>
		count === 1
			? `1 Platz kühlt bis zum ${day(until)} ab.`
			: `${n(count)} Plätze kühlen ab, der erste bis zum ${day(until)}.`,
	movedTruth: (successor) =>
		`Auf einen anderen Kunden übertragen, als ${successor}: Hier wird nichts Neues bewilligt, und was aktiviert ist, bleibt es.`,
	suspendedTruth: 'Ausgesetzt: Es wird nichts Neues bewilligt.',
	waitingTruth: (count) =>
		count === 1
			? '1 Anforderung wartet auf den Hub.'
			: `${n(count)} Anforderungen warten auf den Hub.`,
	terms: 'Bedingungen',
	edition: 'Edition',
	versions: 'Versionen',
	versionRange: (from, to) => (from === to ? `${from}.x` : `${from}.x bis ${to}.x`),
	entitlements: 'Funktionen',
	clients: 'Clients je Site-Server',
	virtual: 'Virtuelle Maschinen',
	allowed: 'erlaubt',
	notAllowed: 'nicht erlaubt',
	given: 'Vorgegebene Fingerabdrücke',
	contact: 'Kontakt',
	key: 'Lizenzschlüssel',
	keyText: 'Er allein schaltet nichts frei: Mit ihm wird eine Aktivierung angefordert.',
	noKey:
		'Den Schlüssel sehen nur, deren Rolle ihn braucht. Für eine Anforderung genügt die Nummer.',
	machines: 'Rechner',
	noMachines: 'Kein Rechner ist aktiviert',
	noMachinesText: 'Stellen Sie die erste Anforderung. Sie lässt sich auf jedem Weg übertragen.',
	gone: (count) => `Nicht mehr hier: ${many(count, 'Rechner', 'Rechner')}`,
	machine: 'Rechner',
	by: 'Angefordert von',
	since: 'Seit',
	requests: 'Anforderungen dieses Desks',
	notFound: 'Diese Lizenz ist nicht auf diesem Desk',
	notFoundText: 'Vielleicht gehört sie zu einem anderen Konto oder wurde noch nicht abgeglichen.',
	thisMachine: 'Der gesuchte Rechner',
	moreMachines: (count: number) => many(count, 'weiterer Rechner', 'weitere Rechner')
};
