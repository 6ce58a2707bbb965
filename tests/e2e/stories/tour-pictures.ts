/**
 * The pictures of docs/tour.md. Each is looked for in the page by the walk that leads there; with `KEYFERRY_TOUR`
 * they are written into that folder, in which `npm run pictures` has them.
 *
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';

const tour = resolve(import.meta.dirname, '../../../docs/tour.md');
const folder = process.env.KEYFERRY_TOUR;

export class TourPictures {
	readonly #taken: string[] = [];

	/** What the page shows once nothing of it is still being read. */
	async take(page: Page, name: string): Promise<void> {
		this.#taken.push(name);
		await expect(page.locator('.skeleton')).toHaveCount(0);
		if (folder === undefined) return;
		await page.evaluate(() => document.fonts.ready.then(() => undefined));
		const png = await page.screenshot({ animations: 'disabled' });
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, `${name}.webp`), await asWebp(page, png));
	}

	/** Each step that was walked has its picture in the tour, in this order, and there is no other. */
	expectInTour(): void {
		const text = readFileSync(tour, 'utf8');
		const shown = [...text.matchAll(/tour\/([a-z0-9-]+)\.webp/g)].map(([, name]) => name);
		expect(this.#taken).toEqual(shown);
	}
}

/** A third of the size, by the browser's own encoder. */
async function asWebp(page: Page, png: Buffer): Promise<Buffer> {
	const blank = await page.context().newPage();
	const text = await blank.evaluate(
		async (source) => {
			const picture = await createImageBitmap(await (await fetch(source)).blob());
			const canvas = new OffscreenCanvas(picture.width, picture.height);
			canvas.getContext('2d')!.drawImage(picture, 0, 0);
			const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
			const bytes = new Uint8Array(await blob.arrayBuffer());
			return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
		},
		`data:image/png;base64,${png.toString('base64')}`
	);
	await blank.close();
	return Buffer.from(text, 'base64');
}
