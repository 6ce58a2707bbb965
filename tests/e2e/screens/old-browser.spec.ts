import { expectSound } from '../expect-sound.ts';
import { expect, test } from '../fixtures.ts';

for (const locale of ['en-GB', 'de-DE'] as const)
	for (const width of [360, 1280])
		test.describe(`${locale}, ${width} pixels wide`, () => {
			test.use({ locale, viewport: { width, height: 760 } });

			test('[FI9] a browser without Ed25519 is told so, with what works instead', async ({
				page
			}, info) => {
				await page.addInitScript(() => {
					const subtle = SubtleCrypto.prototype as unknown as Record<
						string,
						(...asked: unknown[]) => Promise<unknown>
					>;
					for (const name of ['generateKey', 'importKey', 'sign', 'verify']) {
						const real = subtle[name]!;
						subtle[name] = function (this: unknown, ...asked: unknown[]) {
							const names = asked.map((each) => (each as { name?: string } | null)?.name ?? each);
							return names.includes('Ed25519')
								? Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
								: real.apply(this, asked);
						};
					}
				});
				for (const path of ['/', '/import', '/activate']) {
					await page.goto(`/#${path}`);
					await expect(
						page.getByRole('heading', { level: 1, name: /too old|zu alt/ })
					).toBeVisible();
					for (const said of [
						'Chrome 137',
						'Edge 137',
						'Firefox 129',
						'Safari 17',
						'keyferry load'
					])
						await expect(page.getByText(said)).toBeVisible();
					await expect(page.getByRole('main')).not.toContainText(/weak|unsafe key|unsicher/i);
				}
				await expectSound(page);
				await page.screenshot({ path: info.outputPath('old-browser.png') });
			});
		});
