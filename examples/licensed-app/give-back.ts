/**
 * Return this seat: asked twice, then locked at once, and a file to carry. [MA4, O6]
 *
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Licensing } from '#lib/sdk/node/licensing.ts';
import type { LicenseStatus } from '#lib/sdk/node/status.ts';
import { sayTaken } from './load-answer.ts';
import { columns, plain, type Terminal } from './terminal.ts';
import { sayRefusal } from './refused.ts';

/** What a person types where the machine has no label. */
const NO_LABEL = 'return';

/** How files leave: online they are sent, else carried from this folder. */
export type Way = { folder: string; isOnline: boolean };

export async function returnSeat(
	terminal: Terminal,
	licensing: Licensing,
	way: Way
): Promise<void> {
	const { licenses } = await licensing.status();
	const seat = await choose(
		terminal,
		licenses.filter(({ state }) => !['returning', 'returned', 'retired'].includes(state))
	);
	if (!seat) return;
	const word = seat.label ? plain(seat.label) : NO_LABEL;
	terminal.say(
		'',
		`This gives the seat of ${plain(seat.title)} (${seat.number}) back.`,
		'All its functions are locked on this machine at once. A new seat needs a new request.'
	);
	if ((await terminal.ask(`  Type ${word} to go on: `)) !== word) {
		terminal.say('Nothing was changed.');
		return;
	}
	await save(terminal, licensing, { activation: seat.activation, ...way });
}

/** A return file that was lost: the same bytes again. */
export async function saveReturnAgain(
	terminal: Terminal,
	licensing: Licensing,
	way: Way
): Promise<void> {
	const { licenses } = await licensing.status();
	const seat = await choose(
		terminal,
		licenses.filter(({ state }) => state === 'returning')
	);
	if (seat) await save(terminal, licensing, { activation: seat.activation, ...way });
}

async function choose(
	terminal: Terminal,
	seats: readonly LicenseStatus[]
): Promise<LicenseStatus | undefined> {
	const [only, ...others] = seats;
	if (!only) terminal.say('', 'There is nothing to return on this machine.');
	if (others.length === 0) return only;
	terminal.say(
		'',
		...columns(
			seats.map(({ number, label, title }, at) => [`${at + 1}`, `${number} ${label ?? title}`])
		)
	);
	const chosen = await terminal.ask('  Which one? ');
	const seat = seats[Number(chosen) - 1];
	if (!seat) terminal.say('Nothing was changed.');
	return seat;
}

async function save(
	terminal: Terminal,
	licensing: Licensing,
	{ activation, folder, isOnline }: Way & { activation: string }
): Promise<void> {
	const made = await licensing.createReturn(activation);
	if (isRefusal(made)) {
		sayRefusal(terminal, made);
		return;
	}
	const sent = isOnline ? await licensing.submit(made.file) : undefined;
	if (sent && !isRefusal(sent)) {
		for (const taken of sent) sayTaken(terminal, taken);
		return;
	}
	if (sent) sayRefusal(terminal, sent);
	const path = resolve(join(folder, made.name));
	terminal.say(
		'',
		made.again ? 'The return is ready again:' : '✓ The seat is given back and locked.'
	);
	try {
		if (!isThere(path, made.file)) writeFileSync(path, made.file, { flag: 'wx' });
		terminal.say(`  ${path}`);
	} catch {
		terminal.say(
			`Nothing can be written to ${resolve(folder)}: copy this text to a desk instead.`,
			'',
			made.file
		);
	}
	terminal.say(
		'',
		'Carry it to a desk or hub, bring the receipt back and choose "Load answer or receipt".',
		'Until then it can be saved again; a new request from here carries it along as well.'
	);
}

/** The same return has the same bytes; another file of this name is not written over. */
function isThere(path: string, text: string): boolean {
	return existsSync(path) && readFileSync(path, 'utf8') === text;
}
