/** Activation files issued on a desk without a network, from seats set aside for it. [O4] */
import { readFileSync } from 'node:fs';
import { codes, LicenseOffice, readTokens, said } from '../../journeys/license-office.ts';
import { loadRequest, Phones, saveShown, setAside } from '../allotment-desk.ts';
import { openAt } from '../open-at.ts';
import { expectSound, expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { loadedAnew, signInAs } from '../signing-in.ts';

let office: LicenseOffice;
let phones: Phones;
test.beforeAll(({ hub, launchOptions }) => {
	office = new LicenseOffice(hub);
	phones = new Phones(hub, launchOptions);
});
test.afterAll(async () => {
	await phones.clear();
	office.field.clear();
});

test('[O4] [AL2] [AL4] a phone issues offline in three taps, is killed, and has the file at its cold start', async () => {
	const { hub } = office;
	const license = await office.issue('--seats', '3');
	await office.asks('allotment', 'policy', license.number, '--share', '2');
	const machine = office.field.machine('turbine-07');
	const request = await office.request(machine, license);
	let phone = await phones.start();
	let page = await phone.context.newPage();
	await signInAs(page, hub, 'manager');
	await setAside(page, hub, { number: license.number, seats: 2 });
	await expect(page.locator('.detail .meter [role=img]').first()).toHaveAccessibleName(
		/0 active, 2 reserved, 1 free/
	);
	await expectSoundEverywhere(page);

	await phone.context.setOffline(true);
	// Two taps to the file on the screen, QR code included; the third takes it along.
	await loadRequest(page, hub, machine.path(request));
	await expectSoundEverywhere(page);
	await page.getByRole('button', { name: 'Issue now' }).click();
	await expect(page.getByRole('heading', { name: 'Issued for turbine-07' })).toBeVisible();
	await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible();
	await expect(page.getByText('The server is told at the next sync.')).toBeVisible();
	await expectSoundEverywhere(page);
	const address = page.url();
	await phones.kill(phone);

	phone = await phones.start(phone.profile);
	await phone.context.setOffline(true);
	page = await phone.context.newPage();
	await page.goto(address);
	await expect(page.getByRole('heading', { name: 'Issued for turbine-07' })).toBeVisible();
	const name = await saveShown(page, machine.path);
	expect(name).toBe(request.replace('.kfreq', '.kfact'));
	// On the machine, by its own state and keys, without the hub.
	expect(said(await office.load(machine, name))).toMatchObject([{ outcome: 'loaded' }]);
	expect(await office.states(machine)).toEqual(['active']);
	const drawn = readTokens(machine, name);
	expect(drawn.allotment?.type).toBe('allotment');

	// A browser that was killed may have lost its login: what has happened is told all the same. [SY10]
	await phone.context.clearCookies();
	await loadedAnew(page, () => phone.context.setOffline(false));
	await expect.poll(() => office.used(license.number)).toBe(2);
	await signInAs(page, hub, 'manager');
	await openAt(page, `/licenses/${license.number}`, hub.address);
	await expect(page.locator('.detail .meter [role=img]').first()).toHaveAccessibleName(
		/1 active, 1 reserved, 1 free/
	);
	// The hub's own file follows, without urgency.
	await openAt(page, '/allotments', hub.address);
	await expect(page.getByText(/Signed by the server. There is no hurry/)).toBeVisible();
	await expectSoundEverywhere(page);
	const newer = await saveShown(page, machine.path);
	expect(said(await office.load(machine, newer))).toMatchObject([{ outcome: 'loaded' }]);
	expect(readTokens(machine, newer).allotment).toBeUndefined();
	await expect(page.getByText(/Signed by the server. There is no hurry/)).toHaveCount(0);

	// What is left is given back, and nothing is issued afterwards.
	await page.getByRole('link', { name: new RegExp(license.number) }).click();
	await expect(page.getByRole('link', { name: /turbine-07/ })).toBeVisible();
	await expectSoundEverywhere(page);
	await page.getByRole('button', { name: 'Give back the rest' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Give back' }).click();
	await expect(page.getByText('Given back', { exact: true })).toBeVisible();
	await expect.poll(() => office.used(license.number)).toBe(1);
	const other = office.field.machine('turbine-08');
	const second = await office.request(other, license);
	await openAt(page, '/import', hub.address);
	await page.getByTestId('files').setInputFiles(other.path(second));
	await expect(page.getByRole('button', { name: 'Submit 1' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Issue now' })).toHaveCount(0);
	await phones.end(phone);
});

test('[AL2] two tabs that issue at once draw distinct slots, and one machine keeps its own', async () => {
	const { hub } = office;
	const license = await office.issue('--seats', '2');
	await office.asks('allotment', 'policy', license.number, '--share', '2');
	const phone = await phones.start();
	const [one, two] = [await phone.context.newPage(), await phone.context.newPage()];
	await signInAs(one, hub, 'manager');
	await setAside(one, hub, { number: license.number, seats: 2 });
	await phone.context.setOffline(true);
	const machines = ['press-1', 'press-2'].map((name) => office.field.machine(name));
	const tabs = [one, two];
	for (const [at, machine] of machines.entries())
		await loadRequest(tabs[at]!, hub, machine.path(await office.request(machine, license)));
	await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: 'Issue now' }).click()));
	const slots: (number | undefined)[] = [];
	for (const [at, machine] of machines.entries()) {
		await expect(tabs[at]!.getByRole('heading', { name: /Issued for press/ })).toBeVisible();
		const name = await saveShown(tabs[at]!, machine.path);
		said(await office.load(machine, name));
		slots.push((readTokens(machine, name).body.payload as { slot?: number }).slot);
	}
	expect(slots.toSorted()).toEqual([1, 2]);

	// The same machine anew: the same slot, the next file. Another: none is left.
	const again = await office.request(machines[0]!, license);
	await loadRequest(one, hub, machines[0]!.path(again));
	await one.getByRole('button', { name: 'Issue now' }).click();
	await expect(one.getByRole('heading', { name: 'Issued for press-1' })).toBeVisible();
	const name = await saveShown(one, machines[0]!.path);
	expect(readTokens(machines[0]!, name).body.payload).toMatchObject({ slot: slots[0], gen: 2 });
	const third = office.field.machine('press-3');
	await loadRequest(one, hub, third.path(await office.request(third, license)));
	await one.getByRole('button', { name: 'Issue now' }).click();
	await expect(one.getByText('ALLOTMENT_SPENT')).toBeVisible();
	await expectSound(one);

	await phone.context.setOffline(false);
	await expect.poll(() => office.used(license.number)).toBe(2);
	await phones.end(phone);
});

test('[AL5] [AL6] [SE1] a copied phone issues one slot twice: sync proves it, stops it, and tells the machine', async () => {
	const { hub } = office;
	const license = await office.issue('--seats', '1');
	const machines = ['crane-1', 'crane-2'].map((name) => office.field.machine(name));
	const original = await phones.start();
	const page = await original.context.newPage();
	await signInAs(page, hub, 'manager');
	await setAside(page, hub, { number: license.number, seats: 1 });
	await phones.end(original);
	const profiles = [original.profile, phones.copy(original)];
	for (const [at, machine] of machines.entries()) {
		const phone = await phones.start(profiles[at]);
		await phone.context.setOffline(true);
		const tab = await phone.context.newPage();
		await loadRequest(tab, hub, machine.path(await office.request(machine, license)));
		await tab.getByRole('button', { name: 'Issue now' }).click();
		await expect(tab.getByRole('heading', { name: /Issued for crane/ })).toBeVisible();
		const name = await saveShown(tab, machine.path);
		// Both run: no rule can prevent that, and both end with the allotment's files.
		expect(said(await office.load(machine, name))).toMatchObject([{ outcome: 'loaded' }]);
		expect(readTokens(machine, name).body.payload).toMatchObject({ slot: 1, gen: 1 });
		await phones.end(phone);
	}

	const first = await phones.start(profiles[0]);
	const one = await first.context.newPage();
	await openAt(one, '/allotments', hub.address);
	await one.getByRole('link', { name: new RegExp(license.number) }).click();
	await one.getByRole('link', { name: /crane-1/ }).click();
	await expect.poll(() => office.used(license.number)).toBe(1);

	const second = await phones.start(profiles[1]);
	const two = await second.context.newPage();
	await openAt(two, '/requests', hub.address);
	await two.getByRole('link', { name: /crane-2/ }).click();
	const told = two.getByRole('group', { name: 'Refused' });
	await expect(told).toContainText('SLOT_CONTESTED');
	await expectSound(two);
	const refusal = await saveShown(two, machines[1]!.path);
	expect(refusal).toMatch(/\.kfref$/);
	expect(codes(await office.load(machines[1]!, refusal))).toEqual(['SLOT_CONTESTED']);
	// The one seat that was sold is held by the machine that was recorded first; the other is counted.
	expect(await office.used(license.number)).toBe(2);

	await openAt(one, `/licenses/${license.number}`, hub.address);
	await expect(one.getByText('1 seat over the limit')).toBeVisible();
	await one.getByRole('region', { name: 'Offline seats' }).getByRole('link').click();
	await expect(one.getByRole('heading', { name: 'Issued twice' })).toBeVisible();
	await expect(one.getByText(/^Signature for crane-[12]$/)).toHaveCount(2);
	await expect(one.getByText('Stopped', { exact: true })).toBeVisible();
	await expectSound(one);
	const third = office.field.machine('crane-3');
	for (const tab of [one, two]) {
		await openAt(tab, '/import', hub.address);
		const file = await office.request(third, license);
		await tab.getByTestId('files').setInputFiles(third.path(file));
		await expect(tab.getByRole('button', { name: 'Submit 1' })).toBeVisible();
		await expect(tab.getByRole('button', { name: 'Issue now' })).toHaveCount(0);
	}
	await phones.end(first);
	await phones.end(second);
});

test('[SY8] a phone without room refuses new work, loses none, and still writes the export', async () => {
	const { hub } = office;
	const license = await office.issue('--seats', '2');
	await office.asks('allotment', 'policy', license.number, '--share', '2');
	let phone = await phones.start();
	let page = await phone.context.newPage();
	await signInAs(page, hub, 'manager');
	await setAside(page, hub, { number: license.number, seats: 2 });
	await phone.context.setOffline(true);
	const [kept, refused] = ['pump-1', 'pump-2'].map((name) => office.field.machine(name));
	await loadRequest(page, hub, kept!.path(await office.request(kept!, license)));
	const address = page.url();
	// The browser knows for a while how much room it found: only a new one asks at once.
	const restart = async (quotaSize?: number) => {
		await phones.end(phone);
		phone = await phones.start(phone.profile);
		await phone.context.setOffline(true);
		const full = await phone.context.newCDPSession(phone.context.pages()[0]!);
		await full.send('Storage.overrideQuotaForOrigin', { origin: hub.address, quotaSize });
		page = await phone.context.newPage();
		await page.goto(address);
	};
	await restart(1);
	await page.getByRole('button', { name: 'Issue now' }).click();
	const refusedGroup = () => page.getByRole('group', { name: 'Refused' });
	await expect(refusedGroup()).toContainText('STORAGE_FULL');
	await expectSoundEverywhere(page);
	await openAt(page, '/import', hub.address);
	const second = await office.request(refused!, license);
	await page.getByTestId('files').setInputFiles(refused!.path(second));
	await page.getByRole('button', { name: 'Issue now' }).click();
	await expect(refusedGroup()).toContainText('STORAGE_FULL');
	await refusedGroup().getByRole('link', { name: 'Export now' }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Export everything' }).click()
	]);
	const exported = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
		requests: { summary: { label: string } }[];
	};
	expect(exported.requests.map(({ summary: { label } }) => label)).toEqual(['pump-1']);

	// With room again, what was refused is done, once.
	await restart();
	await page.getByRole('button', { name: 'Issue now' }).click();
	await expect(page.getByRole('heading', { name: 'Issued for pump-1' })).toBeVisible();
	const name = await saveShown(page, kept!.path);
	expect(readTokens(kept!, name).body.payload).toMatchObject({ slot: 1, gen: 1 });
	await phones.end(phone);
});
