import { chromium, expect, test } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { Camera } from '../camera.ts';
import { pictureOfCode, pictureOfPng } from '../picture.ts';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');

const PAGE = `<body style="margin:0"><video autoplay muted></video><script>
	const video = document.querySelector('video');
	navigator.mediaDevices.getUserMedia({ video: { width: 960, height: 720 } }).then((stream) => (video.srcObject = stream));
</script>`;

test('what is held before the camera is what a page films, one code after the other', async ({
	launchOptions
}) => {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-camera-'));
	const camera = new Camera(join(folder, 'camera.y4m'));
	camera.show([pictureOfCode('KF1:FIRST'), pictureOfCode('KF1:SECOND')]);
	const args = [...(launchOptions.args ?? []), ...camera.switches];
	const browser = await chromium.launch({ ...launchOptions, args });
	try {
		const page = await browser.newPage({ viewport: { width: 960, height: 720 } });
		await page.route('http://localhost/', (route) =>
			route.fulfill({ contentType: 'text/html', body: PAGE })
		);
		await page.goto('http://localhost/');
		prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });
		const seen = new Set<string>();
		await expect(async () => {
			const { width, height, pixels } = pictureOfPng(await page.screenshot());
			const data = new Uint8ClampedArray(width * height * 4);
			pixels.forEach((gray, index) => data.set([gray, gray, gray, 255], index * 4));
			const image = { data, width, height, colorSpace: 'srgb' } as ImageData;
			for (const { text } of await readBarcodes(image)) seen.add(text);
			expect([...seen].sort()).toEqual(['KF1:FIRST', 'KF1:SECOND']);
		}).toPass();
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true, force: true });
	}
});
