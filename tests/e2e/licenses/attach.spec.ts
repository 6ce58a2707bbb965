/** Attaching by codes that are mailed, and an owner who does not want it. [AT1] */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { startMailServer, type MailServer } from '../../fixtures/mail-server.ts';
import { startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { openDesk } from '../desk-page.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { openAt } from '../open-at.ts';
import { fillSignIn, loadedAnew } from '../signing-in.ts';

const BUYER = 'buyer@example.com';
const OTHER_CUSTOMER = 'Sample Works Ltd';

let mail: MailServer;
let hub: RunningHub;
let number: string;
let otherId: string;

test.beforeAll(async () => {
	mail = await startMailServer();
	const env = { KEYFERRY_SMTP: mail.url, KEYFERRY_MAIL_FROM: 'licenses@example.com' };
	hub = await startHub({ env });
	number = hub.demo.licenses.at(-1)!.number;
	type Found = { customers: { id: string; name: string }[] };
	const { customers } = await askAsStaff<Found>('customer.list', { search: OTHER_CUSTOMER }, 'GET');
	otherId = customers[0]!.id;
	await askAsStaff('customer.change', { customerId: otherId, contacts: [BUYER] });
});

test.afterAll(async () => {
	await hub.stop();
	await mail.stop();
});

async function askAsStaff<T>(name: string, input: object, method = 'POST'): Promise<T> {
	const sent = JSON.stringify(input);
	const query = method === 'GET' ? `?input=${encodeURIComponent(sent)}` : '';
	const answer = await fetch(`${hub.address}/rpc/${name}${query}`, {
		method,
		headers: {
			authorization: `Bearer ${hub.demo.token}`,
			'content-type': 'application/json',
			'x-keyferry': '1'
		},
		body: method === 'GET' ? undefined : sent
	});
	const { result, error } = (await answer.json()) as { result?: { data: T }; error?: unknown };
	if (!result) throw new Error(JSON.stringify(error));
	return result.data;
}

const emailOf = (role: string) => hub.demo.users.find((each) => each.role === role)!.email;

/** Of the first mail to this address since the last one that was read. */
async function letterTo(address: string): Promise<string> {
	const { text } = await mail.mailTo(address);
	mail.received.length = 0;
	return text!;
}
const codeIn = (letter: string) => /^\d{8}$/m.exec(letter)![0];

/** Somebody on a phone of their own, on the screen that attaches. */
async function openAs(browser: Browser, role: string, locale = 'en-GB') {
	const viewport = { width: 360, height: 740 };
	const context = await browser.newContext({ viewport, locale });
	const page = await context.newPage();
	await fillSignIn(page, hub, role);
	await loadedAnew(page, () => page.locator('main form button[type=submit]').click());
	await openAt(page, '/attach', hub.address);
	return { context, page };
}

async function askFor(page: Page, ...things: string[]): Promise<void> {
	await page.getByLabel('Purchase IDs, license numbers or license keys').fill(things.join('\n'));
	await page.getByRole('button', { name: 'Mail the codes' }).click();
	await expect(page.getByText('If these are known, a code was sent')).toBeVisible();
}

async function enter(page: Page, code: string): Promise<void> {
	await page.getByLabel('Codes from the mail').fill(code);
	await page.getByRole('button', { name: 'Attach', exact: true }).click();
}

test('[AT1] a number, the code in a real mail, and the licenses are there; the owner undoes it', async ({
	browser
}) => {
	const first = await openAs(browser, 'technician');
	const { page } = first;
	await expectSoundEverywhere(page, 'attach');
	await page.getByRole('button', { name: 'Mail the codes' }).click();
	await expect(page.getByText('Enter at least one.')).toBeVisible();
	await askFor(page, number, 'P-NOBODY');
	await expectSoundEverywhere(page, 'attach with codes on their way');
	const letter = await letterTo(BUYER);
	expect(letter).toContain(emailOf('technician'));
	expect(letter).toContain(number);
	const code = codeIn(letter);
	await enter(page, code === '00000000' ? '11111111' : '00000000');
	await expect(page.getByText('This is not the code that was mailed.')).toBeInViewport();
	// Pasted with all that stands around it.
	await enter(page, `Your code: ${code.slice(0, 4)} ${code.slice(4)}`);
	await expect(page.getByText('You are its owner now.')).toBeInViewport();
	await expect(page.getByRole('main')).toContainText(number);
	await expect(page.getByLabel('Codes from the mail')).toHaveValue('');
	await expectSoundEverywhere(page, 'attached');
	await page.getByRole('link', { name: 'Show licenses' }).click();
	await expect(page.getByText(number)).toBeVisible();

	// Somebody else of the same organization: the owner is told, and the licenses come to their desk.
	const second = await openAs(browser, 'viewer');
	await askFor(second.page, number);
	await enter(second.page, codeIn(await letterTo(BUYER)));
	await expect(second.page.getByText('You belong to it now as a technician.')).toBeVisible();
	const told = await letterTo(emailOf('technician'));
	expect(told).toContain(emailOf('viewer'));
	const [place] = /#\/settings\/people\S+/.exec(told) ?? [''];
	const calls = await openDesk(second.context, hub.address);
	const here = () => calls.evaluate(() => globalThis.desk.mirroredLicenses.first(1e6));
	const isThere = async () => (await here()).some((row) => row.number === number);
	await expect.poll(isThere).toBe(true);

	// What is asked without a network waits; meanwhile the owner removes them on the screen.
	await second.context.setOffline(true);
	const jti = await calls.evaluate(async (wanted) => {
		const license = await globalThis.desk.readLicenseChoice(wanted);
		if ('refused' in license) throw new Error(license.refused);
		const machine = await globalThis.desk.machineGiven('late-1');
		const who = { license, machine, name: 'Vera Viewer', label: 'late-1' };
		const row = await globalThis.desk.composeRequest(who, { submit: true });
		if ('refused' in row) throw new Error(row.refused);
		return row.jti;
	}, number);
	await openAt(page, place.slice(1), hub.address);
	await removeMember(page, 'Vera Viewer');

	await second.context.setOffline(false);
	await calls.evaluate(() => globalThis.desk.syncNow());
	await expect.poll(isThere).toBe(false);
	const request = () =>
		calls.evaluate(async (id) => (await globalThis.desk.findRequest(id))?.state, jti);
	await expect.poll(request).toBe('refused');
	await first.context.close();
	await second.context.close();
});

async function removeMember(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name: `Change: ${name}` }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Remove' }).click();
	await dialog.getByRole('button', { name: 'Remove' }).click();
	await expect(page.getByText(`${name} was removed.`)).toBeVisible();
}

test('[AT1] in German, by the file of a license key, and told what is theirs already', async ({
	browser
}) => {
	const { context, page } = await openAs(browser, 'manager', 'de-DE');
	await expect(page.getByRole('heading', { name: 'Lizenzen hinzufügen' })).toBeVisible();
	await expectSoundEverywhere(page, 'attach in German');
	const own = hub.demo.licenses[0]!;
	await page.locator('input[type=file]').setInputFiles([
		{ name: 'own.kflic', mimeType: 'text/plain', buffer: Buffer.from(own.key) },
		{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('nothing of ours') }
	]);
	await expect(page.getByText('In „note.txt“ ist keine Lizenz.')).toBeVisible();
	await expect(page.getByLabel(/Kauf-IDs/)).toHaveValue(own.number);
	await page.getByRole('button', { name: 'Codes senden' }).click();
	await expect(page.getByText(`Gehört schon Ihnen: ${own.number}`)).toBeVisible();
	await context.close();
});

test('[AT1, SE7] who owns two organizations moves a license that was never used', async ({
	browser
}) => {
	const { context, page } = await openAs(browser, 'owner');
	await askFor(page, number);
	await enter(page, codeIn(await letterTo(BUYER)));
	await expect(page.getByRole('link', { name: 'Show licenses' })).toBeVisible();
	const { members } = await askAsStaff<{ members: { id: string; email: string }[] }>(
		'people.list',
		{ customerId: otherId },
		'GET'
	);
	const userId = members.find(({ email }) => email === emailOf('owner'))!.id;
	await askAsStaff('people.role', { customerId: otherId, userId, role: 'owner' });
	const unused = hub.demo.licenses.find(({ seats }) => seats === 3)!;
	await page.reload();
	await openAt(page, `/licenses/${unused.number}`, hub.address);
	await page.getByRole('link', { name: 'Move to another organization of yours' }).click();
	await expect(page.getByLabel('Organization')).toBeVisible();
	await expectSoundEverywhere(page, 'move to another organization');
	await page.getByRole('button', { name: 'Move the license' }).click();
	await expect(page.getByText(`${unused.number} belongs to ${OTHER_CUSTOMER} now.`)).toBeVisible();
	await expect(page.getByRole('main').getByText(OTHER_CUSTOMER).first()).toBeVisible();
	await context.close();
});

test('[AT1] without the server it says in one line that it needs one', async ({ browser }) => {
	const context = await browser.newContext();
	const page = await context.newPage();
	await openAt(page, '/', hub.address);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await context.setOffline(true);
	await openAt(page, '/attach', hub.address);
	await expect(page.getByText('This part needs the server.')).toBeVisible();
	await context.close();
});
