/**
 * What a hub promises about devices and sessions, whatever it keeps its tables in.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { VENDOR_ID, type Role, type VendorRole } from '#lib/domain/access.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandResult } from '#lib/protocol/commands.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signPush } from '#lib/signing/push.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { audit } from '#server/db/schema/hub.ts';
import { member, session, user } from '#server/db/schema/people.ts';
import { outboxes, outboxSessions } from '#server/db/schema/outboxes.ts';
import type { Asker } from '#server/hub/hub.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { resumeSteps } from '#server/ledger/take-steps.ts';
import { passTime } from '#server/jobs/schedule.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { endDevice, hasEnded } from '#server/operations/devices/end-device.ts';
import { listDevices } from '#server/operations/devices/list-devices.ts';
import { notePull } from '#server/operations/devices/note-use.ts';
import { endOtherSessions, endSession, listSessions } from '#server/operations/devices/sessions.ts';
import { pushSigned, relayPush } from '#server/operations/push/push-signed.ts';
import { makeDrawingDesk, type DrawingDesk } from '../../fixtures/drawing-desk.ts';
import { askFor, claimsOf, commandOf, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { Killed, killedAfter } from '../../fixtures/with-transaction.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function devicesContract(name: string, makeStore: MakeStore): void {
	describe(`devices at a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const granted = <T>(answer: T) => {
			if (isRefusal(answer)) throw new Error(JSON.stringify(answer));
			return answer as Exclude<T, { refused: string }>;
		};
		const signIn = async (userId: string): Promise<string> => {
			const id = uuidv7();
			const expiresAt = new Date(Date.now() + 86_400_000);
			const row = { id, userId, token: id, expiresAt, userAgent: 'Firefox', ipAddress: '::1' };
			await store.db.insert(session).values(row);
			return id;
		};
		/** Somebody who is that, signed in. */
		const somebody = async (
			organizationId: string | undefined,
			role: Role | VendorRole = 'technician'
		): Promise<Asker & { sessionId: string }> => {
			const userId = uuidv7();
			const email = `${userId}@example.com`;
			await store.db.insert(user).values({ id: userId, name: 'Tom', email, emailVerified: true });
			if (organizationId !== undefined)
				await store.db.insert(member).values({ id: uuidv7(), organizationId, userId, role });
			const vendor = role === 'staff' || role === 'admin' ? role : undefined;
			const own =
				organizationId === undefined || vendor ? [] : [[organizationId, role as Role] as const];
			return { userId, vendor, roles: new Map(own), sessionId: await signIn(userId) };
		};
		/** A desk of that person, which the hub has heard of. */
		const deskOf = async (asker: Asker): Promise<DrawingDesk> => {
			const desk = await makeDrawingDesk(made, asker);
			await desk.send([
				commandOf(desk.outbox, 1, await askFor({ number: '' }, await makeMachine()))
			]);
			return desk;
		};
		const signed = ({ outbox, key: { jwk, signer } }: DrawingDesk, commands: Command[]) =>
			signPush(
				{ protocol: 2, outbox, key: jwk, desk: 'Field phone', commands },
				{ signer, now: 1 }
			);
		const shown = async (asker: Asker, outbox: string, customerId?: string) => {
			const { devices } = granted(await listDevices(made.hub, { customerId }, asker));
			return devices.find(({ id }) => id === outbox);
		};
		/** What became of commands: `done`, or why not. */
		const outcomes = (results: readonly CommandResult[]) =>
			results.map(({ refusal }) => refusal?.refused ?? 'done');

		describe.for(['by a session', 'by whoever carries it'])('pushed %s', (way) => {
			test('[DV1, SY10] what an ended device has done counts, what it asks for is refused, its seats stay blocked and are named', async () => {
				const license = await makeLicense(made, { seats: 8 });
				const { customerId, number } = license;
				const policy = { deskSeats: 4, offlineShare: 8 };
				await setDeskPolicy(made.hub, license, { policy, asker: license.manager });
				const [owner, tom] = [await somebody(customerId, 'owner'), await somebody(customerId)];
				const desk = await makeDrawingDesk(made, tom);
				const block = await desk.reserve(number, 4);

				// Offline from here on: three seats are drawn, and two things asked for.
				const commands: Command[] = [];
				for (let at = 0; at < 3; at++) {
					const request = await askFor({ number }, await makeMachine());
					const file = granted<string | Refusal>(await desk.draw(block, request, made.clock.now));
					const args = { file };
					commands.push(desk.command('activation.draw', args));
				}
				const request = await askFor({ number }, await makeMachine());
				commands.push(desk.command('activation.request', { request }));
				commands.push(desk.command('allotment.reserve', { number, seats: 1 }));

				const before = await shown(owner, desk.outbox, customerId);
				const [until] = before!.blocked.map((each) => each.until);
				const blocked = (seats: number) => [{ number, title: 'Atlas', seats, until }];
				expect(before).toMatchObject({
					name: 'Field phone',
					person: { id: tom.userId },
					sessions: 1,
					blocked: blocked(4)
				});
				const ended = granted(await endDevice(made.hub, desk.outbox, owner));
				expect(ended).toMatchObject({ endedAt: made.clock.now, blocked: blocked(4), sessions: 0 });
				expect(await store.db.select().from(session).where(eq(session.id, tom.sessionId))).toEqual(
					[]
				);
				const [frozen] = await store.db
					.select()
					.from(allotments)
					.where(eq(allotments.allotment, block.claims.jti));
				expect(frozen).toMatchObject({ state: 'frozen', endedBy: owner.userId, reserved: 4 });

				const push = await signed(desk, commands);
				const author: Asker = { ...tom, sessionId: undefined };
				const send = async () =>
					granted(
						way === 'by a session'
							? await pushSigned(made.hub, push, {
									asker: { ...tom, sessionId: await signIn(tom.userId) }
								})
							: await relayPush(made.hub, push, { findAuthor: () => Promise.resolve(author) })
					).results;
				const results = await send();
				expect(outcomes(results)).toEqual(['done', 'done', 'done', 'DESK_ENDED', 'DESK_ENDED']);
				expect(claimsOf<'refusal'>(results[3]!.file!)).toMatchObject({
					code: 'DESK_ENDED',
					facts: { outbox: desk.outbox, endedAt: made.clock.now }
				});
				expect(await send(), 'the same again').toEqual(results);
				expect((await shown(owner, desk.outbox, customerId))!.blocked).toEqual(blocked(1));

				// From another device the same request is answered as any.
				const other = await makeDrawingDesk(made, tom);
				expect((await other.tell('activation.request', { request })).refusal).toBeUndefined();

				// A close still says which slots are free: the last seat comes back by it.
				const close = await signed(desk, [
					desk.command('allotment.close', { file: await desk.close(block) })
				]);
				granted(await relayPush(made.hub, close, { findAuthor: () => Promise.resolve(author) }));
				expect(
					await shown(owner, desk.outbox, customerId),
					'it blocks nothing more'
				).toBeUndefined();
			});
		});

		test('[DV1, AU1] ending is audited where its person belongs, once, with ids alone', async () => {
			const { customerId } = await makeLicense(made);
			const [owner, tom] = [await somebody(customerId, 'owner'), await somebody(customerId)];
			const { outbox } = await deskOf(tom);
			granted(await endDevice(made.hub, outbox, owner));
			granted(await endDevice(made.hub, outbox, tom));
			const rows = await store.db.select().from(audit).where(eq(audit.subject, outbox));
			expect(
				rows.map(({ customerId: where, actor, action, facts }) => [where, actor, action, facts])
			).toEqual([[customerId, owner.userId, 'device.ended', { user: tom.userId }]]);
			const lone = await somebody(undefined);
			const other = await deskOf(lone);
			granted(await endDevice(made.hub, other.outbox, lone));
			const [noted] = await store.db.select().from(audit).where(eq(audit.subject, other.outbox));
			expect(noted!.customerId).toBe(VENDOR_ID);
		});

		test('[DV1, RE2] its person, an owner of theirs and staff end it; to everybody else it is not there', async () => {
			const { customerId } = await makeLicense(made);
			const elsewhere = (await makeLicense(made)).customerId;
			const tom = await somebody(customerId);
			const { outbox } = await deskOf(tom);
			const missing = refuse('NOT_FOUND', { what: `device ${outbox}` });
			for (const asker of [
				await somebody(customerId),
				await somebody(customerId, 'manager'),
				await somebody(elsewhere, 'owner'),
				// Of a key that may less, whose device it is does not count.
				{ ...tom, limits: { role: 'viewer' as const } },
				{ ...(await somebody(customerId, 'owner')), limits: { readOnly: true } }
			])
				expect(await endDevice(made.hub, outbox, asker)).toEqual(missing);
			expect(await hasEnded(made.hub, outbox)).toBe(false);
			for (const asker of [
				tom,
				await somebody(customerId, 'owner'),
				await somebody(VENDOR_ID, 'staff')
			])
				expect(await endDevice(made.hub, outbox, asker)).toMatchObject({ id: outbox });
			expect(await hasEnded(made.hub, outbox)).toBe(true);

			const [colleague, admin] = [
				await somebody(VENDOR_ID, 'staff'),
				await somebody(VENDOR_ID, 'admin')
			];
			const theirs = await deskOf(colleague);
			expect(
				await endDevice(made.hub, theirs.outbox, await somebody(VENDOR_ID, 'staff'))
			).toMatchObject({ refused: 'NOT_FOUND' });
			expect(await endDevice(made.hub, theirs.outbox, admin)).toMatchObject({ id: theirs.outbox });
		});

		test('[DV1, RE2] lists come in pages, of one’s own or of a customer, and name no seats of another', async () => {
			const license = await makeLicense(made, { seats: 4 });
			const elsewhere = await makeLicense(made, { seats: 4 });
			const { customerId } = license;
			const tom = await somebody(customerId);
			tom.roles = new Map([...tom.roles, [elsewhere.customerId, 'technician']]);
			const place = { organizationId: elsewhere.customerId, userId: tom.userId };
			await store.db.insert(member).values({ id: uuidv7(), ...place, role: 'technician' });
			const desk = await makeDrawingDesk(made, tom);
			await desk.reserve(license.number, 1);
			await desk.reserve(elsewhere.number, 1);
			const others = [await deskOf(tom), await deskOf(tom)].map(({ outbox }) => outbox);
			const owner = await somebody(customerId, 'owner');
			const numbers = (row: Awaited<ReturnType<typeof shown>>) =>
				row!.blocked.map(({ number }) => number);
			expect(numbers(await shown(owner, desk.outbox, customerId))).toEqual([license.number]);
			expect(numbers(await shown(tom, desk.outbox)).sort()).toEqual(
				[license.number, elsewhere.number].sort()
			);
			const first = granted(await listDevices(made.hub, { limit: 2 }, tom));
			const second = granted(await listDevices(made.hub, { limit: 2, after: first.next }, tom));
			const ids = [...first.devices, ...second.devices].map(({ id }) => id);
			expect([ids, second.next]).toEqual([[desk.outbox, ...others].sort(), undefined]);
			expect(await listDevices(made.hub, { customerId }, tom)).toMatchObject({
				refused: 'NOT_PERMITTED'
			});
			expect(await listDevices(made.hub, { customerId: uuidv7() }, tom)).toMatchObject({
				refused: 'NOT_FOUND'
			});
			granted(await endDevice(made.hub, others[0]!, tom));
			expect(await shown(tom, others[0]!), 'over, and blocking nothing').toBeUndefined();
		});

		test('[DV1] a hub that is killed between ending and freezing freezes with its next minute', async () => {
			const license = await makeLicense(made, { seats: 4 });
			const tom = await somebody(license.customerId);
			const desk = await makeDrawingDesk(made, tom);
			const { claims } = await desk.reserve(license.number, 1);
			const ended = { endedAt: made.clock.now, endedBy: tom.userId };
			await store.db.update(outboxes).set(ended).where(eq(outboxes.outbox, desk.outbox));
			await passTime(made.hub);
			const [block] = await store.db
				.select()
				.from(allotments)
				.where(eq(allotments.allotment, claims.jti));
			expect(block).toMatchObject({ state: 'frozen', endedBy: tom.userId, reason: 'device-ended' });
		});

		test('[DV1, DB1] killed before all are told that a device was ended, it is noted once for each', async () => {
			const license = await makeLicense(made, { seats: 4 });
			const elsewhere = await makeLicense(made, { seats: 4 });
			const tom = await somebody(license.customerId);
			tom.roles = new Map([...tom.roles, [elsewhere.customerId, 'technician']]);
			const desk = await makeDrawingDesk(made, tom);
			for (const { number } of [license, elsewhere]) await desk.reserve(number, 1);
			const dying = { ...made.hub, db: killedAfter(made.hub.db, 2) };
			await expect(endDevice(dying, desk.outbox, tom)).rejects.toThrow(Killed);
			for (let times = 0; times < 2; times++) await resumeSteps(made.hub);
			for (const { customerId } of [license, elsewhere]) {
				const { entries } = await auditPage(store.db, { customerId, after: 0 });
				expect(entries.filter(({ action }) => action === 'device.ended')).toHaveLength(1);
			}
		});

		test('[DV1] a session that only pulled ends with its device, and the next one is told', async () => {
			const { customerId } = await makeLicense(made);
			const tom = await somebody(customerId);
			const { outbox } = await deskOf(tom);
			const later = { ...tom, sessionId: await signIn(tom.userId) };
			expect(await notePull(made.hub, outbox, later)).toBeUndefined();
			expect(
				await notePull(made.hub, outbox, await somebody(customerId)),
				'not theirs'
			).toBeUndefined();
			const linked = await store.db
				.select()
				.from(outboxSessions)
				.where(eq(outboxSessions.outbox, outbox));
			expect(linked.map(({ sessionId }) => sessionId).sort()).toEqual(
				[tom.sessionId, later.sessionId].sort()
			);
			granted(await endDevice(made.hub, outbox, tom));
			expect(await store.db.select().from(session).where(eq(session.userId, tom.userId))).toEqual(
				[]
			);
			const again = { ...tom, sessionId: await signIn(tom.userId) };
			expect(await notePull(made.hub, outbox, again)).toBe(made.clock.now);
		});

		test('[PE4] a person sees and ends their own sessions, and nobody else’s', async () => {
			const [tom, other] = [await somebody(undefined), await somebody(undefined)];
			const [second, third] = [await signIn(tom.userId), await signIn(tom.userId)];
			await deskOf(tom);
			const rows = await listSessions(made.hub, tom);
			expect(rows.map(({ id }) => id).sort()).toEqual([tom.sessionId, second, third].sort());
			expect(rows.filter(({ isCurrent }) => isCurrent)).toMatchObject([
				{ id: tom.sessionId, browser: 'Firefox', address: '::1', devices: ['Field phone'] }
			]);
			expect(await endSession(made.hub, other.sessionId, tom)).toMatchObject({
				refused: 'NOT_FOUND'
			});
			expect(await endSession(made.hub, second, tom)).toBeUndefined();
			expect(await endOtherSessions(made.hub, tom)).toBe(1);
			expect((await listSessions(made.hub, tom)).map(({ id }) => id)).toEqual([tom.sessionId]);
			expect(await listSessions(made.hub, other)).toHaveLength(1);
		});
	});
}
