/**
 * English: how files come in and go out: saving, QR codes, the scanner, dropping.
 *
 * @module
 */
import { many, n } from './phrases.ts';

export const carryingEn = {
	carry: {
		heading: 'Carry it',
		save: 'Save file',
		saveHint: 'USB stick or mail',
		qr: 'Show QR',
		qrHint: 'Phone to screen',
		share: 'Share',
		shareHint: 'To another app',
		shareUnavailable: 'Not offered by this browser',
		saved: (name: string) => `Saved ${name}`,
		request: 'Carry the request',
		return: 'Carry the return',
		answer: 'Carry the answer back',
		refusal: 'Carry the refusal back',
		receipt: 'Carry the receipt back',
		receiptText: 'Loaded on the machine, it settles the return there.',
		saveAnswers: (count: number) => `Save ${many(count, 'answer')}`,
		savedAnswers: (count: number) => `${many(count, 'answer')} saved.`
	},
	drop: {
		drop: 'Drop files, a folder or a zip here',
		dropActive: 'Let go to take them in',
		pasteHint: 'Or paste a text anywhere on this page.',
		pasteTitle: 'Paste a text',
		pasteLabel: 'Text of a Keyferry file'
	},
	qr: {
		title: 'QR code',
		alt: 'QR code',
		bright: 'Turn the screen up to full brightness.',
		frame: (at: number, of: number) => `Code ${at} of ${of}`,
		loop: 'The codes change by themselves; the scanner collects them in any order.',
		text: 'The same as text'
	},
	scan: {
		title: 'Scan QR codes',
		aim: 'Hold the code into the frame.',
		starting: 'Starting the camera',
		collected: (have: number, of: number) => `${have} of ${of} codes read`,
		torchOn: 'Light on',
		torchOff: 'Light off',
		picture: 'Use a picture',
		noCamera: 'No camera can be used here.',
		noCameraHint:
			'Allow the camera in the browser, open the desk by HTTPS, or use a picture of the code.',
		nothingInPicture: 'No QR code was found in the picture. Crop it closer and try again.',
		name: 'Scan',
		read: (count: number) => `${n(count)} read so far.`
	}
};

export type CarryingTexts = typeof carryingEn;
