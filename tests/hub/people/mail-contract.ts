/**
 * What the outbox of mail promises, whatever the hub keeps its tables in.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { accentColors } from '#lib/domain/vendor/accent.ts';
import { refuse } from '#lib/domain/refusal.ts';
import { audit } from '#server/db/schema/hub.ts';
import { mails } from '#server/db/schema/mail.ts';
import { changeFace, toldFace } from '#server/hub/face.ts';
import { forgetMail, sendMail } from '#server/jobs/send-mail.ts';
import { putMail, takeMailBack } from '#server/mail/outbox.ts';
import { smtpTransport } from '#server/mail/transport.ts';
import { chunkOf, logoOf } from '../../fixtures/logo.ts';
import { startMailServer, type MailServer } from '../../fixtures/mail-server.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const from = 'licenses@example.com';

export function mailContract(name: string, makeStore: MakeStore): void {
	describe(`mail on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let server: MailServer;
		/** What the server answers to a recipient; nothing where it takes the mail. */
		let refusal: { message: string; responseCode: number } | undefined;
		beforeAll(async () => {
			server = await startMailServer({
				onRcptTo: (_address, _session, done) =>
					refusal ? done(Object.assign(new Error(refusal.message), refusal)) : done()
			});
		});
		beforeEach(async () => {
			refusal = undefined;
			await store.db.delete(mails);
			server.received.length = 0;
		});
		afterAll(async () => {
			await server.stop();
		});

		const send = () => sendMail(made.hub, smtpTransport({ url: new URL(server.url), from }));
		const put = async (code = '402913') => {
			const id = uuidv7();
			await store.db.transaction((tx) =>
				putMail(made.hub, tx, {
					id,
					to: `${id}@example.com`,
					kind: 'code',
					facts: { code, minutes: 10 }
				})
			);
			return id;
		};
		const rowOf = async (id: string) => {
			const [row] = await store.db.select().from(mails).where(eq(mails.id, id));
			return row;
		};

		test('[MS1] what is put down is sent once, and its words are gone then', async () => {
			const id = await put();
			expect(JSON.stringify(await rowOf(id))).not.toContain('402913');
			expect(await send()).toBe(1);
			expect(await send()).toBe(0);
			expect(server.received.map(({ text }) => text)).toEqual([expect.stringContaining('402913')]);
			expect(await rowOf(id)).toMatchObject({
				state: 'sent',
				text: '',
				html: '',
				tries: 1,
				sentAt: made.clock.now
			});
		});

		test('[MS1] what its transaction takes back is never sent', async () => {
			const undone = store.db.transaction(async (tx) => {
				await putMail(made.hub, tx, { to: 'a@example.com', kind: 'test', facts: { hub: 'here' } });
				throw new Error('undone');
			});
			await expect(undone).rejects.toThrow('undone');
			const id = await put();
			await store.db.transaction((tx) => takeMailBack(tx, [id]));
			expect(await send()).toBe(0);
			expect(server.received).toEqual([]);
		});

		test('[MS1] a server that is out of order is waited for longer and longer, then it is given up', async () => {
			refusal = { message: 'later', responseCode: 451 };
			const id = await put();
			const waits: number[] = [];
			for (;;) {
				await send();
				const row = (await rowOf(id))!;
				if (row.state !== 'waiting') break;
				expect(row.fault).toContain('later');
				waits.push(row.nextAt - made.clock.now);
				// A second too early nothing is asked.
				made.clock.now = row.nextAt - 1;
				await send();
				expect((await rowOf(id))!.tries).toBe(row.tries);
				made.clock.now = row.nextAt;
			}
			expect(waits[0]).toBe(60);
			expect(waits.at(-1)).toBe(86_400);
			expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
			expect(await rowOf(id)).toMatchObject({
				state: 'failed',
				text: '',
				html: '',
				tries: waits.length + 1
			});
		});

		test('[MS1] an address that is refused for good fails at once and holds up nobody', async () => {
			const [bad, good] = [await put(), await put()];
			const { db } = store;
			await db
				.update(mails)
				.set({ nextAt: made.clock.now - 1 })
				.where(eq(mails.id, bad));
			const transport = smtpTransport({ url: new URL(server.url), from });
			refusal = { message: 'no such mailbox', responseCode: 550 };
			await sendMail(made.hub, {
				send: (mail) => {
					if (mail.id === good) refusal = undefined;
					return transport.send(mail);
				}
			});
			expect(await rowOf(bad)).toMatchObject({
				state: 'failed',
				fault: expect.stringContaining('no such mailbox')
			});
			expect(await rowOf(good)).toMatchObject({ state: 'sent' });
		});

		test('[MS1] several senders on one database send each mail once', async () => {
			const ids: string[] = [];
			for (let n = 0; n < 20; n++) ids.push(await put());
			const sent = await Promise.all([send(), send(), send()]);
			expect(sent.reduce((sum, each) => sum + each, 0)).toBe(ids.length);
			const to = server.received.map(({ messageId }) => messageId).sort();
			expect(to).toEqual(ids.map((id) => `<${id}@example.com>`).sort());
		});

		test('[MS1] what a hub had taken when it died is sent by the next one', async () => {
			const id = await put();
			const dying = sendMail(made.hub, { send: () => new Promise(() => undefined) });
			void dying;
			await expect.poll(async () => (await rowOf(id))?.tries).toBe(1);
			expect(await send()).toBe(0);
			made.clock.now += 600;
			expect(await send()).toBe(1);
			expect(await rowOf(id)).toMatchObject({ state: 'sent', tries: 2 });
		});

		test('[MS1] whom the hub wrote to is forgotten after 90 days, unless the mail still waits', async () => {
			const [sent, waiting] = [await put(), await put()];
			await send();
			await store.db.update(mails).set({ state: 'waiting' }).where(eq(mails.id, waiting));
			made.clock.now += 90 * 86_400;
			await forgetMail(made.hub);
			expect(await rowOf(sent)).toBeDefined();
			made.clock.now += 1;
			await forgetMail(made.hub);
			expect([await rowOf(sent), (await rowOf(waiting))?.state]).toEqual([undefined, 'waiting']);
		});

		test('[VF1] every letter is the vendor’s: its name, its color, and who answers', async () => {
			const face = { name: 'Example ⟨Software⟩', support: 'help@example.com', accent: '#ffd400' };
			await changeFace(made.hub, face, 'admin');
			await put();
			await changeFace(made.hub, { name: null, support: null, accent: null }, 'admin');
			// What it says is of the moment that wrote it, what stands around it of the one that sends it.
			await changeFace(made.hub, { name: 'Example', support: 'desk@example.com' }, 'admin');
			await send();
			await changeFace(made.hub, { name: null, support: null }, 'admin');
			const [mail] = server.received;
			expect(mail?.from?.value).toEqual([{ name: 'Example', address: from }]);
			expect(mail?.replyTo?.value).toEqual([{ name: '', address: 'desk@example.com' }]);
			expect(mail?.text).toMatch(
				/\u2068Example ⟨Software⟩\u2069 · Questions: \u2068help@example\.com/
			);
			expect(mail?.html).toContain('<bdi>Example ⟨Software⟩</bdi>');
			await put();
			server.received.length = 0;
			await send();
			const [plain] = server.received;
			expect([plain?.from?.value[0]?.name, plain?.replyTo]).toEqual(['', undefined]);
			expect(plain?.text).not.toContain('Questions');
		});

		test('[VF1] a face is changed by parts, told without what nobody needs, and audited', async () => {
			const { hub } = made;
			const picture = logoOf();
			const rich = logoOf({ extra: [chunkOf('tEXt', Buffer.from('Author\0somebody'))] });
			const before = await toldFace(hub.db);
			await changeFace(hub, { name: 'Example', logo: rich.toString('base64') }, 'admin');
			await changeFace(hub, { accent: '#ffd400' }, 'admin');
			const told = await toldFace(hub.db);
			expect(told).toEqual({
				version: expect.any(String) as string,
				name: 'Example',
				logo: `data:image/png;base64,${picture.toString('base64')}`,
				accent: accentColors('#ffd400')
			});
			expect(told.version).not.toBe(before.version);
			const hostile = Buffer.from('<svg onload="alert(1)"/>').toString('base64');
			expect(await changeFace(hub, { name: 'Other', logo: hostile }, 'admin')).toEqual(
				refuse('LOGO_INVALID', { reason: 'not-png' })
			);
			expect(await toldFace(hub.db)).toEqual(told);
			await changeFace(hub, { name: null, logo: null, accent: null }, 'admin');
			expect(await toldFace(hub.db)).toEqual(before);
			const entries = await store.db.select().from(audit).where(eq(audit.actor, 'admin'));
			expect(entries.slice(-3).map(({ action, facts }) => [action, facts.changed])).toEqual([
				['hub.face-changed', 'logo name'],
				['hub.face-changed', 'accent'],
				['hub.face-changed', 'accent logo name']
			]);
		});
	});
}
