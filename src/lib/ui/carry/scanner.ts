/**
 * Reading QR codes from pictures: the browser's own reader where it has one, else zxing, which is
 * fetched when the first scan begins and comes from this app's own files.
 *
 * @module
 */

/** Reads every QR code in a picture or video frame. */
export type ReadCodes = (source: ImageBitmapSource) => Promise<string[]>;

type Detector = { detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]> };
type DetectorClass = {
	new (options: { formats: string[] }): Detector;
	getSupportedFormats(): Promise<string[]>;
};

export async function loadScanner(): Promise<ReadCodes> {
	const detector = (await ownDetector()) ?? (await zxingDetector());
	return async (source) => (await detector.detect(source)).map((code) => code.rawValue);
}

async function ownDetector(): Promise<Detector | undefined> {
	const native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
	const formats = (await native?.getSupportedFormats().catch(() => [])) ?? [];
	return native && formats.includes('qr_code') ? new native({ formats: ['qr_code'] }) : undefined;
}

async function zxingDetector(): Promise<Detector> {
	const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
	prepareZXingModule({ overrides: __ONE_FILE__ ? await wasmInside() : await wasmBeside() });
	return new BarcodeDetector({ formats: ['qr_code'] });
}

async function wasmBeside() {
	const { default: url } = await import('zxing-wasm/reader/zxing_reader.wasm?url');
	return { locateFile: () => url };
}

/** From file:// nothing can be fetched, so the one-file desk carries the wasm in its text. */
async function wasmInside() {
	const { default: data } = await import('zxing-wasm/reader/zxing_reader.wasm?url&inline');
	const text = atob(data.slice(data.indexOf(',') + 1));
	return { wasmBinary: Uint8Array.from(text, (char) => char.charCodeAt(0)).buffer };
}
