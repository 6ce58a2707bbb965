import type { License } from '../../journeys/license-office.ts';
import { LicenseOffice } from '../../journeys/license-office.ts';
import { expect, online, test } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { signInAs } from '../signing-in.ts';

test.use(online);

const days = {
	'en-GB': ['31 December 2099', '1 March 2098'],
	'de-DE': ['31. Dezember 2099', '1. März 2098']
} as const;

let license: License;
test.beforeAll(async ({ hub }) => {
	license = await new LicenseOffice(hub).issue(
		'--expires',
		'2099-12-31',
		'--maintenance',
		'2098-03-01'
	);
});

for (const timezoneId of ['Europe/Berlin', 'Pacific/Honolulu', 'Pacific/Kiritimati'])
	for (const locale of ['en-GB', 'de-DE'] as const)
		test.describe(`${timezoneId}, ${locale}`, () => {
			test.use({ timezoneId, locale, viewport: { width: 1280, height: 760 } });

			test('[DT1] a license ends on the day that was typed, in the list and on its page', async ({
				page,
				hub
			}) => {
				await signInAs(page, hub, 'manager');
				await openAt(page, `/licenses/${license.number}`);
				for (const day of days[locale]) {
					const times = page.locator('main time').filter({ hasText: day, visible: true });
					await expect(times.first()).toBeVisible();
					expect(await times.first().getAttribute('title')).toContain('23:59:59 UTC');
				}
				// No end of this license is said as the day before or after.
				await expect(page.locator('main')).not.toContainText(
					/\b(30\.?|1\.?) (December|Dezember) 2099|January 2100|Januar 2100/
				);
			});
		});
