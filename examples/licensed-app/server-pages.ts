/**
 * What the license server says: its licenses, its clients, and what may be opened there. [K5, RS1]
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { inWords } from './count-down.ts';
import { sayRefusal } from './refused.ts';
import type { Session } from './session.ts';
import { showLicense } from './status-page.ts';
import { columns, moment, plain } from './terminal.ts';

/** Manage server license: from memory while the server is away. */
export async function showServer({ terminal, licensing }: Session): Promise<void> {
	const { server, licenses } = await licensing.status();
	if (!server) {
		terminal.say('', 'This program has no license server. Choose "Select licensing type".');
		return;
	}
	const { reachable, reason, lease, left } = server;
	terminal.say(
		'',
		'License server',
		...columns([
			['Server', [server.name, server.address].filter(Boolean).join(', ') || 'not found yet'],
			['State', reachable ? '✓ answers' : `✗ ${reason ? explain(reason).title : 'away'}`],
			...(server.version === undefined ? [] : [['Version', server.version] as const]),
			[
				'Clients',
				server.clients === undefined ? 'not known' : `${server.inUse} of ${server.clients} at work`
			],
			['This client', lease ? `at work since ${moment(lease.since)}` : 'has no seat'],
			...(reachable || left === undefined
				? []
				: [['Work goes on', `for ${inWords(Math.round(left))}`] as const])
		])
	);
	for (const license of licenses) terminal.say(...showLicense(license));
}

/** Only what has an active license on the server is listed; opening one is a claim for it. */
export async function openResource(session: Session): Promise<void> {
	const { terminal, connection } = session;
	const resources = (await connection?.resources()) ?? [];
	if (isRefusal(resources)) {
		sayRefusal(terminal, resources);
		return;
	}
	if (resources.length === 0) {
		terminal.say('', 'There is nothing to open on a license server.');
		return;
	}
	terminal.say(
		'',
		'Resources',
		...columns(
			resources.map(({ name, kind, customer, inUse, limit }, at) => [
				`${at + 1}  ${plain(name)}`,
				`${kind} of ${customer}, ${inUse}${limit === undefined ? '' : ` of ${limit}`} in it`
			])
		)
	);
	const chosen = resources[Number(await terminal.ask('  Which one? ')) - 1];
	if (!chosen) return;
	await session.connect({ resource: chosen.name });
	if (session.connection?.lease?.resource === chosen.name)
		terminal.say(`✓ ${plain(chosen.name)} is open.`);
}
