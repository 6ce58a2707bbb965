/**
 * The Unlock form: name, organization and product key in, a request file out. [K2, K3]
 *
 * @module
 */
import { existsSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Licensing } from '#lib/sdk/node/licensing.ts';
import type { Way } from './give-back.ts';
import { sayTaken } from './load-answer.ts';
import { product } from './product.ts';
import { sayRefusal } from './refused.ts';
import type { Terminal } from './terminal.ts';

export async function unlock(
	terminal: Terminal,
	licensing: Licensing,
	{ folder, isOnline }: Way
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
	if (isOnline) {
		const taken = await licensing.submit(made.file);
		if (isRefusal(taken)) sayRefusal(terminal, taken);
		else for (const each of taken) sayTaken(terminal, each);
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
