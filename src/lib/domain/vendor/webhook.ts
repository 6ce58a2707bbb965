/**
 * Events that the hub tells other servers of: what of its audit they are, and how often each is tried. [WH1]
 *
 * @module
 */
import type { AuditAction, AuditFacts } from '../audit/audit.ts';
import { DAY_SECONDS, type Seconds } from '../time.ts';

export const webhookKinds = [
	'license.created',
	'license.changed',
	'license.suspended',
	'license.resumed',
	'license.moved',
	'activation.created',
	'activation.renewed',
	'activation.returned',
	'activation.retired',
	'activation.ended'
] as const;

export type WebhookKind = (typeof webhookKinds)[number];

/** `failed`: given up after the last try, or refused; its people may send it again. */
export type WebhookState = 'waiting' | 'sent' | 'failed';

export type WebhookEvent = {
	kind: WebhookKind;
	at: Seconds;
	customerId: string;
	/** Absent where it has gone to another customer meanwhile. */
	number?: string;
	/** License id, or `act`. */
	subject: string;
	facts: AuditFacts;
};

const kinds: Partial<Record<AuditAction, WebhookKind>> = {
	'license.issued': 'license.created',
	'license.adopted': 'license.created',
	'license.changed': 'license.changed',
	'license.renewed': 'license.changed',
	'license.upgraded': 'license.changed',
	'license.allowed': 'license.changed',
	'license.suspended': 'license.suspended',
	'license.frozen': 'license.suspended',
	'license.resumed': 'license.resumed',
	'license.unfrozen': 'license.resumed',
	'license.moved': 'license.moved',
	'activation.granted': 'activation.created',
	'activation.drawn': 'activation.created',
	'activation.adopted': 'activation.created',
	'activation.renewed': 'activation.renewed',
	'activation.returned': 'activation.returned',
	'activation.retired': 'activation.retired',
	'activation.ended': 'activation.ended'
};

/** @returns `undefined` for what is nobody else's matter: people, notes, seats between two states. */
export function webhookKindOf(action: AuditAction): WebhookKind | undefined {
	return kinds[action];
}

/** The same event is the same text, however often it is sent: receivers verify its bytes. */
export function webhookBody({
	kind,
	at,
	customerId,
	number,
	subject,
	facts
}: WebhookEvent): string {
	const { license, number: _, ...rest } = facts;
	const isLicense = kind.startsWith('license.');
	return JSON.stringify({
		type: kind,
		timestamp: new Date(at * 1000).toISOString(),
		data: {
			customer: customerId,
			license: { id: isLicense ? subject : license, number },
			...(!isLicense && { activation: subject }),
			facts: rest
		}
	});
}

/** Between two tries, in seconds: from ten seconds to a day, almost four days in all. */
const WAITS = [10, 60, 600, 3600, 21_600, 43_200, DAY_SECONDS, DAY_SECONDS, DAY_SECONDS] as const;

/** @param tries - Those that failed. @returns `undefined` where it is given up. */
export function nextWebhookTry(tries: number, now: Seconds): Seconds | undefined {
	const wait = WAITS[tries - 1];
	return wait === undefined ? undefined : now + wait;
}
