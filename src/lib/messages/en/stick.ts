/**
 * English: sticks, and what their index says.
 *
 * @module
 */
import { many } from './phrases.ts';

export const stickEn = {
	index: {
		howTo: [
			'New files for the machines of one site. Nothing on it is secret.',
			'On each machine: keyferry load, followed by the name of this folder or of the ZIP file.',
			'It loads what belongs to that machine, and leaves the rest alone.'
		],
		columns: {
			file: 'File',
			kind: 'What it is',
			machine: 'Machine',
			product: 'Product',
			license: 'License'
		},
		kind: {
			activation: 'activation file',
			receipt: 'receipt of a return',
			refusal: 'refusal',
			trust: 'trust file',
			revocation: 'list of retired machines'
		},
		everybody: 'all machines'
	},
	save: 'Save stick',
	title: 'Save a stick for one site',
	text: 'One ZIP file with the newest file of each machine, its receipts and refusals. On each machine, “keyferry load” picks what belongs to it.',
	site: 'Site',
	chooseSite: 'Choose a site',
	unnamed: 'No site named',
	machines: (count: number) => many(count, 'machine'),
	reading: 'Reading the files of this site …',
	contents: (counts: { activation: number; receipt: number; refusal: number }) =>
		[
			many(counts.activation, 'activation file'),
			counts.receipt > 0 && many(counts.receipt, 'receipt'),
			counts.refusal > 0 && many(counts.refusal, 'refusal')
		]
			.filter(Boolean)
			.join(', '),
	withoutFiles: 'This app holds no file for this site yet.',
	saved: (name: string) => `Saved ${name}`,
	siteless: 'Sites are listed here once machines hold seats.'
};

export type StickTexts = typeof stickEn;
