/** What strangers may try to attach, and what it costs the people whose licenses they try. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { purchases } from '#server/db/schema/orders.ts';
import { member, user } from '#server/db/schema/people.ts';
import type { Store } from '#server/db/store.ts';
import type { Asker } from '#server/hub/hub.ts';
import { sendMail } from '#server/jobs/send-mail.ts';
import type { OutgoingMail } from '#server/mail/transport.ts';
import { askAttaching } from '#server/operations/attach/ask-attaching.ts';
import { enterAttachCodes } from '#server/operations/attach/enter-attach-codes.ts';
import { sendAttachCodes } from '#server/operations/attach/send-attach-codes.ts';
import { joinByAddress } from '#server/operations/orders/join-by-address.ts';
import { makeLicense, makeTestHub, type TestHub } from '../fixtures/hub.ts';
import { makeEmbeddedStore } from '../fixtures/stores.ts';

const HOUR = 3600;
const BUYER = 'buyer@example.com';
const PURCHASE = 'P-2026-0001';

let store: Store;
let made: TestHub;
let customerId: string;

beforeAll(async () => {
	store = await makeEmbeddedStore();
	made = await makeTestHub(store);
	({ customerId } = await makeLicense(made));
	const placed = { customerId, address: BUYER, placedAt: made.clock.now, language: 'en' } as const;
	await store.db.insert(purchases).values({ id: PURCHASE, ...placed });
});
afterAll(() => store.close());

async function makePerson(email = `${uuidv7()}@example.com`): Promise<Asker> {
	const userId = uuidv7();
	await store.db.insert(user).values({ id: userId, name: 'Somebody', email, emailVerified: true });
	return { userId, roles: new Map(), sessionId: 'a session' };
}

async function mailsSent(): Promise<OutgoingMail[]> {
	const sent: OutgoingMail[] = [];
	await sendMail(made.hub, {
		send: (mail) => {
			sent.push(mail);
			return Promise.resolve();
		}
	});
	return sent;
}

async function askFor(asker: Asker): Promise<string[]> {
	await askAttaching(made.hub, { things: [PURCHASE], language: 'en' }, asker);
	await sendAttachCodes(made.hub);
	return (await mailsSent()).map(({ text }) => /^\d{8}$/m.exec(text)![0]);
}

async function enter(asker: Asker, code: string): Promise<Refusal | undefined> {
	const entered = await enterAttachCodes(made.hub, [code], asker);
	return isRefusal(entered) ? entered : undefined;
}

const members = () => store.db.select().from(member).where(eq(member.organizationId, customerId));

test('[AT1] ten thousand guesses of a hundred accounts in ten hours are three hundred, and enter nowhere', async () => {
	const strangers = await Promise.all(Array.from({ length: 100 }, () => makePerson()));
	let [compared, mailed] = [0, 0];
	for (let hour = 0; hour < 10; hour++) {
		const codes = new Set<string>();
		for (const stranger of strangers.slice(0, 20))
			for (const code of await askFor(stranger)) codes.add(code);
		mailed += codes.size;
		for (let n = 0; n < 1000; n++) {
			let guess = String(hour * 1000 + n).padStart(8, '0');
			// Nobody is that lucky here.
			if (codes.has(guess)) guess = `9${guess.slice(1)}`;
			const refusal = await enter(strangers[n % strangers.length]!, guess);
			if (refusal?.refused === 'CODE_INVALID' && n % strangers.length < 20) compared++;
		}
		made.clock.now += HOUR;
	}
	expect(compared).toBeLessThanOrEqual(10 * 30);
	expect(compared).toBeGreaterThan(0);
	// Of what is mailed to the buyer, too.
	expect(mailed).toBe(10 * 10);
	expect(await members()).toEqual([]);
});

test('[AT1] meanwhile a right code waits, at most for an hour; whoever has the address does not', async () => {
	const honest = await makePerson();
	const [code] = await askFor(honest);
	const strangers = await Promise.all(Array.from({ length: 8 }, () => makePerson()));
	for (const stranger of strangers) await askFor(stranger);
	for (let n = 0; n < 40; n++) await enter(strangers[n % strangers.length]!, '00000000');

	// Right as it is, it is not looked at: it answers as a wrong one does.
	const right = await enter(honest, code!);
	expect(right).toMatchObject({ refused: 'RATE_LIMITED' });
	expect(await enter(honest, code === '11111111' ? '22222222' : '11111111')).toEqual(right);
	const { retryAfterSeconds } = right!.facts as { retryAfterSeconds: number };
	expect(retryAfterSeconds).toBeLessThanOrEqual(HOUR);

	// The buyer has proven the address by signing in, which none of this is counted against.
	const buyer = await makePerson(BUYER);
	await joinByAddress(made.hub, buyer.userId);
	expect(await members()).toMatchObject([{ userId: buyer.userId, role: 'owner' }]);

	made.clock.now += retryAfterSeconds;
	const [fresh] = await askFor(honest);
	expect(await enter(honest, fresh!)).toBeUndefined();
	expect((await members()).map(({ role }) => role).sort()).toEqual(['owner', 'technician']);
});
