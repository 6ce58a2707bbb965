/**
 * German: what can be done when no seat is free.
 *
 * @module
 */
import type { NoSeatTexts } from '../en/no-seat.ts';
import { day, moment, n } from './phrases.ts';

export const noSeatDe: NoSeatTexts = {
	title: 'Kein Platz ist frei',
	lastTook: (machine, time) => `${machine} bekam um ${time} den letzten Platz`,
	lastTookOn: (machine, at) => `${machine} bekam den letzten Platz am ${moment(at)}`,
	freeAgain: (count) =>
		count === 1 ? 'Ein Platz ist wieder frei' : `${n(count)} Plätze sind wieder frei`,
	freeAgainText:
		'Sie wurde abgelehnt, als keiner frei war. Reichen Sie sie erneut ein, um einen zu bekommen.',
	again: 'Erneut einreichen',
	againText: 'Geht sofort hinaus oder mit der nächsten Verbindung',
	allUsed: (seats) =>
		seats === 1
			? 'Der einzige Platz ist belegt.'
			: seats === 2
				? 'Beide Plätze sind belegt.'
				: `Alle ${n(seats)} Plätze sind belegt.`,
	requestedBy: (name) => `Angefordert von ${name}.`,
	nextFree: (until) => `Ein gesperrter Platz ist spätestens am ${day(until)} frei.`,
	unknownHolder: 'Mitglieder der Organisation sehen nach der Anmeldung, wer die Plätze belegt.',
	asOf: (at) => `Stand des letzten Abgleichs, ${moment(at)}.`,
	live: 'Aktuell vom Server.',
	wait: {
		do: 'Auf einen Platz warten',
		short: 'Wird automatisch bewilligt, sobald einer frei ist, 30 Tage lang',
		withdrawShort: 'Die Anforderung ist dann wieder abgelehnt',
		signIn: 'Zum Warten anmelden',
		signInText: 'Der Server lässt Anforderungen von Personen warten, die er kennt',
		sent: 'Sie wartet, sobald sie den Server erreicht hat.',
		until: (until) =>
			`Sie wartet höchstens bis ${day(until)} auf einen Platz und wird automatisch bewilligt, sobald einer frei ist. Mehr ist nicht zu tun.`,
		withdraw: 'Nicht mehr warten',
		withdrawn: 'Sie wartet nicht mehr, sobald der Server davon weiß.',
		inVain:
			'Sie hat 30 Tage gewartet, und kein Platz wurde frei. Sie können sie noch einmal warten lassen.'
	},
	free: {
		title: 'Einen Inhaber fragen',
		text: (count) =>
			count === 1 ? '1 Rechner hat einen Platz' : `${n(count)} Rechner haben Plätze`,
		retire: 'Rechner ausmustern',
		manager: 'Einen, den es nicht mehr gibt; die anderen geben ihren Platz selbst zurück',
		since: (at) => `seit ${day(at)}`,
		cools: (until) => `gesperrt bis ${day(until)}`,
		ask: 'Um Rückgabe bitten',
		askFor: (machine) => `Um Rückgabe bitten: ${machine}`,
		more: (count) => `Alle ${n(count)} Rechner ansehen`
	},
	manager: {
		title: 'Die Verwaltung fragen',
		text: 'Eine Nachricht mit den Details, fertig zum Senden',
		mail: 'E-Mail',
		share: 'Teilen',
		copy: 'Nachricht kopieren',
		show: 'Nachricht ansehen'
	},
	other: {
		title: 'Eine andere Lizenz dieses Produkts nutzen',
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
					? `${holder.machine ?? 'ein Rechner'} hat seit ${day(holder.at)} einen Platz von ${product ?? 'einer Lizenz'} (${number}). Falls er nicht mehr gebraucht wird, geben Sie ihn bitte zurück: mit „keyferry return“ auf dem Rechner oder mit Zurückgeben im Produkt; hat eine App die Anforderung erstellt, in dieser App.`
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
