/**
 * German: what can be done when no seat is free.
 *
 * @module
 */
import type { NoSeatTexts } from '../en/no-seat.ts';
import { day, moment, n } from './phrases.ts';

export const noSeatDe: NoSeatTexts = {
	title: 'Kein Platz ist frei',
	lastGot: (machine, name, at) =>
		`${machine} hat den letzten Platz bekommen, angefordert von ${name} am ${moment(at)}.`,
	unknownHolder:
		'Wer die Plätze hat, erfahren Mitglieder der Organisation, sobald sie angemeldet sind.',
	asOf: (at) => `Stand des letzten Abgleichs, ${moment(at)}.`,
	live: 'So sagt es der Hub jetzt.',
	ways: 'Was Sie jetzt tun können',
	wait: {
		title: 'Warten lassen',
		text: 'Sobald ein Platz frei ist, wird diese Anforderung von selbst bewilligt, einmal. Wer am längsten wartet, kommt zuerst. 30 Tage lang.',
		do: 'Auf einen Platz warten',
		signIn:
			'Melden Sie sich erst an: Der Hub lässt Anforderungen von Personen warten, die er kennt.',
		sent: 'Sie wartet von dem Moment an, in dem dieser Desk den Hub erreicht.',
		until: (until) =>
			`Sie wartet auf einen Platz, höchstens bis ${day(until)}, und wird von selbst bewilligt, sobald einer frei ist. Sie müssen nichts tun.`,
		withdraw: 'Nicht mehr warten',
		withdrawn: 'Sie wartet nicht mehr, sobald dieser Desk den Hub erreicht.',
		inVain: 'Sie hat 30 Tage gewartet, und kein Platz wurde frei. Sie kann wieder warten.'
	},
	free: {
		title: 'Einen unbenutzten Platz freigeben',
		manager:
			'Ein Rechner, den es nicht mehr gibt, lässt sich hier ausmustern; einer, der läuft, gibt seinen Platz selbst zurück.',
		member:
			'Bitten Sie darum, einen nicht mehr gebrauchten Platz zurückzugeben. Einen Rechner, den es nicht mehr gibt, mustert ein Manager aus.',
		since: (at) => `seit ${day(at)}`,
		cools: (until) => `kühlt bis ${day(until)} ab`,
		ask: 'Um Rückgabe bitten',
		askFor: (machine) => `Um Rückgabe bitten: ${machine}`,
		more: (count) => `Alle ${n(count)} Rechner ansehen`
	},
	manager: {
		title: 'Den Lizenzmanager fragen',
		text: 'Eine Nachricht mit den Fakten, fertig zum Senden.',
		mail: 'E-Mail',
		share: 'Teilen',
		copy: 'Nachricht kopieren',
		show: 'Nachricht ansehen'
	},
	other: {
		title: 'Eine andere Lizenz dieses Produkts nutzen',
		none: 'Keine andere Lizenz dieses Produkts hat einen freien Platz.',
		free: (count) => (count === 1 ? '1 Platz frei' : `${n(count)} Plätze frei`),
		do: 'Anfordern',
		doWith: (number) => `Anfordern mit ${number}`,
		carried:
			'Der Rechner hat diese Anforderung für eine Lizenz unterschrieben. Für eine andere muss er eine neue stellen: Starten Sie auf dem Rechner',
		carriedThen: 'und lesen Sie die neue Datei hier ein.'
	},
	message: {
		subject: ({ product, number }) => `Kein freier Platz: ${product ?? number}`,
		body: ({ product, number, seats, machine, name, organization, last, holder }) =>
			[
				holder ? `Guten Tag ${holder.name},` : 'Guten Tag,',
				'',
				holder
					? `${holder.machine ?? 'ein Rechner'} hat seit ${day(holder.at)} einen Platz von ${product ?? 'einer Lizenz'} (${number}). Falls er nicht mehr gebraucht wird, geben Sie ihn bitte zurück: mit „keyferry return“ auf dem Rechner oder mit Zurückgeben im Produkt.`
					: `eine Aktivierungsanforderung fand keinen freien Platz von ${product ?? 'einer Lizenz'} (${number}): Alle ${n(seats)} sind vergeben.`,
				'',
				`Es wartet: ${[machine, name, organization].filter(Boolean).join(', ')}`,
				!holder &&
					last &&
					`Letzter Platz: ${last.machine ?? 'ein Rechner'}, ${last.name}, ${moment(last.at)}`,
				!holder && '',
				!holder && 'Lässt sich ein Platz freigeben oder einer ergänzen?'
			]
				.filter((line) => line !== false && line !== undefined)
				.join('\n')
	}
};
