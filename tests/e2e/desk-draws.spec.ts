/** What a desk's own calls do when it is cut short, brought back from a backup, or has a wrong clock. */
import type { Page } from '@playwright/test';
import { LicenseOffice, type License } from '../journeys/license-office.ts';
import { Phones } from './allotment-desk.ts';
import { makeRequests, openDesk, signIn } from './desk-page.ts';
import { expect, test } from './fixtures.ts';

let office: LicenseOffice;
let phones: Phones;
let license: License;
test.beforeAll(async ({ hub, launchOptions }) => {
	office = new LicenseOffice(hub);
	phones = new Phones(hub, launchOptions);
	license = await office.issue('--seats', '9', '--given');
});
test.afterAll(async () => {
	await phones.clear();
	office.field.clear();
});

/** A desk with two seats set aside and a request for each of the labels. */
async function readyDesk(labels: readonly string[]) {
	const { hub } = office;
	const phone = await phones.start();
	const page = await openDesk(phone.context, hub.address);
	await signIn(page, hub.demo, 'manager');
	await page.evaluate(() => void globalThis.desk.startSync());
	const refusal = await page.evaluate(
		(number) => globalThis.desk.reserveSeats(number, 2),
		license.number
	);
	expect(refusal).toBeUndefined();
	await expect
		.poll(() => page.evaluate(async () => (await globalThis.desk.listOwnAllotments())[0]?.left))
		.toBe(2);
	await phone.context.setOffline(true);
	return { phone, page, jtis: await makeRequests(page, license.key, labels) };
}

const issue = (page: Page, jti: string | undefined) =>
	page.evaluate((asked) => globalThis.desk.issueNow(asked), jti!);

test('[AL2] what was bound before a crash is signed at the next start: the same slot, the same claims, once', async () => {
	const { phone, page, jtis } = await readyDesk(['cut']);
	const bound = await page.evaluate(async (jti) => {
		SubtleCrypto.prototype.sign = () => Promise.reject(new Error('the power went'));
		await globalThis.desk.issueNow(jti).catch(() => {});
		const [row] = await globalThis.desk.strict.draws.toArray();
		const files = await globalThis.desk.strict.files.where('kind').equals('activation').count();
		return { row, files };
	}, jtis[0]!);
	expect(bound.row).toMatchObject({ state: 'bound', request: jtis[0] });
	expect(bound.files).toBe(0);
	await page.close();

	const [one, two] = [
		await openDesk(phone.context, office.hub.address),
		await openDesk(phone.context, office.hub.address)
	];
	await Promise.all([one, two].map((tab) => tab.evaluate(() => globalThis.desk.finishDraws())));
	const stored = await one.evaluate(async () => ({
		files: (await globalThis.desk.listFiles()).filter(({ kind }) => kind === 'activation'),
		commands: (await globalThis.desk.waitingCommands()).map(({ type }) => type),
		draws: await globalThis.desk.strict.draws.toArray()
	}));
	expect(stored.draws.map(({ state }) => state)).toEqual(['drawn']);
	expect(stored.files.map(({ jti }) => jti)).toEqual([bound.row?.claims.jti]);
	expect(stored.commands.filter((type) => type === 'activation.draw')).toHaveLength(1);
	// Asked again, in either tab, it is the same file byte for byte.
	for (const tab of [one, two])
		expect(await issue(tab, jtis[0])).toMatchObject({ text: stored.files[0]?.text });
	await phones.end(phone);
});

test('[AL6] data from a backup that knows of less than was issued issues and closes nothing', async () => {
	const { phone, page, jtis } = await readyDesk(['before', 'after']);
	expect(await issue(page, jtis[0])).toMatchObject({ kind: 'activation', said: { slot: 1 } });
	await page.evaluate(() => globalThis.desk.strict.draws.clear());
	expect(await issue(page, jtis[1])).toMatchObject({
		refused: 'DESK_RESTORED',
		facts: { issued: 1, known: 0 }
	});
	const closed = await page.evaluate(async () => {
		const [own] = await globalThis.desk.listOwnAllotments();
		return globalThis.desk.closeAllotment(own!.id);
	});
	expect(closed).toMatchObject({ refused: 'DESK_RESTORED' });
	expect(await page.evaluate(() => globalThis.desk.strict.draws.count())).toBe(0);
	await phones.end(phone);
});

test('[CL1] a clock more than a day behind issues nothing, and everything can be read and exported', async () => {
	const { phone, page, jtis } = await readyDesk(['late']);
	await page.clock.setFixedTime(Date.now() - 3 * 86_400_000);
	expect(await issue(page, jtis[0])).toMatchObject({ refused: 'CLOCK_BEHIND' });
	const read = await page.evaluate(async () => ({
		requests: (await globalThis.desk.listRequests()).length,
		exported: (await globalThis.desk.exportDesk()).blob.size
	}));
	expect(read.requests).toBe(1);
	expect(read.exported).toBeGreaterThan(0);
	await page.clock.setFixedTime(Date.now() - 20 * 3_600_000);
	expect(await issue(page, jtis[0])).toMatchObject({ kind: 'activation' });
	await phones.end(phone);
});

test('[AL1] a desk whose storage the browser may clear has no seats set aside', async ({
	context,
	hub
}) => {
	const page = await openDesk(context, hub.address);
	await signIn(page, hub.demo, 'manager');
	const refusal = await page.evaluate(
		(number) => globalThis.desk.reserveSeats(number, 1),
		license.number
	);
	expect(refusal).toMatchObject({ refused: 'STORAGE_NOT_KEPT' });
	expect(await page.evaluate(() => globalThis.desk.waitingCommands())).toEqual([]);
});
