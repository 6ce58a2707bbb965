/** Two processes of one hub on one PostgreSQL, and a clock that is moved: who is told what, and how often. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { mails } from '#server/db/schema/mail.ts';
import { member, user } from '#server/db/schema/people.ts';
import { openPostgres } from '#server/db/store.ts';
import { makeDatabase, testServer } from '../../fixtures/empty-database.ts';
import { startMailServer, type MailServer } from '../../fixtures/mail-server.ts';
import { issueOver, startHubProcess, type HubProcess } from '../hub-process.ts';

const PEOPLE = 12;
const DAYS = 3;
const PATIENCE = { timeout: 120_000, interval: 50 };

let home: string;
let mail: MailServer;
const running = new Set<HubProcess>();
beforeEach(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-reminded-'));
	mail = await startMailServer();
});
afterEach(async () => {
	for (const hub of running) await hub.end('SIGKILL');
	running.clear();
	await mail.stop();
	rmSync(home, { recursive: true, force: true });
});

test.skipIf(testServer === undefined)(
	'[P12] of two hub processes one writes each letter, day by day, and none again after a start',
	async () => {
		const { url: databaseUrl, drop } = await makeDatabase();
		const start = async (name: string, clockAhead = 0) => {
			const data = join(home, name);
			const options = { data, databaseUrl, clockAhead, smtp: mail.url, minuteMs: 50 };
			const hub = await startHubProcess(options);
			running.add(hub);
			return hub;
		};
		const one = await start('one');
		// The second has the same keys and secrets, as several processes of one vendor do.
		const filter = (path: string) => !path.includes('lock');
		cpSync(join(home, 'one'), join(home, 'two'), { recursive: true, filter });
		const two = await start('two');

		const store = await openPostgres(databaseUrl);
		const now = Math.floor(Date.now() / 1000);
		// The one of day n is 90 days before its end on that day.
		const numbers: string[] = [];
		for (let day = 0; day <= DAYS + 1; day++) {
			const { number, licenseId } = await issueOver(one, 5);
			const expiresAt = now + (90 + day) * DAY_SECONDS;
			await store.db.update(licenses).set({ expiresAt }).where(eq(licenses.licenseId, licenseId));
			numbers.push(number);
		}
		const [issued] = await store.db
			.select({ customerId: licenses.customerId })
			.from(licenses)
			.where(eq(licenses.number, numbers[0]!));
		const emails = Array.from({ length: PEOPLE }, () => `${uuidv7()}@example.com`);
		for (const email of emails) {
			const userId = uuidv7();
			await store.db.insert(user).values({ id: userId, name: 'Somebody', email });
			const organizationId = issued!.customerId;
			await store.db.insert(member).values({ id: uuidv7(), organizationId, userId, role: 'owner' });
		}
		/** How often each person was told of the license of a day. */
		const told = (day: number) =>
			emails.map((email) => {
				const own = mail.received.filter(({ to }) => [to].flat()[0]!.text === email);
				return own.filter(({ text }) => text!.includes(numbers[day]!)).length;
			});
		const once = emails.map(() => 1);

		for (let day = 1; day <= DAYS; day++) {
			await Promise.all([one.order('next-day'), two.order('next-day')]);
			await expect.poll(() => told(day), PATIENCE).toEqual(once);
		}
		await Promise.all([one.end('SIGTERM'), two.end('SIGTERM')]);

		// Started again on a day that has its letters, and gone on to the next.
		const again = await start('two', DAYS * DAY_SECONDS);
		await again.order('next-day');
		await expect.poll(() => told(DAYS + 1), PATIENCE).toEqual(once);
		await again.end('SIGTERM');
		for (let day = 0; day <= DAYS + 1; day++) expect(told(day), `day ${day}`).toEqual(once);
		const written = await store.db.select({ to: mails.to, at: mails.createdAt }).from(mails);
		const days = written.map(({ to, at }) => `${to} ${Math.floor(at / DAY_SECONDS)}`);
		expect(days).toHaveLength(new Set(days).size);
		await store.close();
		await drop();
	},
	600_000
);
