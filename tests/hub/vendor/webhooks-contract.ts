/**
 * What a hub promises to the servers that it tells of events, whatever it keeps its tables in.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { webhookKinds, type WebhookKind } from '#lib/domain/vendor/webhook.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { webhookDeliveries } from '#server/db/schema/webhooks.ts';
import { writing } from '#server/db/writing.ts';
import { forgetWebhooks, sendWebhooks } from '#server/jobs/send-webhooks.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { listDeliveries, replayDelivery } from '#server/operations/webhooks/deliveries.ts';
import {
	addWebhook,
	changeWebhook,
	listWebhooks,
	removeWebhook
} from '#server/operations/webhooks/endpoints.ts';
import { askFor, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { startReceiver, type WebhookReceiver } from '../../fixtures/webhook-receiver.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function webhooksContract(name: string, makeStore: MakeStore): void {
	describe(`webhooks on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let receiver: WebhookReceiver;
		let webhook: string;
		beforeAll(() => {
			// Receivers of tests have no certificate, and are on this machine.
			made.hub.webhooksToLan = true;
		});
		beforeEach(async () => {
			receiver = await startReceiver();
			webhook = await add(receiver);
		});
		afterEach(async () => {
			for (const { id } of await listWebhooks(made.hub)) await removeWebhook(made.hub, id, 'admin');
			await receiver.close();
			made.hub.webhooksToLan = true;
		});

		const add = async (to: WebhookReceiver, kinds: WebhookKind[] = [...webhookKinds]) => {
			const added = await addWebhook(made.hub, { url: to.url, kinds }, 'admin');
			if (isRefusal(added)) throw new Error(added.refused);
			to.trust(added.secret);
			return added.id;
		};
		const send = () => sendWebhooks(made.hub);
		/** Receivers look at the real clock: what waits is brought forward, and the hub's clock stays. */
		const bringForward = () => store.db.update(webhookDeliveries).set({ nextAt: made.clock.now });
		const log = async () => (await listDeliveries(made.hub, { webhook })).deliveries;
		const only = async () => {
			const [delivery, ...others] = await log();
			expect(others).toEqual([]);
			return delivery!;
		};

		test('[WH1] an event is signed, says what happened, and is sent once', async () => {
			const license = await makeLicense(made, { seats: 2 });
			const { number, sec, customerId, licenseId } = license;
			const machine = await makeMachine();
			await activate(made.hub, await askFor({ number, sec }, machine));
			await suspendLicense(made.hub, license, 'staff');
			await resumeLicense(made.hub, license, 'staff');
			expect(await send()).toBe(4);
			expect(await send()).toBe(0);
			const { received } = receiver;
			expect(received.map(({ type }) => type).sort()).toEqual([
				'activation.created',
				'license.created',
				'license.resumed',
				'license.suspended'
			]);
			for (const { data } of received)
				expect(data).toMatchObject({ customer: customerId, license: { id: licenseId, number } });
			expect(new Set(received.map(({ id }) => id)).size).toBe(4);
			expect(JSON.stringify(received)).not.toContain(sec);
			expect((await log()).map(({ state, status, tries }) => [state, status, tries])).toEqual(
				Array.from({ length: 4 }, () => ['sent', 204, 1])
			);
		});

		test('[WH1] no event of what was rolled back, was not asked for, or came while it was off', async () => {
			const license = await makeLicense(made);
			await send();
			await expect(
				writing(store.db, license.customerId, async ({ audit, auditHead }) => {
					const note = {
						at: made.clock.now,
						actor: 'staff',
						subject: license.licenseId,
						facts: {}
					};
					audit({ ...note, action: 'license.resumed' });
					await auditHead();
					throw new Error('undone');
				})
			).rejects.toThrow('undone');
			await changeWebhook(made.hub, { id: webhook, kinds: ['license.resumed'] }, 'admin');
			await suspendLicense(made.hub, license, 'staff');
			await changeWebhook(made.hub, { id: webhook, isOn: false }, 'admin');
			await resumeLicense(made.hub, license, 'staff');
			await changeWebhook(made.hub, { id: webhook, isOn: true }, 'admin');
			await send();
			expect(receiver.received.map(({ type }) => type)).toEqual(['license.created']);
		});

		test('[WH1] what is not taken is sent again under the same id, later and later, and given up after days', async () => {
			await makeLicense(made);
			receiver.answers = Array.from({ length: 20 }, () => 503);
			const ids = new Set<string>();
			receiver.onEvent = ({ id }) => void ids.add(id);
			const waits: number[] = [];
			for (;;) {
				await send();
				const { state, nextAt } = await only();
				if (state !== 'waiting') break;
				waits.push(nextAt! - made.clock.now);
				expect(await send()).toBe(0);
				await bringForward();
			}
			expect(waits[0]).toBeLessThan(60);
			expect(Math.max(...waits)).toBe(86_400);
			expect(waits.reduce((all, each) => all + each, 0)).toBeGreaterThan(3 * 86_400);
			expect(waits.slice(0, -1)).toEqual(waits.slice(0, -1).toSorted((a, b) => a - b));
			expect(receiver.calls()).toBe(waits.length + 1);
			expect(ids.size).toBe(1);
			expect(await only()).toMatchObject({ state: 'failed', status: 503 });
			expect(await listWebhooks(made.hub)).toMatchObject([{ failed: 1, waiting: 0 }]);

			receiver.answers = [];
			const { event } = await only();
			await replayDelivery(made.hub, { webhook, event });
			expect(await send()).toBe(1);
			expect(receiver.received.map(({ id }) => id)).toEqual([...ids]);
			await forgetWebhooks(made.hub);
			expect(await log()).toHaveLength(1);
			await store.db.update(webhookDeliveries).set({ at: made.clock.now - 31 * 86_400 });
			await forgetWebhooks(made.hub);
			expect(await log()).toEqual([]);
		});

		test('[WH1] one that does not answer as it should holds up no other', async () => {
			const other = await startReceiver();
			await add(other);
			receiver.answers = Array.from({ length: 20 }, () => 500);
			for (let at = 0; at < 3; at++) await makeLicense(made);
			await send();
			expect(other.received).toHaveLength(3);
			expect(receiver.calls()).toBe(1);
			await other.close();
		});

		test('[WH1] whoever sends at the same time sends others', async () => {
			for (let at = 0; at < 5; at++) await makeLicense(made);
			const sent = await Promise.all([send(), send(), send()]);
			expect(sent.reduce((sum, each) => sum + each)).toBe(5);
			const ids = receiver.received.map(({ id }) => id);
			expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
		});

		test('[WH1] a hub that ends before it has noted the answer sends the same event again', async () => {
			await makeLicense(made);
			await send();
			const { event } = await only();
			// As it stood between the answer and the note.
			const nextAt = made.clock.now + 45;
			await store.db
				.update(webhookDeliveries)
				.set({ state: 'waiting', nextAt, sentAt: null })
				.where(eq(webhookDeliveries.eventId, event));
			expect(await send()).toBe(0);
			await bringForward();
			expect(await send()).toBe(1);
			expect(receiver.received.map(({ id }) => id)).toEqual([event, event]);
		});

		test('[WH1] a new secret signs from then on, and the old one is no more', async () => {
			const changed = await changeWebhook(made.hub, { id: webhook, newSecret: true }, 'admin');
			if (isRefusal(changed)) throw new Error(changed.refused);
			await makeLicense(made);
			expect(await send()).toBe(0);
			expect(await only()).toMatchObject({ status: 401 });
			receiver.trust(changed.secret!);
			await bringForward();
			expect(await send()).toBe(1);
		});

		test('[WH1] nothing is sent into a private network: by address, by name, or by where it is sent on to', async () => {
			await makeLicense(made);
			receiver.answers = [receiver.url];
			await send();
			expect(receiver.calls()).toBe(1);
			expect(await only()).toMatchObject({ state: 'waiting', status: 307 });

			made.hub.webhooksToLan = false;
			const kinds = [...webhookKinds];
			for (const url of [
				receiver.url,
				'http://hooks.example.com/in',
				'https://127.0.0.1/in',
				'https://0x7f.1/in',
				'https://[::1]/in',
				'https://10.0.0.7/in',
				'https://169.254.169.254/latest',
				'https://somebody:secret@hooks.example.com/in'
			])
				expect(await addWebhook(made.hub, { url, kinds }, 'admin')).toEqual(
					refuse('ADDRESS_NOT_PUBLIC', { address: url })
				);
			await bringForward();
			await send();
			expect(await only()).toMatchObject({
				state: 'waiting',
				fault: expect.stringMatching(/private/)
			});
			// A name that leads to this machine.
			const { port } = new URL(receiver.url);
			const url = `https://localhost:${port}/in`;
			expect(await changeWebhook(made.hub, { id: webhook, url }, 'admin')).toEqual({});
			await bringForward();
			await send();
			expect(await only()).toMatchObject({ fault: expect.stringMatching(/private network/) });
			expect(receiver.calls()).toBe(1);
			expect(await removeWebhook(made.hub, uuidv7(), 'admin')).toMatchObject({
				refused: 'NOT_FOUND'
			});
		});
	});
}
