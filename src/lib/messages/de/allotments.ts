/**
 * German: the words of allotments, loaded with the screens that show them.
 *
 * @module
 */
import type { AllotmentTexts } from '../en/allotments.ts';
import { day, many, n } from './phrases.ts';

export const allotmentsDe: AllotmentTexts = {
	title: 'Kontingente',
	truth: (left: number, until: number) =>
		`Dieser Desk kann ohne Netz noch ${many(left, 'Aktivierung', 'Aktivierungen')} ausstellen, bis ${day(until)}.`,
	truthNone:
		'Für diesen Desk sind keine Plätze reserviert: Jede Anforderung wartet auf den Hub. Reservierte Plätze lassen sich an Ort und Stelle ausstellen.',
	truthSpent: 'Alles, was für diesen Desk reserviert war, ist ausgestellt.',
	emptyTitle: 'Ausstellen, wo kein Netz ist',
	emptyText:
		'Der Hub reserviert einige Plätze einer Lizenz für diesen Desk. Bis sie verbraucht sind, stellen Sie hier offline Aktivierungsdateien aus, und niemand sonst bekommt diese Plätze.',
	emptySignedOut:
		'Melden Sie sich einmal an, um Plätze reservieren zu lassen; zum Ausstellen braucht es dann weder Netz noch Anmeldung.',
	issue: 'Aus einer Anforderung ausstellen',
	issueNow: 'Jetzt ausstellen',
	issueMany: (count: number) => `${n(count)} jetzt ausstellen`,
	issued: (count: number) => `${many(count, 'Aktivierung', 'Aktivierungen')} ausgestellt.`,
	coverage: (left: number, until: number) =>
		`Noch ${many(left, 'Platz', 'Plätze')} auf diesem Desk, bis ${day(until)}.`,
	reserve: 'Plätze reservieren',
	reserveTitle: 'Plätze für diesen Desk reservieren',
	reserveText: (days: number) =>
		`Niemand sonst bekommt diese Plätze. Sie können daraus ${days === 1 ? 'einen Tag' : `${n(days)} Tage`} lang ausstellen und den Rest dann zurückgeben.`,
	reserveLicense: 'Lizenz',
	reserveSeats: 'Plätze',
	reserveHint: (most: number) => `Bis zu ${n(most)} dieser Lizenz auf einem Desk.`,
	reserveNone: 'Keine Lizenz hier hat einen freien Platz, den dieser Desk halten darf.',
	reserveOffline: 'Gefragt wird, sobald der Hub erreichbar ist.',
	reserveDo: (seats: number) => `${many(seats, 'Platz', 'Plätze')} reservieren`,
	reserved: (seats: number) =>
		`${many(seats, 'Platz', 'Plätze')} angefragt. Sie erscheinen hier, wenn der Hub sie reserviert hat.`,
	waiting: (seats: number) => `${many(seats, 'Platz', 'Plätze')} angefragt, wartet auf den Hub`,
	proposal: (title: string, seats: number) =>
		`Sie aktivieren oft ${title}. ${many(seats, 'Platz', 'Plätze')} reservieren, um offline auszustellen?`,
	noProposal: 'Nein, danke',
	left: (left: number, max: number) => `${n(left)} von ${n(max)} übrig`,
	drawn: (count: number) => `${n(count)} ausgestellt`,
	until: (until: number) => `Stellt aus bis ${day(until)}`,
	endedAt: (until: number) => `Stellte aus bis ${day(until)}`,
	filesUntil: 'Daraus ausgestellte Dateien enden',
	slots: 'Plätze',
	slot: (slot: number) => `Platz ${n(slot)}`,
	issuedHere: 'Hier ausgestellt',
	nothingIssued: 'Daraus wurde noch nichts ausgestellt.',
	desk: 'Desk',
	thisDesk: 'Dieser Desk',
	user: 'Person',
	ofDesks: 'Für Desks reserviert',
	ofDesksNone: 'Von dieser Lizenz ist kein Platz für einen Desk reserviert.',
	held: (seats: number) => `${many(seats, 'Platz', 'Plätze')} reserviert`,
	policy: (seats: number, days: number) =>
		seats === 0
			? 'Desks dürfen von dieser Lizenz keine Plätze halten.'
			: `Ein Desk darf ${many(seats, 'Platz', 'Plätze')} halten, jeweils ${days === 1 ? 'einen Tag' : `${n(days)} Tage`} lang.`,
	policyChange: 'Ändern',
	policyTitle: 'Was Desks halten dürfen',
	policySeats: 'Plätze für einen Desk',
	policyDays: 'Tage zum Ausstellen',
	policySave: 'Sichern',
	policySaved: 'Das dürfen Desks von jetzt an halten.',
	number: 'Schreiben Sie eine ganze Zahl.',
	close: 'Rest zurückgeben',
	closeTitle: (product: string) => `Den Rest von ${product} zurückgeben?`,
	closeText: (left: number) =>
		`${many(left, 'Platz wird', 'Plätze werden')} für andere frei, sobald der Hub davon weiß. Dieser Desk stellt aus diesem Kontingent nichts mehr aus; was er ausgestellt hat, bleibt gültig.`,
	closeDo: 'Zurückgeben',
	closed: 'Zurückgegeben. Der Hub gibt die Plätze beim nächsten Abgleich frei.',
	end: 'Kontingent dieses Desks beenden',
	endText:
		'Für einen Desk, der verloren ist oder nichts mehr ausstellen soll. Er bekommt keine neuen Plätze. Solange er offline ist, erfährt er davon vielleicht nichts, deshalb bleiben seine Plätze gesperrt.',
	endTitle: (desk: string) => `Das Kontingent von ${desk} beenden?`,
	endBlocked: (seats: number, until: number) =>
		`${many(seats, 'Platz bleibt', 'Plätze bleiben')} bis ${day(until)} gesperrt. Dann ist jede Datei abgelaufen, die der Desk ausgestellt haben kann, und ${seats === 1 ? 'er wird' : 'sie werden'} von selbst frei.`,
	endWriteOff: (until: number) => `Ab ${day(until)} können Sie das Kontingent früher abschreiben.`,
	endDo: 'Beenden',
	ended: 'Beendet. Der Desk erfährt es beim nächsten Abgleich.',
	writeOff: 'Abschreiben',
	writeOffTitle: (seats: number) => `${many(seats, 'Platz', 'Plätze')} abschreiben?`,
	writeOffText: (until: number) =>
		`Sie sind sofort frei. Hat der Desk doch daraus ausgestellt, laufen jene Rechner bis ${day(until)} ungezählt; jeder zählt als Überschreitung, sobald er bekannt wird.`,
	writeOffDo: 'Abschreiben',
	writtenOff: 'Abgeschrieben. Die Plätze sind frei.',
	reason: 'Warum',
	reasonHint: 'Für das Protokoll, zum Beispiel: Telefon verloren, Vorgang 4711.',
	needReason: 'Schreiben Sie, warum.',
	onlineOnly: 'Nur online: Der Hub entscheidet es sofort.',
	stateText: {
		frozen:
			'Der Lizenzmanager hat es beendet, oder es wurde als kopiert erkannt. Daraus kann nichts ausgestellt werden.',
		closed: 'Der Rest wurde zurückgegeben. Daraus kann nichts mehr ausgestellt werden.',
		expired: 'Jede daraus ausgestellte Datei ist abgelaufen, die Plätze sind wieder frei.',
		'written-off': 'Der Lizenzmanager hat es abgeschrieben, die Plätze sind wieder frei.'
	},
	contestedTitle: 'Zweimal ausgestellt',
	contestedText: (slot: number) =>
		`Platz ${n(slot)} dieses Kontingents wurde für zwei Rechner ausgestellt: Der Desk wurde kopiert oder aus einer Sicherung zurückgeholt. Die beiden Signaturen unten beweisen es. Der Rechner, den der Hub zuerst erfasst hat, behält den Platz.`,
	signature: (label: string) => `Signatur für ${label}`,
	contestedCopy: 'Token kopieren',
	issueTitle: 'Aktivierung ausstellen',
	issueTruth:
		'Scannen Sie die Anforderung des Rechners, oder laden Sie ihre Datei. Ausgestellt wird aus den Plätzen, die für diesen Desk reserviert sind.',
	scanRequest: 'Anforderung scannen',
	loadRequest: 'Datei laden',
	readyHere: 'Anforderungen auf diesem Desk',
	notRequest: 'Das war keine Aktivierungsanforderung.',
	notCovered: (number: string) =>
		`Von ${number} sind für diesen Desk keine Plätze reserviert. Die Anforderung kann stattdessen auf den Hub warten.`,
	coverageEnded: (number: string, until: number) =>
		`Die hier reservierten Plätze von ${number} konnten bis ${day(until)} ausgestellt werden. Die Anforderung kann stattdessen auf den Hub warten.`,
	queueInstead: 'Beim Hub einreihen',
	issuedTitle: (label: string) => `Ausgestellt für ${label}`,
	issuedTruth: (until: number) => `Laden Sie sie auf dem Rechner. Sie gilt bis ${day(until)}.`,
	confirmed: 'Der Hub hat sie erfasst. Seine eigene Datei ist auch schon hier; es eilt nicht.',
	unconfirmed: 'Der Hub erfährt es beim nächsten Abgleich. Dann folgt seine eigene Datei.',
	openRequest: 'Anforderung öffnen',
	another: 'Weitere ausstellen',
	noHurry: (until: number) =>
		`Vom Hub signiert. Es eilt nicht: Die hier ausgestellte Datei gilt bis ${day(until)}.`
};
