/**
 * Load answer: success, or why not and what to do. [K2, K4]
 *
 * @module
 */
import { componentList } from '#lib/messages/words/components.ts';
import { explainCode } from '#lib/messages/explain.ts';
import type { Licensing } from '#lib/sdk/node/licensing.ts';
import type { Taken } from '#lib/sdk/node/load.ts';
import { functions, product } from './product.ts';
import { day, plain, type Terminal } from './terminal.ts';
import { sayRefusal } from './refused.ts';

export async function loadAnswer(terminal: Terminal, licensing: Licensing): Promise<void> {
	const input = await terminal.askText('  Answer or receipt file, folder, or its text: ');
	if (!input) return;
	let taken: Taken[];
	try {
		taken = await licensing.load(input);
	} catch (fault) {
		const { code } = fault as NodeJS.ErrnoException;
		if (code !== 'ENOENT' && code !== 'EACCES') throw fault;
		terminal.say('', `✗ ${code === 'ENOENT' ? 'There is no' : 'Not permitted to read'} ${input}.`);
		return;
	}
	if (taken.length === 0) terminal.say('', 'There is no answer in this folder.');
	for (const each of taken) sayTaken(terminal, each);
	const { notice } = await licensing.status();
	if (notice) sayRefusal(terminal, notice);
}

export function sayTaken(terminal: Terminal, taken: Taken): void {
	switch (taken.outcome) {
		case 'loaded':
		case 'unchanged': {
			const open = functions.filter(({ entitlement }) =>
				taken.activation.ent.includes(entitlement)
			);
			const locked = functions.filter((each) => !open.includes(each));
			terminal.say(
				'',
				taken.outcome === 'loaded'
					? `✓ ${product.title} is activated.`
					: '✓ This file is loaded already.',
				`  Unlocked: ${titles(open)}`,
				`  Locked: ${titles(locked)}`
			);
			return;
		}
		case 'answered-no': {
			const { title, next } = explainCode(taken.code, taken.facts);
			terminal.say('', `✗ ${title}`, `  ${next}`, `  (${taken.code})`);
			return;
		}
		case 'returned':
			terminal.say(
				'',
				'✓ The return is settled.',
				taken.freed === true
					? '  The seat is free for another machine.'
					: `  The seat cools and is free by ${day(taken.freed)}; this machine can take it back before.`
			);
			return;
		case 'elsewhere':
			sayElsewhere(terminal, taken);
			return;
		case 'trust':
			terminal.say('', '✓ Trust taken in.');
			return;
		case 'no-answer':
			terminal.say(
				'',
				`✗ ${plain(taken.source)} is no answer.`,
				'  A key goes into Unlock; a request or a return goes to a desk or hub.'
			);
			return;
		case 'refused':
			sayRefusal(terminal, taken.reason);
	}
}

function sayElsewhere(terminal: Terminal, taken: Extract<Taken, { outcome: 'elsewhere' }>): void {
	const { whose, reason } = taken;
	if (!whose || reason?.refused !== 'FINGERPRINT_MISMATCH') {
		terminal.say('', '✗ This answers something that was not made on this machine.');
		return;
	}
	const label = whose.label ? `"${plain(whose.label)}"` : 'a machine without a label';
	const owner = whose.organization ? ` of ${plain(whose.organization)}` : '';
	terminal.say(
		'',
		`✗ This file is for ${label}${owner}: ${plain(whose.title)}, ${whose.number}.`,
		`  Different on this machine: ${componentList(reason.facts.differ, 'en')}.`,
		'  Carry it to that machine, or make a request on this one.',
		'  (FINGERPRINT_MISMATCH)'
	);
}

function titles(list: readonly { title: string }[]): string {
	return list.map(({ title }) => title).join(', ') || 'nothing';
}
