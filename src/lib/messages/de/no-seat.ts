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
	unknownHolder: 'Mitglieder der Organisation sehen nach der Anmeldung, wer die Plätze belegt.',
	asOf: (at) => `Stand des letzten Abgleichs, ${moment(at)}.`,
	live: 'Aktuell vom Server.',
	ways: 'Was Sie jetzt tun können',
	wait: {
		title: 'Warten lassen',
		text: 'Sobald ein Platz frei ist, wird diese Anforderung automatisch bewilligt, einmal. Wer am längsten wartet, kommt zuerst. Sie wartet 30 Tage.',
		do: 'Auf einen Platz warten',
		signIn:
			'Melden Sie sich zuerst an. Der Server lässt nur Anforderungen von Personen warten, die er kennt.',
		sent: 'Sie wartet, sobald sie den Server erreicht hat.',
		until: (until) =>
			`Sie wartet höchstens bis ${day(until)} auf einen Platz und wird automatisch bewilligt, sobald einer frei ist. Mehr ist nicht zu tun.`,
		withdraw: 'Nicht mehr warten',
		withdrawn: 'Sie wartet nicht mehr, sobald der Server davon weiß.',
		inVain:
			'Sie hat 30 Tage gewartet, und kein Platz wurde frei. Sie können sie noch einmal warten lassen.'
	},
	free: {
		title: 'Einen unbenutzten Platz freigeben',
		manager:
			'Mustern Sie hier einen Rechner aus, den es nicht mehr gibt. Ein Rechner, der läuft, gibt seinen Platz selbst zurück.',
		member:
			'Bitten Sie darum, einen nicht mehr gebrauchten Platz zurückzugeben. Einen Rechner, den es nicht mehr gibt, mustert die Lizenzverwaltung aus.',
		since: (at) => `seit ${day(at)}`,
		cools: (until) => `gesperrt bis ${day(until)}`,
		ask: 'Um Rückgabe bitten',
		askFor: (machine) => `Um Rückgabe bitten: ${machine}`,
		more: (count) => `Alle ${n(count)} Rechner ansehen`
	},
	manager: {
		title: 'Die Lizenzverwaltung fragen',
		text: 'Eine Nachricht mit den Details, fertig zum Senden.',
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
			'Der Rechner hat diese Anforderung für eine bestimmte Lizenz signiert. Für eine andere muss er eine neue stellen. Rufen Sie auf dem Rechner auf:',
		carriedThen: 'und importieren Sie die neue Datei hier.'
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
