/** What a manager sees of a machine that showed other components, and of one that looks like it. [MA5] */
import { isRefusal } from '#lib/domain/refusal.ts';
import { LicenseOffice } from '../../journeys/license-office.ts';
import { fingerprint } from '../../fixtures/chain.ts';
import { makeDistantDesk } from '../../fixtures/drawing-desk.ts';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import {} from '../allotment-desk.ts';
import { openAt } from '../open-at.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { expect, online, test } from '../fixtures.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);

test('[MA5] changed components and a machine that looks alike are named where a manager looks', async ({
	browser,
	hub
}) => {
	const office = new LicenseOffice(hub);
	const context = await browser.newContext({ locale: 'en-GB' });
	try {
		const { number, key } = await office.issue('--seats', '4');
		const { sec } = claimsOf<'license'>(key);
		const bring = async (path: string, body: object) => {
			const answer = await fetch(`${hub.address}/v1/${path}`, {
				method: 'POST',
				body: JSON.stringify(body)
			});
			expect(answer.status).toBe(201);
			return (await answer.json()) as { file: string };
		};
		const machine = await makeMachine('rack-07');
		const own = fingerprint('rack-07');
		const other = fingerprint('another');
		// The quota counts one, as four seats allow; the next is named and changes nothing.
		for (const fp of [
			own,
			{ ...own, disk: other.disk },
			{ ...own, disk: other.disk, mac: other.mac }
		])
			await bring('activations', { request: await askFor({ number, sec }, machine, { fp }) });
		const desk = await makeDistantDesk({ url: hub.address, token: hub.demo.token });
		const block = await desk.reserve(number, 1);
		const alike = { ...own, os: other.os, disk: other.disk };
		const twin = await makeMachine('rack-07-copy');
		const request = await askFor({ number, sec }, twin, { fp: alike });
		const draw = await desk.draw(block, request, Math.floor(Date.now() / 1000));
		if (isRefusal(draw)) throw new Error(draw.refused);
		await bring('facts', { file: draw });

		const page = await context.newPage();
		await signInAs(page, hub, 'manager');
		await openAt(page, `/licenses/${number}`, hub.address);
		const row = (name: string) => page.locator('#machines li').filter({ hasText: name }).first();
		await expect(row('Looks like the same machine as rack-07')).toContainText('rack-07-copy');
		const changed = row('Showed other components');
		await expect(changed).toContainText('rack-07');
		await expectSoundEverywhere(page, 'machines that changed');

		await changed.getByRole('link').click();
		const card = page.locator('section').filter({
			has: page.getByRole('heading', { name: 'Changes' })
		});
		await expect(card.getByRole('listitem')).toHaveText([
			/^Other system disk.*Counted as a replacement/,
			/^Other network adapters.*Not counted/
		]);
		await expectSoundEverywhere(page, 'changes of a machine');

		await openAt(page, `/licenses/${number}`, hub.address);
		await row('rack-07-copy').getByRole('link').click();
		await expectSoundEverywhere(page, 'a machine that looks alike');
		await page.getByRole('link', { name: 'Looks like the same machine as rack-07' }).click();
		await expect(page.getByRole('heading', { level: 1, name: 'rack-07' })).toBeVisible();
	} finally {
		await context.close();
		office.field.clear();
	}
});
