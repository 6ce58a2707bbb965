/** The first run of a site server, from an empty folder to clients that may work. */
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { issueOwn } from '../own-license.ts';
import {
	askByKey,
	bringIn,
	carryOut,
	fillAccount,
	fillReach,
	passCheck,
	PASSWORD,
	startUnsetSite,
	title
} from './unset-site.ts';

test.use(online);
test.use({ locale: 'en-GB', viewport: { width: 1280, height: 760 } });

const product = {
	product: 'atlas-server',
	version: '8.2',
	contact: 'sales@vendor.example',
	foreignKeys: [{ pattern: 'EXD6-....-....', name: 'Example Dataflow 6' }]
};

test('[ST2, ST3, ST4] a site server is set up, killed in between, and unlocked by files', async ({
	page,
	browser,
	hub
}) => {
	const site = await startUnsetSite(hub, 'site-setup', { product });
	try {
		// Whoever has not read the console learns that there is something to set up, and no more.
		const other = await (await browser.newContext({ baseURL: site.address })).newPage();
		await other.goto('/');
		await expect(title(other, 'This server is not set up yet')).toBeVisible();
		const asked = await other.request.get(`${site.address}/site/rpc/setup.state`, {
			headers: { 'x-keyferry': '1' }
		});
		expect(asked.status()).toBe(401);

		const link = site.link();
		await page.goto(link);
		await expect(title(page, 'Who looks after this server?')).toBeVisible();
		expect((await other.goto(link))!.status()).toBe(404);
		await page.getByLabel('Name').fill('Ada');
		await page.getByLabel('Password').fill('password2026');
		await page.getByRole('button', { name: 'Create account' }).click();
		await expect(page.getByRole('alert')).toBeVisible();
		await fillAccount(page);
		await expect(title(page, 'Where do clients reach it?')).toBeVisible();
		await site.killAndStart();
		expect(site.link()).toBe('');
		await page.reload();
		await fillReach(page, 'Plant 4');
		await expect(title(page, 'Is this machine ready?')).toBeVisible();
		await expectSoundEverywhere(page, 'site check');
		await passCheck(page);

		// An old key, and one for another version.
		await askByKey(page, 'EXD6-1234-5678');
		await expect(page.getByText('KEY_FOREIGN', { exact: true })).toBeVisible();

		const { key } = await issueOwn(hub, { clients: 10 });
		await askByKey(page, key);
		const answer = await carryOut(page, hub);
		await bringIn(page, answer);
		const success = page.getByText('Activated: 10 clients, dataflow and workflow');
		await expect(success).toBeVisible();
		await expectSoundEverywhere(page, 'site unlocked');
		await page.getByRole('button', { name: 'Open this server’s pages' }).click();
		await expect(page.getByText('0 of 10 clients in use.')).toBeVisible();
		await expect(page.getByText('Plant 4')).toBeVisible();
		expect((await page.request.get(`${site.address}/health/ready`)).status()).toBe(200);

		// The account is the way in from now on.
		await other.goto('/');
		await expect(title(other, 'Sign in')).toBeVisible();
		await other.getByLabel('Name').fill('ada');
		await other.getByLabel('Password').fill('harbor crane after noon');
		await other.getByRole('button', { name: 'Sign in' }).click();
		await expect(other.getByText('ADMIN_SIGN_IN_REFUSED')).toBeVisible();
		await other.getByLabel('Password').fill(PASSWORD);
		await other.getByRole('button', { name: 'Sign in' }).click();
		await expect(title(other, 'License')).toBeVisible();
		await other.context().close();
	} finally {
		await site.stop();
	}
});

test('[ST2, ST4] encrypted by a certificate of its own, a virtual machine is refused with its facts', async ({
	browser,
	hub
}) => {
	const site = await startUnsetSite(hub, 'site-virtual', { isVirtual: true });
	const secure = site.address.replace('http:', 'https:');
	// By an authority that this browser was not told to trust.
	const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
	const page = await context.newPage();
	try {
		await page.goto(site.link());
		await fillAccount(page);
		await fillReach(page, 'Plant 7', 'Make a certificate here');
		await expect(page).toHaveURL(`${secure}/site#/site/setup`);
		await passCheck(page);
		const { key } = await issueOwn(hub, { clients: 3, virtualMachines: false });
		await askByKey(page, key);
		await expect(page.getByText('VIRTUAL_MACHINE_REFUSED')).toBeVisible();
	} finally {
		await context.close();
		await site.stop();
	}
});
