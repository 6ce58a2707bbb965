/**
 * German: the words of allotments, loaded with the screens that show them.
 *
 * @module
 */
import type { AllotmentTexts } from '../en/allotments.ts';
import { day, many, n } from './phrases.ts';

export const allotmentsDe: AllotmentTexts = {
	title: 'Offline-Plätze',
	truth: (left: number, until: number) =>
		`Dieses Gerät kann offline noch ${many(left, 'Aktivierung', 'Aktivierungen')} ausstellen, bis ${day(until)}.`,
	truthNone:
		'Dieses Gerät hat keine Offline-Plätze; jede Anforderung wartet auf den Server. Offline-Plätze lassen sich an Ort und Stelle ausstellen.',
	truthSpent: 'Alle Offline-Plätze dieses Geräts sind ausgestellt.',
	truthPending:
		'Plätze sind angefragt. Sie lassen sich hier ausstellen, sobald der Server sie reserviert hat.',
	truthEnded: 'Die Offline-Plätze dieses Geräts lassen sich nicht mehr ausstellen.',
	emptyTitle: 'Ausstellen, wo kein Netz ist',
	emptyText:
		'Reservieren Sie einige Plätze einer Lizenz für dieses Gerät. Bis sie verbraucht sind, stellen Sie hier offline Aktivierungsdateien aus, und niemand sonst bekommt diese Plätze.',
	emptySignedOut:
		'Melden Sie sich einmal an, um Offline-Plätze zu reservieren. Zum Ausstellen braucht es dann weder Netz noch Anmeldung.',
	issue: 'Aus einer Anforderung ausstellen',
	issueNow: 'Jetzt ausstellen',
	issueMany: (count: number) => `${n(count)} jetzt ausstellen`,
	issued: (count: number) => `${many(count, 'Aktivierung', 'Aktivierungen')} ausgestellt.`,
	coverage: (left: number, until: number) =>
		`Noch ${many(left, 'Platz', 'Plätze')} auf diesem Gerät, bis ${day(until)}.`,
	reserve: 'Offline-Plätze reservieren',
	reserveTitle: 'Plätze für dieses Gerät reservieren',
	reserveText: (days: number) =>
		`Niemand sonst bekommt diese Plätze. Sie können daraus ${days === 1 ? 'einen Tag' : `${n(days)} Tage`} lang ausstellen und den Rest dann zurückgeben.`,
	reserveLicense: 'Lizenz',
	reserveSeats: 'Plätze',
	reserveHint: (most: number) => `Bis zu ${n(most)} dieser Lizenz für eine Person.`,
	reserveNone: 'Keine Lizenz hier hat einen freien Platz, den dieses Gerät halten darf.',
	reserveNoneOf: (number: string) =>
		`Die Lizenz ${number} hat keinen freien Platz, den dieses Gerät halten darf.`,
	reserveLoading:
		'Die Lizenzen Ihres Kontos werden noch geladen. Versuchen Sie es gleich noch einmal.',
	reserveOffline: 'Die Reservierung wird gesendet, sobald der Server erreichbar ist.',
	reserveDo: (seats: number) => `${many(seats, 'Platz', 'Plätze')} reservieren`,
	reserved: (seats: number) =>
		`${many(seats, 'Platz', 'Plätze')} angefragt. Sie erscheinen hier, wenn der Server sie reserviert hat.`,
	waiting: (seats: number) => `${many(seats, 'Platz', 'Plätze')} angefragt, wartet auf den Server`,
	proposal: (title: string, seats: number) =>
		`Sie aktivieren oft ${title}. ${many(seats, 'Platz', 'Plätze')} reservieren, um offline auszustellen?`,
	noProposal: 'Nein, danke',
	left: (left: number, max: number) => `${n(left)} von ${n(max)} übrig`,
	drawn: (count: number) => `${n(count)} ausgestellt`,
	until: (until: number) => `Stellt aus bis ${day(until)}`,
	endedAt: (until: number) => `Stellte aus bis ${day(until)}`,
	issueUntil: 'Ausstellen bis',
	filesUntil: 'Ausgestellte Dateien laufen ab',
	slots: 'Plätze',
	slot: (slot: number) => `Platz ${n(slot)}`,
	issuedHere: 'Hier ausgestellt',
	remaining: (count: number) => `${n(count)} übrig`,
	terms: 'Bedingungen',
	license: 'Lizenz',
	nothingIssued: 'Noch nichts ausgestellt.',
	desk: 'Gerät',
	thisDesk: 'Dieses Gerät',
	user: 'Person',
	ofDesks: 'Offline-Plätze',
	ofDesksNone: 'Kein Gerät hält Offline-Plätze dieser Lizenz.',
	held: (seats: number) => `${many(seats, 'Platz', 'Plätze')} reserviert`,
	policy: (seats: number, days: number) =>
		seats === 0
			? 'Geräte dürfen keine Offline-Plätze dieser Lizenz halten.'
			: `Eine Person darf ${many(seats, 'Platz', 'Plätze')} halten, jeweils ${days === 1 ? 'einen Tag' : `${n(days)} Tage`} lang.`,
	policyChange: 'Ändern',
	policyTitle: 'Offline-Plätze je Person',
	policySeats: 'Plätze je Person',
	policyDays: 'Tage zum Ausstellen',
	policySave: 'Speichern',
	policySaved: 'Gespeichert. Das gilt ab sofort.',
	number: 'Geben Sie eine ganze Zahl ein.',
	close: 'Rest zurückgeben',
	closeTitle: (product: string) => `Die ungenutzten Plätze von ${product} zurückgeben?`,
	closeText: (left: number) =>
		`${many(left, 'Platz wird', 'Plätze werden')} nach dem nächsten Abgleich für andere frei. Dieses Gerät stellt aus diesen Offline-Plätzen nichts mehr aus; was es ausgestellt hat, bleibt gültig.`,
	closeDo: 'Zurückgeben',
	closed: 'Zurückgegeben. Der Server gibt die Plätze beim nächsten Abgleich frei.',
	end: 'Ausstellen auf diesem Gerät stoppen',
	endText:
		'Für ein Gerät, das verloren ist oder nichts mehr ausstellen soll. Es bekommt keine neuen Plätze. Solange es offline ist, erfährt es davon nichts; darum bleiben seine Plätze gesperrt.',
	endTitle: (desk: string) => `Ausstellen auf ${desk} stoppen?`,
	endBlocked: (seats: number, until: number) =>
		`${many(seats, 'Platz bleibt', 'Plätze bleiben')} bis ${day(until)} gesperrt. Dann ist jede Datei abgelaufen, die das Gerät ausgestellt haben kann, und ${seats === 1 ? 'er wird' : 'sie werden'} automatisch frei.`,
	endWriteOff: (until: number) =>
		`Ab ${day(until)} können Sie die Plätze mit weniger Risiko abschreiben.`,
	endDo: 'Ausstellen stoppen',
	ended: 'Gestoppt. Das Gerät erfährt es beim nächsten Abgleich.',
	writeOff: 'Abschreiben',
	writeOffTitle: (seats: number) => `${many(seats, 'Platz', 'Plätze')} abschreiben?`,
	writeOffText: (until: number) =>
		`Sie sind sofort frei. Hat das Gerät doch daraus ausgestellt, laufen diese Rechner bis ${day(until)} ungezählt. Jeder zählt als Überschreitung, sobald er bekannt wird.`,
	writeOffEarly: 'Jetzt abschreiben',
	writeOffEarlyText: 'Das Gerät kann offline weiter daraus ausstellen.',
	writeOffDo: 'Abschreiben',
	writtenOff: 'Abgeschrieben. Die Plätze sind frei.',
	reason: 'Grund',
	reasonHint: 'Für das Protokoll, zum Beispiel: Telefon verloren, Ticket 4711.',
	needReason: 'Geben Sie einen Grund an.',
	onlineOnly: 'Nur online, denn der Server entscheidet sofort.',
	stateText: {
		frozen:
			'Die Lizenzverwaltung hat es gestoppt, oder es wurde eine Kopie gefunden. Daraus kann nichts ausgestellt werden.',
		closed:
			'Die ungenutzten Plätze wurden zurückgegeben. Daraus kann nichts mehr ausgestellt werden.',
		expired: 'Jede daraus ausgestellte Datei ist abgelaufen, die Plätze sind wieder frei.',
		'written-off': 'Die Lizenzverwaltung hat sie abgeschrieben, die Plätze sind wieder frei.'
	},
	contestedTitle: 'Zweimal ausgestellt',
	contestedText: (slot: number) =>
		`Platz ${n(slot)} wurde für zwei Rechner ausgestellt, weil die Daten des Geräts kopiert oder aus einer Sicherung wiederhergestellt wurden. Die beiden Signaturen unten beweisen es. Der Rechner, den der Server zuerst erfasst hat, behält den Platz.`,
	signature: (label: string) => `Signatur für ${label}`,
	contestedCopy: 'Token kopieren',
	issueTitle: 'Aktivierung ausstellen',
	issueTruth:
		'Scannen Sie die Anforderung des Rechners oder laden Sie ihre Datei. Sie bekommt einen der Offline-Plätze dieses Geräts.',
	scanRequest: 'Anforderung scannen',
	loadRequest: 'Datei laden',
	readyHere: 'Anforderungen auf diesem Gerät',
	notRequest: 'Das ist keine Aktivierungsanforderung.',
	notCovered: (number: string) =>
		`Dieses Gerät hat keine Offline-Plätze von ${number}. Die Anforderung kann stattdessen auf den Server warten.`,
	coverageEnded: (number: string, until: number) =>
		`Die Offline-Plätze von ${number} auf diesem Gerät konnten bis ${day(until)} ausgestellt werden. Die Anforderung kann stattdessen auf den Server warten.`,
	queueInstead: 'Für den Server einreihen',
	issuedTitle: (label: string) => `Ausgestellt für ${label}`,
	issuedTruth: (until: number) => `Laden Sie sie auf dem Rechner. Sie gilt bis ${day(until)}.`,
	confirmed: 'Der Server hat sie erfasst. Seine eigene Datei ist auch schon hier; es eilt nicht.',
	unconfirmed: 'Der Server erfährt es beim nächsten Abgleich. Dann folgt seine eigene Datei.',
	openRequest: 'Anforderung öffnen',
	another: 'Weitere ausstellen',
	noHurry: (until: number) =>
		`Vom Server signiert. Es eilt nicht: Die hier ausgestellte Datei gilt bis ${day(until)}.`
};
