/**
 * Select licensing type: file, online or server. "Next" tests before anything is saved, and a seat that
 * this machine holds itself is offered back first. [S4, S6]
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import type { LicensingType } from '#lib/sdk/node/connecting.ts';
import { testConnection, type ConnectionLine } from '#lib/sdk/node/client/test-connection.ts';
import { openLicensing } from '#lib/sdk/node/licensing.ts';
import { returnSeat } from './give-back.ts';
import { product } from './product.ts';
import type { Session } from './session.ts';
import { typeName, type Settings } from './settings.ts';
import { plain, type Terminal } from './terminal.ts';

export async function selectType(
	session: Session,
	settings: Settings,
	folder: string
): Promise<void> {
	const { terminal } = session;
	terminal.say(
		'',
		'Select licensing type',
		`  Now: ${typeName(settings.licensing)}`,
		'  1  File    a license file of this machine, carried by hand',
		'  2  Online  the same file, fetched from the vendor',
		'  3  Server  a license server in this network counts its clients'
	);
	const chosen = await askType(terminal, await terminal.ask('  Which one? '));
	const isGood = chosen !== undefined && (await test(session, chosen));
	if (!chosen || !isGood) {
		terminal.say('Nothing was changed.');
		return;
	}
	if (chosen !== 'file' && 'server' in chosen) await offerBack(session, folder);
	settings.save(chosen);
	terminal.say('', `✓ Saved. ${typeName(chosen)}`);
	await session.change(chosen);
}

async function askType(
	{ ask }: Terminal,
	choice: string | undefined
): Promise<LicensingType | undefined> {
	if (choice === '1') return 'file';
	if (choice === '2') {
		const online = await ask('  Address of the vendor’s server: ');
		return online && /^https?:\/\/[^/]/.test(online)
			? { online: online.replace(/\/+$/, '') }
			: undefined;
	}
	if (choice !== '3') return undefined;
	const server = await ask('  Address of the license server (empty: as the network says): ');
	return server === undefined ? undefined : { server };
}

async function test(session: Session, type: LicensingType): Promise<boolean> {
	const { terminal, options } = session;
	if (type === 'file') return true;
	if ('online' in type) {
		const isHub = await publishesRoots(type.online, options.roots);
		terminal.say(
			isHub
				? `  ✓ ${type.online} is the vendor’s server.`
				: `  ✗ ${type.online} does not answer as the vendor’s server.`
		);
		return isHub;
	}
	const named = [type.server].flat().filter((each) => each !== '');
	// Where nobody names a server, the claim itself is the test.
	if (named.length === 0) return true;
	let isGood = false;
	for (const address of named.flatMap((each) => each.split(/[\s,;]+/))) {
		const { roots, version, ca } = options;
		const lines = await testConnection(address, { roots, product: options.product, version, ca });
		terminal.say(`  ${plain(address)}`, ...lines.map(describeLine));
		isGood ||= lines.every(
			({ line, ok }) => ok || !['name', 'reach', 'tls', 'license'].includes(line)
		);
	}
	return isGood;
}

async function publishesRoots(hub: string, roots: readonly { x: string }[]): Promise<boolean> {
	try {
		const answer = await fetch(`${hub}/.well-known/keyferry-roots.json`);
		const { keys } = (await answer.json()) as { keys: { x: string }[] };
		return keys.some(({ x }) => roots.some((root) => root.x === x));
	} catch {
		return false;
	}
}

function describeLine(line: ConnectionLine): string {
	const why = 'reason' in line && line.reason ? `: ${explain(line.reason).title}` : '';
	return `    ${line.ok ? '✓' : '✗'} ${wordsOf(line)}${why}`;
}

function wordsOf(line: ConnectionLine): string {
	switch (line.line) {
		case 'name':
			return `Name ${plain(line.host)}: ${line.addresses.join(', ') || 'not found in this network'}`;
		case 'reach':
			return line.ok ? 'It answers' : 'It does not answer';
		case 'tls':
			return { trusted: 'Encrypted', plain: 'Not encrypted', untrusted: 'Certificate not trusted' }[
				line.state
			];
		case 'clock':
			return line.ahead === undefined
				? 'Clock: it does not say'
				: `Clock: ${Math.abs(line.ahead)} s ${line.ahead < 0 ? 'behind' : 'ahead'}`;
		case 'versions':
			return `Versions: ${line.client ?? 'none'} here, ${line.server ?? 'any'} there`;
		case 'license':
			return line.numbers.length > 0 ? `License ${line.numbers.join(', ')}` : 'No license';
		case 'clients':
			return `Clients: ${line.inUse} of ${line.clients} at work`;
	}
}

/** What this machine holds itself would be a seat that nobody uses. */
async function offerBack(session: Session, folder: string): Promise<void> {
	const { terminal, options } = session;
	const { licensing = 'file' } = options;
	const isOnline = typeof licensing === 'object' && 'online' in licensing;
	const own = await openLicensing({ ...options, licensing: isOnline ? licensing : 'file' });
	if (isRefusal(own)) return;
	const held = (await own.status()).licenses.filter(({ state }) => state === 'active');
	if (held.length === 0) return;
	terminal.say(
		'',
		`This machine holds a seat of ${product.title} itself, which nobody would use then.`
	);
	if (!/^y(es)?$/i.test((await terminal.ask('  Give it back first? (y/n) ')) ?? '')) return;
	await returnSeat(terminal, own, { folder, isOnline });
}
