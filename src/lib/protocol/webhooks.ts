/**
 * Servers that the hub tells of events, and what became of what it told, as the vendor's admins see it.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { WebhookKind, WebhookState } from '#lib/domain/vendor/webhook.ts';

/** Never its secret. */
export type ListedWebhook = {
	id: string;
	url: string;
	kinds: WebhookKind[];
	isOn: boolean;
	createdAt: Seconds;
	/** Events that wait for it, and those that were given up. */
	waiting: number;
	failed: number;
};

/** One event for one server. */
export type ListedDelivery = {
	/** `webhook-id`. */
	event: string;
	webhook: string;
	url: string;
	kind: WebhookKind;
	number?: string;
	subject: string;
	at: Seconds;
	state: WebhookState;
	tries: number;
	/** Where it waits: when it is tried next. */
	nextAt?: Seconds;
	sentAt?: Seconds;
	/** What the server answered last, or why it did not. */
	status?: number;
	fault?: string;
};

/** Where a page of the log ends: the next one follows. */
export type DeliveryPlace = { at: Seconds; event: string; webhook: string };

export type DeliveryPage = { deliveries: ListedDelivery[]; next?: DeliveryPlace };

export type DeliveryQuestion = {
	webhook?: string;
	state?: WebhookState;
	/** The end of the page before. */
	after?: DeliveryPlace;
	limit?: number;
};
