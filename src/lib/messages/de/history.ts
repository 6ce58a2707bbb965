/**
 * German: what has happened to a license.
 *
 * @module
 */
import type { HistoryTexts } from '#lib/messages/en/history.ts';

export const historyDe: HistoryTexts = {
	title: 'Verlauf',
	text: 'Wer an dieser Lizenz was getan hat, aus dem Protokoll des Servers.',
	show: 'Verlauf zeigen',
	earlier: 'Frühere zeigen',
	actors: { hub: 'Der Server', carrier: 'Wer es gebracht hat', operator: 'Der Betreiber' },
	somebody: 'Jemand',
	actions: {
		'site-server.approved': 'Lizenz an einen Standortserver gegeben',
		'site-server.reported': 'Nutzung von einem Standortserver gemeldet',
		'license.issued': 'Lizenz ausgestellt',
		'license.changed': 'Lizenz geändert',
		'license.renewed': 'Lizenz verlängert',
		'license.upgraded': 'Upgrade der Lizenz ausgestellt',
		'license.moved': 'Lizenz verschoben',
		'license.suspended': 'Lizenz gesperrt',
		'license.resumed': 'Lizenz entsperrt',
		'license.frozen': 'Lizenz eingefroren',
		'license.unfrozen': 'Einfrieren aufgehoben',
		'license.reissued': 'Lizenzschlüssel neu signiert',
		'license.adopted': 'Lizenz wiedergefunden',
		'license.noted': 'Notiz zur Lizenz geändert',
		'license.allowed': 'Funktion geschaltet',
		'activation.granted': 'Rechner aktiviert',
		'activation.renewed': 'Aktivierung verlängert',
		'activation.adopted': 'Aktivierung wiedergefunden',
		'activation.returned': 'Platz zurückgegeben',
		'activation.retired': 'Rechner ausgemustert',
		'activation.drawn': 'Rechner offline aktiviert',
		'activation.ended': 'Überzähliger Platz beendet',
		'activation.described': 'Rechner durch seine Anforderung beschrieben',
		'activation.labeled': 'Rechner umbenannt',
		'activation.sited': 'Standort eines Rechners geändert',
		'seat.cooled': 'Gesperrter Platz frei',
		'allotment.reserved': 'Offline-Plätze reserviert',
		'allotment.adopted': 'Offline-Plätze wiedergefunden',
		'allotment.closed': 'Offline-Plätze zurückgegeben',
		'allotment.frozen': 'Offline-Plätze angehalten',
		'allotment.expired': 'Offline-Plätze abgelaufen',
		'allotment.written-off': 'Offline-Plätze abgeschrieben',
		'request.waiting': 'Anforderung wartet auf einen Platz',
		'request.withdrawn': 'Wartende Anforderung zurückgezogen',
		'request.expired': 'Wartende Anforderung abgelaufen'
	}
};
