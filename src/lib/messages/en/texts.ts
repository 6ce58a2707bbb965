/**
 * English: texts that people change: notes, names and sites of machines.
 *
 * @module
 */
import type { ChangeField, TextField } from '#lib/domain/licenses/change.ts';
import { day, n } from './phrases.ts';

export const textsEn = {
	field: { note: 'Note', label: 'Name', site: 'Site' } as Record<TextField, string>,
	add: { note: 'Add a note', label: 'Name it', site: 'Add a site' } as Record<TextField, string>,
	change: {
		note: 'Change the note',
		label: 'Rename',
		site: 'Change the site'
	} as Record<TextField, string>,
	noteHint: 'Everyone in the organization can read it.',
	labelHint: 'Only the name shown here changes. Files keep the name from the request.',
	siteHint: 'Groups machines that stand together, for example: Hamburg, hall 2.',
	fromRequest: (label: string) => `Called ${label} in its request and its files`,
	save: 'Save',
	tooLong: (limit: number) => `At most ${n(limit)} characters.`,
	unsent: 'Not sent yet',
	by: (by: string, at: number) => (by === '' ? day(at) : `${by}, ${day(at)}`),
	on: 'On',
	off: 'Off',
	switches: 'Features you control',
	switchesText:
		'A change signs the next file of every machine; it applies there once that file is loaded.',
	since: (version: string) => `From version ${version}`,
	conflict: {
		title: {
			note: 'Two versions of this note',
			label: 'Two names for this machine',
			site: 'Two sites for this machine',
			allow: 'Switched twice'
		} as Record<ChangeField, string>,
		truth: (by: string, at: number) =>
			`${by === '' ? 'Someone else' : by} changed it ${at === 0 ? 'meanwhile' : `on ${day(at)}`}, before your change arrived. Decide which one stays.`,
		refused: 'Your change was not accepted. It is kept here until you decide.',
		mine: 'Yours',
		theirs: (by: string) => (by === '' ? 'On the server' : by),
		earlier: 'What you wrote before that',
		empty: 'Nothing',
		keepMine: 'Keep mine',
		takeTheirs: 'Take theirs',
		merge: 'Merge',
		mergeLabel: 'Merged note',
		sendAgain: 'Send again',
		discard: 'Discard mine'
	}
};

export type TextsTexts = typeof textsEn;
