/**
 * English: what has happened to a license.
 *
 * @module
 */
import type { AuditAction } from '#lib/domain/audit/audit.ts';

export const historyEn = {
	title: 'History',
	text: 'Who did what to this license, from the server’s log.',
	show: 'Show history',
	earlier: 'Show earlier',
	actors: { hub: 'The server', carrier: 'Whoever brought it', operator: 'The operator' },
	somebody: 'Somebody',
	actions: {
		'site-server.approved': 'License given to a site server',
		'site-server.reported': 'Use reported by a site server',
		'license.issued': 'License issued',
		'license.changed': 'License changed',
		'license.renewed': 'License renewed',
		'license.upgraded': 'License upgraded',
		'license.moved': 'License moved',
		'license.suspended': 'License suspended',
		'license.resumed': 'License resumed',
		'license.frozen': 'License frozen',
		'license.unfrozen': 'Freeze lifted',
		'license.reissued': 'License key signed again',
		'license.adopted': 'License found again',
		'license.noted': 'License note changed',
		'license.allowed': 'Feature switched',
		'activation.granted': 'Machine activated',
		'activation.renewed': 'Activation renewed',
		'activation.adopted': 'Activation found again',
		'activation.returned': 'Seat returned',
		'activation.retired': 'Machine retired',
		'activation.drawn': 'Machine activated offline',
		'activation.ended': 'Seat over the limit ended',
		'activation.described': 'Machine described by its request',
		'activation.labeled': 'Machine renamed',
		'activation.sited': 'Site of a machine changed',
		'seat.cooled': 'Blocked seat freed',
		'allotment.reserved': 'Offline seats reserved',
		'allotment.adopted': 'Offline seats found again',
		'allotment.closed': 'Offline seats given back',
		'allotment.frozen': 'Offline seats stopped',
		'allotment.expired': 'Offline seats expired',
		'allotment.written-off': 'Offline seats written off',
		'request.waiting': 'Request waits for a seat',
		'request.withdrawn': 'Waiting request withdrawn',
		'request.expired': 'Waiting request expired'
	} satisfies Partial<Record<AuditAction, string>>
};

export type HistoryTexts = typeof historyEn;
