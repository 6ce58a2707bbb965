/**
 * A person gives a site server its license, on a phone: the server is this test, by the hub's own wire.
 */
import { devices, type APIRequestContext, type Page } from '@playwright/test';
import { askFor, claimsOf, makeMachine, type TestMachine } from '../../fixtures/hub.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { openAt } from '../open-at.ts';
import { expect, online, test } from '../fixtures.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);

const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];

type Begun = Record<'device_code' | 'user_code' | 'verification_uri_complete', string>;

const SERVER = { name: 'Halle 3', organization: 'Example GmbH', product: 'atlas-server' };

async function begin(
	request: APIRequestContext,
	machine: TestMachine,
	virtual?: string
): Promise<Begun> {
	const { kid: jkt } = machine.key.signer;
	const data = {
		client_id: 'keyferry-site',
		...SERVER,
		machine: { jkt, code: 'KF1-7Q2M-90TK', virtual }
	};
	const answer = await request.post('/v1/device-authorizations', { data });
	return (await answer.json()) as Begun;
}

async function poll(request: APIRequestContext, begun: Begun) {
	const answer = await request.post('/v1/device-tokens', {
		data: {
			grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
			client_id: 'keyferry-site',
			device_code: begun.device_code
		}
	});
	return (await answer.json()) as Record<string, string>;
}

const choose = (page: Page, text: RegExp | string) => page.getByRole('radio', { name: text });

test('[GL1, GL2] a phone scans the server’s code, signs in, chooses a license, and the server is activated @journey', async ({
	browser,
	request,
	hub
}) => {
	const own = await issueOwn(hub, { edition: 'Halls', clients: 4 });
	const machine = await makeMachine('halle-3');
	const begun = await begin(request, machine);
	const context = await browser.newContext({ ...phone, baseURL: hub.address, locale: 'en-GB' });
	const page = await context.newPage();
	await page.goto(begun.verification_uri_complete);
	await expect(page.getByText('Sign in or register to give')).toBeVisible();
	await expectSoundEverywhere(page, 'site server, signed out');
	await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
	const user = hub.demo.users.find(({ role }) => role === 'technician')!;
	await page.getByLabel('Email').fill(user.email);
	await page.getByLabel('Password').fill(user.password);
	await page.locator('main form button[type=submit]').click();

	await expect(page.getByText('“Halle 3” asks for a license.')).toBeVisible();
	await expect(page.getByText('KF1-7Q2M-90TK')).toBeVisible();
	const licenses = page.getByRole('group', { name: 'License' }).getByRole('radio');
	await expect(licenses.first()).toBeVisible();
	await expectSoundEverywhere(page, 'site server, license to choose');
	await page.getByRole('button', { name: 'Give this license' }).click();
	await expect(page.getByText('Choose a license.')).toBeVisible();
	await choose(page, new RegExp(own.number)).check();
	await page.getByRole('button', { name: 'Give this license' }).click();
	await expect(page.getByText('The server activates itself now')).toBeVisible();
	await expectSoundEverywhere(page, 'site server, license given');

	const { access_token, number } = await poll(request, begun);
	expect(number).toBe(own.number);
	const answer = await request.post('/v1/activations', {
		data: { request: await askFor({ number: number! }, machine) },
		headers: { authorization: `Bearer ${access_token}` }
	});
	expect(answer.status()).toBe(201);
	const { file } = (await answer.json()) as { file: string };
	expect(claimsOf<'activation'>(file)).toMatchObject({ num: number, label: 'halle-3' });
	await context.close();
});

test('[GL2] a code that is wrong, somebody else’s, or of a virtual machine is refused with what to do', async ({
	browser,
	page,
	request,
	hub
}) => {
	await issueOwn(hub, { product: 'atlas', entitlements: [], clients: 3, virtualMachines: false });
	await signInAs(page, hub, 'owner');
	await openAt(page, '/device');
	await expectSoundEverywhere(page, 'site server, code to enter');
	await page.getByLabel('Code').fill('bcdf');
	await page.getByRole('button', { name: 'Next' }).click();
	await expect(page.getByText('Enter all eight letters.')).toBeVisible();
	await page.getByLabel('Code').fill('bbbb bbbb');
	await page.getByRole('button', { name: 'Next' }).click();
	await expect(page.getByText('No server waits for this code.')).toBeVisible();

	const begun = await begin(request, await makeMachine(), 'kvm');
	await page.getByRole('link', { name: 'Enter another code' }).click();
	await page.getByLabel('Code').fill(begun.user_code.toLowerCase());
	await page.getByRole('button', { name: 'Next' }).click();
	await expect(page.getByText('Virtual (kvm)')).toBeVisible();
	await expect(page.getByText('It does not allow virtual machines.').first()).toBeVisible();
	await expect(choose(page, /does not allow virtual/).first()).toBeDisabled();

	// To everybody else it is taken, in German too.
	const context = await browser.newContext({ baseURL: hub.address, locale: 'de-DE' });
	const other = await context.newPage();
	await signInAs(other, hub, 'viewer');
	await other.goto(begun.verification_uri_complete);
	await expect(other.getByText('Jemand anderes hat diesen Code schon eingegeben.')).toBeVisible();
	await expectSoundEverywhere(other, 'site server, code of somebody else, German');
	// A viewer may activate nothing, so there is nothing to give.
	const second = await begin(request, await makeMachine());
	await other.goto(second.verification_uri_complete);
	await expect(other.getByText('Keine Ihrer Lizenzen ist für Standortserver')).toBeVisible();
	await expectSoundEverywhere(other, 'site server, nothing to give, German');
	await context.close();

	await page.getByRole('button', { name: 'Give none' }).click();
	await expect(page.getByText('The site server was told')).toBeVisible();
	expect(await poll(request, begun)).toMatchObject({ error: 'access_denied' });
});
