/**
 * The Unlock form: name, organization and product key in, a request file out. [K2, K3]
 *
 * @module
 */
import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import type { Licensing } from '#lib/sdk/node/licensing.ts';
import { product } from './product.ts';
import type { Terminal } from './terminal.ts';

/** @param folder - Where the request file goes. */
export async function unlock(
	terminal: Terminal,
	licensing: Licensing,
	folder: string
): Promise<void> {
	terminal.say('', `Unlock ${product.title}`);
	const name = await terminal.ask('  Name: ');
	const organization = await terminal.ask('  Organization: ');
	const key = await terminal.askText('  Product key, license number or .kflic file: ');
	if (!name || !key) {
		terminal.say('Name and product key are needed. Nothing was made.');
		return;
	}
	if (/\.kflic(\.txt)?$/i.test(key) && !existsSync(key)) {
		terminal.say(`There is no file ${key}. Nothing was made.`);
		return;
	}
	const label = hostname();
	const made = await licensing.createRequest({
		key,
		name,
		organization: organization || undefined,
		label
	});
	if (isRefusal(made)) {
		sayRefusal(terminal, made);
		return;
	}
	const path = resolve(join(folder, made.name));
	try {
		writeFileSync(path, made.file, { flag: 'wx' });
	} catch {
		terminal.say(
			'',
			`Nothing can be written to ${resolve(folder)}: copy this text to a desk instead.`
		);
		terminal.say('(Or start with --folder DIR and unlock again.)', '', made.file);
		return;
	}
	terminal.say(
		'',
		'The activation request is ready:',
		`  ${path}`,
		...made.returns.map((each) => `  It carries the return of ${each.num} along.`),
		'',
		'Carry it to a desk or hub in one of three ways:',
		'  1. Copy the file to a stick and take it in at a desk.',
		'  2. Open the desk of the kit here, take the file in, and show it as a QR code to a phone.',
		'  3. Copy its text, from BEGIN to END, and paste it at a desk.',
		'Then bring the answer back and choose "Load answer".'
	);
}

/** What happened, what to do next, and whom to ask. */
export function sayRefusal(terminal: Terminal, refusal: Refusal): void {
	const { title, next } = explain(refusal);
	terminal.say('', `✗ ${title}`, `  ${next}`);
	if (!`${title} ${next}`.includes(product.contact))
		terminal.say(`  Questions: ${product.contact}`);
	terminal.say(`  (${refusal.refused})`);
}
