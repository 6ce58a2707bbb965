/**
 * Atlas Server: a small data tool in a terminal that is licensed with Keyferry. Every function is locked
 * until a license entitles to it: of a file, online, or of a license server. [K2, K3, K4, K5, S4]
 *
 * `node app.ts [--roots FILE] [--state DIR] [--folder DIR] [--ca FILE]`
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { recordedSources } from '#lib/sdk/node/sources/recorded.ts';
import { returnSeat, saveReturnAgain } from './give-back.ts';
import { loadAnswer } from './load-answer.ts';
import { showMenu } from './menu.ts';
import { functions, product } from './product.ts';
import { sayRefusal } from './refused.ts';
import { selectType } from './licensing-type.ts';
import { openResource, showServer } from './server-pages.ts';
import { Session } from './session.ts';
import { openSettings } from './settings.ts';
import { showStatus } from './status-page.ts';
import { openTerminal } from './terminal.ts';
import { unlock } from './unlock.ts';

const FAULT = 1;
const REFUSED = 3;

const { values: options } = parseArgs({
	options: {
		roots: { type: 'string' },
		state: { type: 'string' },
		folder: { type: 'string', default: '.' },
		product: { type: 'string', default: product.slug },
		version: { type: 'string', default: product.version },
		ca: { type: 'string' }
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
	const settings = openSettings(options.state);
	const session = await Session.open(terminal, {
		...product,
		roots,
		product: options.product,
		version: options.version,
		state: options.state,
		licensing: settings.licensing,
		ca: options.ca && readFileSync(options.ca, 'utf8'),
		probe
	});
	if (isRefusal(session)) {
		sayRefusal(terminal, session);
		return REFUSED;
	}
	await session.connect();
	await showMenu(session);
	for (;;) {
		const choice = await terminal.ask('> ');
		if (choice === undefined || /^(q|quit)$/i.test(choice)) break;
		await choose(choice.toLowerCase(), session);
	}
	await session.close();
	return 0;

	async function choose(choice: string, session: Session): Promise<void> {
		const { licensing } = session;
		const { folder } = options;
		const chosen = functions.findIndex(
			({ entitlement }, at) => choice === entitlement || choice === `${at + 1}`
		);
		if (chosen >= 0) return runFunction(chosen, session);
		const isOnline = typeof settings.licensing === 'object' && 'online' in settings.licensing;
		const way = { folder, isOnline };
		const pages: readonly [string, string, () => unknown][] = [
			['u', 'unlock', () => unlock(terminal, licensing, way)],
			['l', 'load', () => loadAnswer(terminal, licensing).then(() => showMenu(session))],
			['s', 'status', () => showStatus(terminal, licensing)],
			['r', 'return', () => returnSeat(terminal, licensing, way)],
			['a', 'again', () => saveReturnAgain(terminal, licensing, way)],
			['t', 'type', () => selectType(session, settings, folder).then(() => showMenu(session))],
			['m', 'manage', () => showServer(session)],
			['o', 'open', () => openResource(session)],
			['w', 'wait', () => session.connect({ wait: true })],
			['x', 'restart', () => session.connect().then(() => showMenu(session))],
			['v', 'view', () => terminal.say('', 'Saved results', ...settings.results())]
		];
		const page = pages.find(([letter, name]) => letter === choice || name === choice);
		await (page ? page[2]() : showMenu(session));
	}

	async function runFunction(at: number, { licensing }: Session): Promise<void> {
		const { entitlement, title, run } = functions[at]!;
		const refusal = await licensing.whyNot(entitlement);
		if (refusal) {
			sayRefusal(terminal, refusal);
			return;
		}
		const lines = run();
		terminal.say('', title, ...lines);
		if (!settings.keep([title, ...lines.map((line) => `  ${line}`)]))
			terminal.say('The result could not be saved.');
	}
}

function readRoots(file: string): PublicJwk[] | undefined {
	try {
		return (JSON.parse(readFileSync(file, 'utf8')) as { keys: PublicJwk[] }).keys;
	} catch {
		return undefined;
	}
}
