/**
 * Servers that are told of events: added, listed, changed, removed. [WH1]
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { asc, count, eq, ne } from 'drizzle-orm';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { WebhookKind } from '#lib/domain/vendor/webhook.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import type { ListedWebhook } from '#lib/protocol/webhooks.ts';
import { webhookDeliveries, webhookEndpoints } from '#server/db/schema/webhooks.ts';
import { writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { isReachable } from '#server/webhooks/post-webhook.ts';

/** Bytes: the standard asks for 24 to 64. */
const SECRET_BYTES = 32;

const sealedFor = (id: string) => `webhook secret ${id}`;

export function openWebhookSecret(
	{ seal }: Hub,
	{ id, sealed }: { id: string; sealed: string }
): string {
	return seal.open(sealed, sealedFor(id));
}

/** @returns The secret, this once. */
export async function addWebhook(
	hub: Hub,
	{ url, kinds }: { url: string; kinds: WebhookKind[] },
	actor: string
): Promise<{ id: string; secret: string } | Refusal<'ADDRESS_NOT_PUBLIC'>> {
	if (!isReachable(url, { lan: hub.webhooksToLan }))
		return refuse('ADDRESS_NOT_PUBLIC', { address: url });
	const id = uuidv7();
	const { secret, sealed } = makeSecret(hub, id);
	const at = hub.now();
	const row = { id, url, kinds, sealed, createdAt: at, createdBy: actor };
	await writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		await tx.insert(webhookEndpoints).values(row);
		const note = { at, actor, subject: id, facts: { url } };
		audit({ ...note, action: 'hub.webhook-added' });
	});
	return { id, secret };
}

export async function listWebhooks({ db }: Hub): Promise<ListedWebhook[]> {
	const rows = await db.select().from(webhookEndpoints).orderBy(asc(webhookEndpoints.id));
	const { endpointId, state } = webhookDeliveries;
	const left = await db
		.select({ endpointId, state, count: count() })
		.from(webhookDeliveries)
		.where(ne(state, 'sent'))
		.groupBy(endpointId, state);
	const counted = (id: string, of: 'waiting' | 'failed') =>
		left.find((each) => each.endpointId === id && each.state === of)?.count ?? 0;
	return rows.map(({ id, url, kinds, isOn, createdAt }) => ({
		id,
		url,
		kinds,
		isOn,
		createdAt,
		waiting: counted(id, 'waiting'),
		failed: counted(id, 'failed')
	}));
}

export type WebhookChange = {
	id: string;
	url?: string;
	kinds?: WebhookKind[];
	isOn?: boolean;
	/** The one that it has ends. */
	newSecret?: boolean;
};

/** @returns A new secret where one was asked for, this once. */
export async function changeWebhook(
	hub: Hub,
	{ id, newSecret = false, ...change }: WebhookChange,
	actor: string
): Promise<{ secret?: string } | Refusal<'NOT_FOUND' | 'ADDRESS_NOT_PUBLIC'>> {
	const { url } = change;
	if (url !== undefined && !isReachable(url, { lan: hub.webhooksToLan }))
		return refuse('ADDRESS_NOT_PUBLIC', { address: url });
	const made = newSecret ? makeSecret(hub, id) : undefined;
	const { kinds, isOn } = change;
	const set = { ...change, sealed: made?.sealed };
	const isNothing = !made && url === undefined && kinds === undefined && isOn === undefined;
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const own = eq(webhookEndpoints.id, id);
		const [before] = await tx.select().from(webhookEndpoints).where(own).for('update');
		if (!before) return refuse('NOT_FOUND', { what: `webhook ${id}` });
		if (isNothing) return {};
		const [after] = await tx.update(webhookEndpoints).set(set).where(own).returning();
		const facts = { url: after!.url, isOn: after!.isOn, newSecret };
		audit({ at: hub.now(), actor, subject: id, facts, action: 'hub.webhook-changed' });
		return { secret: made?.secret };
	});
}

/** What waits for it is forgotten. */
export async function removeWebhook(
	hub: Hub,
	id: string,
	actor: string
): Promise<Refusal<'NOT_FOUND'> | undefined> {
	return writing(hub.db, VENDOR_ID, async ({ tx, audit }) => {
		const [gone] = await tx.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id)).returning();
		if (!gone) return refuse('NOT_FOUND', { what: `webhook ${id}` });
		const note = { at: hub.now(), actor, subject: id, facts: { url: gone.url } };
		audit({ ...note, action: 'hub.webhook-removed' });
		return undefined;
	});
}

function makeSecret({ seal }: Hub, id: string): { secret: string; sealed: string } {
	const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
	return { secret, sealed: seal.seal(secret, sealedFor(id)) };
}
