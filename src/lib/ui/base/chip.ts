/**
 * The states that a chip can show, and how each looks. Colour is never the only sign. [P4]
 *
 * @module
 */
export const chipTones = {
	activated: 'ok',
	notActivated: 'bad',
	waiting: 'accent',
	waitingSeat: 'accent',
	notSubmitted: 'quiet',
	granted: 'ok',
	refused: 'bad',
	moved: 'warn',
	suspended: 'warn',
	expired: 'warn',
	lapsed: 'warn',
	overLimit: 'warn',
	ready: 'accent',
	fresh: 'accent',
	foreign: 'bad',
	kept: 'quiet',
	damaged: 'bad',
	incomplete: 'warn',
	elsewhere: 'warn',
	twice: 'quiet',
	known: 'quiet',
	cooling: 'warn',
	returned: 'quiet',
	retired: 'quiet',
	issuing: 'ok',
	spent: 'quiet',
	issuingOver: 'warn',
	allotmentClosed: 'quiet',
	allotmentEnded: 'bad',
	allotmentOver: 'quiet',
	writtenOff: 'quiet',
	own: 'accent'
} as const;

export type ChipState = keyof typeof chipTones;
