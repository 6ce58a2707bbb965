/**
 * 500 clients that renew all the time while others come and go: what the server holds in memory stays
 * what it is. `SITE_MINUTES` says for how long (0.1).
 */
import http from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
	makeSiteMachine,
	makeVendor,
	startSite,
	type SiteProcess
} from '../../fixtures/running-site.ts';
import { WireClient, type Hold } from '../../site/wire-client.ts';

const MINUTES = Number(process.env.SITE_MINUTES ?? 0.1);
const CLIENTS = 500;
const MEGABYTE = 1024 * 1024;

/** Resident bytes of a process. */
function memoryOf(pid: number): number {
	const [, pages = ''] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
	return Number(pages) * 4096;
}

/** What it holds when all that nobody needs is collected, in MB. */
async function heldBy(site: SiteProcess): Promise<number> {
	const said = () => site.log().match(/^holds \d+ bytes$/gm) ?? [];
	const { length } = said();
	site.process.kill('SIGUSR2');
	await expect.poll(() => said().length).toBeGreaterThan(length);
	return Number(/\d+/.exec(said().at(-1)!)![0]) / MEGABYTE;
}

test(
	`[LE2] 500 clients renewing for ${MINUTES} minutes: under 500 MB, and no more at the end than before`,
	{ timeout: 300_000 + MINUTES * 120_000 },
	async ({ skip }) => {
		if (process.platform !== 'linux') skip('memory of a process is read from /proc');
		const machine = makeSiteMachine(await makeVendor());
		await machine.activate({ clients: CLIENTS + 50 });
		const preload = `--import=${join(import.meta.dirname, 'print-memory.mjs')}`;
		const site = await startSite(machine, { env: { NODE_OPTIONS: preload } });
		const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
		const held: { client: WireClient; hold: Hold }[] = [];
		const come = async () => {
			const client = new WireClient(site, { product: 'atlas-server', agent });
			const said = await client.claim();
			if (said.said === 'no') throw new Error(said.code);
			return { client, hold: said.hold };
		};
		for (let at = 0; at < CLIENTS; at++) held.push(await come());
		const end = performance.now() + MINUTES * 60_000;
		const early = await heldBy(site);
		let [renewals, claims, most] = [0, 0, 0];
		/** As if each renewed every 20 seconds, and 5 a second came and went. */
		while (performance.now() < end) {
			const second = performance.now() + 1_000;
			const due = Array.from({ length: 25 }, () => held[renewals++ % CLIENTS]!);
			const said = await Promise.all(due.map(({ client, hold }) => client.renew(hold)));
			expect(said.every((each) => each.said === 'yes' && each.proven)).toBe(true);
			for (let visitor = 0; visitor < 5; visitor++, claims++) {
				const { client, hold } = await come();
				expect((await client.release(hold)).said).toBe('yes');
			}
			most = Math.max(most, memoryOf(site.process.pid!) / MEGABYTE);
			await sleep(Math.max(0, second - performance.now()));
		}
		const late = await heldBy(site);
		console.log('memory of a site server (MB):', {
			minutes: MINUTES,
			renewals,
			claims,
			early: Math.round(early),
			late: Math.round(late),
			most: Math.round(most)
		});
		expect(most).toBeLessThan(500);
		// So many visitors as are remembered, and no more.
		expect(late - early, 'megabytes more at the end').toBeLessThan(20);
		agent.destroy();
		await site.end();
		machine.remove();
	}
);
