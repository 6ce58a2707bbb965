/**
 * Atlas Server: a small terminal program that is licensed with Keyferry. Every function
 * is locked until an activation file entitles to it. [K2, K3, K4, K5]
 *
 * `node app.ts [--roots FILE] [--state DIR] [--folder DIR]`
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { openLicensing, type Licensing } from '#lib/sdk/node/licensing.ts';
import { recordedSources } from '#lib/sdk/node/sources/recorded.ts';
import { returnSeat, saveReturnAgain } from './give-back.ts';
import { loadAnswer } from './load-answer.ts';
import { functions, product } from './product.ts';
import { showStatus } from './status-page.ts';
import { openTerminal, type Terminal } from './terminal.ts';
import { sayRefusal, unlock } from './unlock.ts';

const FAULT = 1;
const REFUSED = 3;

const { values: options } = parseArgs({
	options: {
		roots: { type: 'string' },
		state: { type: 'string' },
		folder: { type: 'string', default: '.' },
		product: { type: 'string', default: product.slug }
	}
});

const terminal = openTerminal();
try {
	process.exitCode = await main();
} catch (fault) {
	// A damaged disk or a full one: said in a sentence, without a stack.
	terminal.say(`${product.title} cannot go on: ${(fault as Error).message}`);
	process.exitCode = FAULT;
}
terminal.close();

async function main(): Promise<number> {
	const file = options.roots ?? join(dirname(process.argv[1] ?? '.'), 'roots.json');
	if (!existsSync(file)) {
		sayRefusal(terminal, refuse('ROOTS_MISSING', { looked: [file] }));
		return REFUSED;
	}
	const roots = readRoots(file);
	if (!roots) {
		terminal.say(`The root keys in ${file} are damaged. Install ${product.title} again.`);
		return FAULT;
	}
	// Compiled out where the build defines NODE_ENV as production.
	const probe = recordedSources();
	if (probe) terminal.say('Note: recorded sources stand in for this machine (a test).');
	const licensing = await openLicensing({
		...product,
		roots,
		product: options.product,
		state: options.state,
		probe
	});
	if (isRefusal(licensing)) {
		sayRefusal(terminal, licensing);
		return REFUSED;
	}
	await showMenu(terminal, licensing);
	for (;;) {
		const choice = await terminal.ask('> ');
		if (choice === undefined || /^(q|quit)$/i.test(choice)) return 0;
		await choose(choice.toLowerCase(), licensing);
	}
}

function readRoots(file: string): PublicJwk[] | undefined {
	try {
		return (JSON.parse(readFileSync(file, 'utf8')) as { keys: PublicJwk[] }).keys;
	} catch {
		return undefined;
	}
}

async function choose(choice: string, licensing: Licensing): Promise<void> {
	const chosen = functions.find(
		({ entitlement }, at) => choice === entitlement || choice === `${at + 1}`
	);
	if (chosen) {
		if (await licensing.has(chosen.entitlement)) terminal.say('', chosen.title, ...chosen.run());
		else {
			sayRefusal(terminal, refuse('ENTITLEMENT_MISSING', { entitlement: chosen.entitlement }));
		}
	} else if (choice === 'u' || choice === 'unlock')
		await unlock(terminal, licensing, options.folder);
	else if (choice === 'l' || choice === 'load') {
		await loadAnswer(terminal, licensing);
		await showMenu(terminal, licensing);
	} else if (choice === 's' || choice === 'status') await showStatus(terminal, licensing);
	else if (choice === 'r' || choice === 'return')
		await returnSeat(terminal, licensing, options.folder);
	else if (choice === 'a' || choice === 'again')
		await saveReturnAgain(terminal, licensing, options.folder);
	else await showMenu(terminal, licensing);
}

async function showMenu({ say }: Terminal, licensing: Licensing): Promise<void> {
	const rows = await Promise.all(
		functions.map(async ({ entitlement, title }, at) => {
			const open = await licensing.has(entitlement);
			return `  ${at + 1}  ${title.padEnd(12)}${open ? '✓ open' : '✗ locked'}`;
		})
	);
	say(
		'',
		`${product.title} ${product.version}`,
		...rows,
		'  u  Unlock            l  Load answer or receipt   s  License status',
		'  r  Return this seat  a  Save the return again    q  Quit'
	);
}
