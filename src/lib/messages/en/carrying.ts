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
		saveHint: 'USB stick or email',
		qr: 'Show QR',
		qrHint: 'Scan from this screen',
		share: 'Share',
		shareHint: 'To another app',
		saved: (name: string) => `Saved ${name}`,
		request: 'Carry the request',
		return: 'Carry the return',
		answer: 'Carry the answer back',
		refusal: 'Carry the refusal back',
		receipt: 'Carry the receipt back',
		receiptText: 'Load it on the machine to complete the return there.',
		saveAnswers: (count: number) => `Save ${many(count, 'answer')}`,
		savedAnswers: (count: number) => `${many(count, 'answer')} saved.`
	},
	drop: {
		drop: 'Drop files, a folder or a ZIP file here',
		dropActive: 'Release to import',
		pasteHint: 'You can also paste text anywhere on this page.',
		pasteTitle: 'Paste text',
		pasteLabel: 'Text of a Keyferry file'
	},
	qr: {
		title: 'QR code',
		alt: 'QR code',
		bright: 'Turn the screen brightness all the way up.',
		frame: (at: number, of: number) => `Code ${at} of ${of}`,
		loop: 'The codes change automatically. The scanner collects them in any order.',
		text: 'As text'
	},
	scan: {
		title: 'Scan QR codes',
		aim: 'Point the camera at the code.',
		starting: 'Starting the camera',
		collected: (have: number, of: number) => `${have} of ${of} codes read`,
		torchOn: 'Light on',
		torchOff: 'Light off',
		picture: 'Use a picture',
		noCamera: 'No camera available',
		noCameraHint:
			'Allow camera access in the browser, open this app over HTTPS, or use a picture of the code.',
		nothingInPicture: 'No QR code was found in the picture. Crop it closer and try again.',
		name: 'Scan',
		read: (count: number) => `${n(count)} read so far.`
	}
};

export type CarryingTexts = typeof carryingEn;
