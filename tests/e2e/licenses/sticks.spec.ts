/** Sites of several machines written at once, and a stick of one saved, without a network as well. */
import { readFileSync } from 'node:fs';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readStickIndex, STICK_INDEX } from '#lib/formats/stick-index.ts';
import { readZip } from '#lib/formats/zip.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { StickSite } from '#lib/protocol/stick.ts';
import { callHub } from '#server/cli/base/hub-client.ts';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

test.use({ viewport: { width: 1280, height: 760 }, locale: 'en-GB' });

test('[SK1, DK3, CH1] sites and names of several machines are written at once, offline too; a stick holds the files of one site alone', async ({
	page,
	hub
}) => {
	const names = ['wharf-alpha', 'wharf-beta', 'wharf-gamma'];
	const { key, number } = await issueOwn(hub, { seats: 4 });
	const { sec } = claimsOf<'license'>(key);
	for (const label of [...names, 'wharf-other']) {
		const said = { label, site: label === 'wharf-other' ? 'Depot' : 'Old wharf' };
		const request = await askFor({ number, sec }, await makeMachine(label), said);
		const answer = await fetch(`${hub.address}/v1/activations`, {
			method: 'POST',
			body: JSON.stringify({ request })
		});
		expect(answer.status).toBe(201);
	}
	await signInAs(page, hub, 'technician');
	await openAt(page, '/activations?q=wharf&sort=machine');
	const rows = page.locator('a.row');
	await expect(rows).toHaveCount(4);
	await page.context().setOffline(true);

	await page.keyboard.press('j');
	await page.keyboard.press('x');
	await page.keyboard.press('Shift+J');
	await page.keyboard.press('Shift+J');
	const bar = page.getByRole('region', { name: 'Selected rows' });
	await expect(bar).toContainText('3 selected');
	await bar.getByRole('button', { name: 'Site and name' }).click();
	const dialog = page.getByRole('dialog');
	const write = dialog.getByRole('button', { name: 'Change' });
	await expect(write).toBeDisabled();
	await dialog.getByLabel('Site', { exact: true }).last().fill('New wharf');
	await expect(dialog).toContainText('3 will change');
	await expect(dialog).toContainText('Old wharf → New wharf');
	await expectSoundEverywhere(page, 'activations, a preview of sites');
	await write.click();
	await expect(dialog).toContainText('3 done');
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	await expect(rows.filter({ hasText: 'New wharf' })).toHaveCount(3);

	await bar.getByRole('button', { name: 'Site and name' }).click();
	await dialog.getByRole('radio', { name: 'Name' }).check();
	await dialog.getByLabel('Name', { exact: true }).last().fill('wharf press');
	await expect(write).toBeDisabled();
	await dialog.getByLabel('Name', { exact: true }).last().fill('wharf press #');
	await expect(dialog).toContainText('wharf-beta → wharf press 2');
	await write.click();
	await expect(dialog).toContainText('3 done');
	await dialog.getByRole('button', { name: 'Close' }).last().click();
	await expect(rows.filter({ hasText: 'wharf press' })).toHaveCount(3);

	// Without a network: as this desk shows it, under the names of the machines' requests.
	await page.getByRole('button', { name: 'Save stick' }).click();
	await expect(dialog.getByRole('heading', { name: 'Save a stick for one site' })).toBeVisible();
	const option = dialog.getByRole('option', { name: 'New wharf (3 machines)' });
	await dialog.getByLabel('Site', { exact: true }).selectOption(await option.getAttribute('value'));
	await expect(dialog).toContainText('3 activation files');
	await expectSoundEverywhere(page, 'activations, a stick');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		dialog.getByRole('button', { name: 'Save stick' }).click()
	]);
	await expect(dialog).toBeHidden();
	expect(download.suggestedFilename()).toMatch(/^[a-z-]+_new-wharf_\d{4}-\d\d-\d\d\.zip$/);
	const entries = readZip(readFileSync(await download.path()), 100_000);
	if (isRefusal(entries)) throw new Error(entries.refused);
	const texts = new Map(
		entries.flatMap((entry) =>
			'bytes' in entry ? [[entry.name, new TextDecoder().decode(entry.bytes)] as const] : []
		)
	);
	const index = texts.get(STICK_INDEX)!;
	expect(index).toContain('| wharf press 2 |');
	const files = readStickIndex(index)!.files;
	expect(readStickIndex(index)).toMatchObject({ site: 'New wharf' });
	expect(files.map((name) => claimsOf<'activation'>(texts.get(name)!).label).sort()).toEqual(names);

	// Sent once there is a network: the hub says the same to everybody.
	await page.context().setOffline(false);
	const asStaff = { url: hub.address, token: hub.demo.token };
	const found = { procedure: 'license.find', input: { number }, query: true };
	const license = await callHub<LicenseRow>(asStaff, found);
	if (isRefusal(license)) throw new Error(license.refused);
	const sites = {
		procedure: 'stick.sites',
		input: { customerId: license.customerId },
		query: true
	};
	await expect
		.poll(() => callHub<StickSite[]>(asStaff, sites), { timeout: 60_000 })
		.toContainEqual({ site: 'New wharf', machines: 3 });
});
