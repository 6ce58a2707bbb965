/** What a desk's own calls do when it is cut short, brought back from a backup, or has a wrong clock. */
import type { Page } from '@playwright/test';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import { LicenseOffice, type License } from '../../journeys/license-office.ts';
import { Phones } from '../allotment-desk.ts';
import { openAt } from '../open-at.ts';
import { countStates, makeRequests, openDesk, signIn } from '../desk-page.ts';
import { expect, test } from '../fixtures.ts';

let office: LicenseOffice;
let phones: Phones;
let license: License;
test.beforeAll(async ({ hub, launchOptions }) => {
	office = new LicenseOffice(hub);
	phones = new Phones(hub, launchOptions);
	license = await office.issue('--seats', '9', '--given');
	// One person takes two seats in each of the tests.
	await office.asks('allotment', 'policy', license.number, '--seats', '8', '--share', '8');
});
test.afterAll(async () => {
	await phones.clear();
	office.field.clear();
});

/** A desk with two seats set aside and a request for each of the labels. */
async function readyDesk(labels: readonly string[], of = license) {
	const { hub } = office;
	const phone = await phones.start();
	const page = await openDesk(phone.context, hub.address);
	await signIn(page, hub.demo, 'manager');
	await page.evaluate(() => void globalThis.desk.startSync());
	const refusal = await page.evaluate(
		(number) => globalThis.desk.reserveSeats(number, 2),
		of.number
	);
	expect(refusal).toBeUndefined();
	await expect
		.poll(() => page.evaluate(async () => (await globalThis.desk.listOwnAllotments())[0]?.left))
		.toBe(2);
	await phone.context.setOffline(true);
	return { phone, page, jtis: await makeRequests(page, of.key, labels) };
}

/** Seats of a license as the hub counts them. */
async function counts({ number }: License): Promise<LicenseRow['counts'] | undefined> {
	const rows = await office.asks<LicenseRow[]>('license', 'list');
	return rows.find((row) => row.number === number)?.counts;
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
	expect(await issue(page, jtis[0])).toMatchObject({ kind: 'activation', summary: { slot: 1 } });
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

for (const { years, refused, said, chip } of [
	{
		years: -1,
		refused: 'CLOCK_BEHIND',
		said: /The clock here says .+ has certainly passed/,
		chip: 'Can issue'
	},
	{
		years: 1,
		refused: 'ALLOTMENT_ENDED',
		said: /could be issued until .+ can wait for the server/,
		chip: 'Issuing ended'
	}
])
	test(`[CL1] [AL3] [SY1] a clock ${years < 0 ? 'a year behind' : 'a year ahead'} issues nothing new, syncs all the same, and loses nothing`, async () => {
		const { hub } = office;
		const own = await office.issue('--seats', '9', '--given');
		const { phone, page, jtis } = await readyDesk(['issued', 'later', 'asked'], own);
		const [issued, later, asked] = jtis as [string, string, string];
		const screen = await phone.context.newPage();
		await phone.context.setOffline(false);
		await screen.goto(hub.address);
		await screen.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
		await phone.context.setOffline(true);
		expect(await issue(page, issued)).toMatchObject({ kind: 'activation', summary: { slot: 1 } });
		await page.evaluate((jti) => globalThis.desk.submitRequests([jti]), asked);
		const wrong = Date.now() + years * 365 * 86_400_000;
		await page.clock.setFixedTime(wrong);
		expect(await issue(page, later)).toMatchObject({ refused });

		// On the screen: why, and all that is here.
		await screen.clock.setFixedTime(wrong);
		await openAt(screen, '/allotments', hub.address);
		const block = screen.getByRole('link', { name: new RegExp(own.number) });
		await expect(block).toContainText(chip);
		await expect(block).toContainText('1 of 2 left');
		await openAt(screen, `/allotments/issue/${later}`, hub.address);
		if (years < 0) await screen.getByRole('button', { name: 'Issue now' }).click();
		await expect(screen.getByRole('main')).toContainText(said);
		await openAt(screen, `/allotments/issue/${issued}`, hub.address);
		await expect(screen.getByRole('heading', { name: 'Issued for issued' })).toBeVisible();
		await screen.close();

		// What has happened and what was asked reaches the hub, which reads no time from it.
		await phone.context.setOffline(false);
		await page.evaluate(() => globalThis.desk.syncNow());
		await expect.poll(() => countStates(page)).toEqual({ draft: 1, granted: 2 });
		expect(await page.evaluate(() => globalThis.desk.waitingCommands())).toEqual([]);
		const trusted = await page.evaluate(
			async () => (await globalThis.desk.readState('trust'))?.trustedAt
		);
		expect(trusted).toBeLessThan(Date.now() / 1000 + 60);
		expect(await issue(page, later)).toMatchObject({ refused });

		// Set right, it goes on where it stopped.
		await page.clock.setFixedTime(Date.now());
		expect(await issue(page, later)).toMatchObject({ kind: 'activation', summary: { slot: 2 } });
		await expect.poll(() => countStates(page)).toEqual({ granted: 3 });
		await expect.poll(async () => (await counts(own))?.active).toBe(3);
		expect(await counts(own)).toEqual({ active: 3, reserved: 0, cooling: 0 });
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
