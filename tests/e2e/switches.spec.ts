/** What a license's customer switches by themselves, and what has happened to a license. [P7] */
import { expectSoundEverywhere } from './expect-sound.ts';
import { expect, test } from './fixtures.ts';
import { openAt } from './open-at.ts';
import { issueOwn } from './own-license.ts';
import { signInAs } from './signing-in.ts';

const order = { product: 'harbor-backup', entitlements: ['backup', 'remote-management'], seats: 3 };

test('[P7, PE1] a technician sees what is on, and switches nothing', async ({ page, hub }) => {
	const { number } = await issueOwn(hub, order);
	await signInAs(page, hub, 'technician');
	await openAt(page, `/licenses/${number}`, hub.address);
	await expect(page.getByText('From version 5.2')).toBeVisible();
	await expect(page.getByRole('switch')).toHaveCount(0);
});

test('[P7] near its end a license leads to the store; what happened to it is shown on demand', async ({
	page,
	hub
}) => {
	const { number } = await issueOwn(hub, { ...order, expiresAt: soon() });
	await signInAs(page, hub, 'manager');
	await openAt(page, `/licenses/${number}`, hub.address);
	await page.getByRole('switch', { name: 'Remote management' }).click();
	await expect(page.getByText('Not sent yet')).toBeHidden();
	await expect(page.getByRole('link', { name: 'Renew' })).toHaveAttribute(
		'href',
		'https://store.example.com/harbor-backup'
	);
	await page.getByRole('button', { name: 'Show history' }).click();
	const history = page.getByRole('listitem').filter({ hasText: 'remote-management: off' });
	await expect(history).toContainText('Feature switched');
	await expect(history).toContainText('Max Manager');
	await expectSoundEverywhere(page, 'the history of a license');
});

/** In ten days, to the second. */
function soon(): number {
	return Math.floor(Date.now() / 1000) + 10 * 86_400;
}
