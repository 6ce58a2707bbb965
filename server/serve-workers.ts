/**
 * One hub of several processes. This one leads: it holds the folder, passes time, sends mail and events,
 * and counts for all; its workers answer.
 *
 * @module
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { defaultLimits, makeCounts, type Counted } from '#server/http/rate-limit.ts';
import { openHubRole, type HubOptions } from '#server/roles/hub.ts';
import { gatherCounts } from '#server/workers/gather-counts.ts';
import { holdSlots } from '#server/workers/held-slots.ts';
import type { WorkerOptions } from '#server/workers/questions.ts';
import { openTeam } from '#server/workers/team.ts';
import { onlyOnce, readTls, withKept, type PortOptions, type Running } from './listening.ts';

type Options = HubOptions & PortOptions & { workers: number; databaseUrl: string };

/** @param release - Gives the folder back when all have ended. */
export async function serveWorkers(given: Options, release: () => void): Promise<Running> {
	const options = withKept(given);
	const role = await openHubRole(options, readTls(options));
	const { hub } = role;
	const counts = makeCounts(options.limits ?? defaultLimits);
	const slots = holdSlots();
	/** Who has nothing left is let through by nobody. */
	const stopUsed = async (kind: Counted, key: string) => {
		const waitMs = await counts.waitOf(kind, key);
		if (waitMs !== undefined) void team.askAll('stop', { kind, key, waitMs });
	};
	const team = openTeam({
		count: options.workers,
		// Beside this file, and of its kind: a source in a checkout, compiled in a package.
		code: join(import.meta.dirname, `serve-worker${extname(import.meta.filename)}`),
		onLost: slots.lost,
		onFault: role.onFault,
		answers: {
			take: async ({ kind, key, points }) => {
				const wait = await counts.take(kind, key, points);
				if (kind === 'proof') await stopUsed(kind, key);
				return wait;
			},
			count: async (passed) => {
				for (const { kind, key, points } of passed) {
					await counts.take(kind, key, points);
					await stopUsed(kind, key);
				}
			},
			giveBack: ({ kind, key }) => counts.giveBack(kind, key),
			takeSlot: ({ kind, address }, from) => slots.take(from, kind, address),
			freeSlot: async (slot) => slots.free(slot),
			nudge: async (what) => hub[what]?.(),
			learn: async (learned) => {
				await role.learn(learned.kid, learned.grant);
				await team.askAll('learn', learned);
			},
			metrics: async () => role.metrics.read(await readCounts())
		}
	});
	const readCounts = gatherCounts(() => team.askEach('counted', undefined));
	const lines = mkdtempSync(join(tmpdir(), 'keyferry-lines-'));
	const end = onlyOnce(async () => {
		await team.close();
		rmSync(lines, { recursive: true, force: true });
		await role.close().finally(release);
	});
	try {
		const port = options.port === 0 ? await findPort(options.host) : options.port;
		const url = await team.listen(workerOptions({ ...options, port }, lines));
		await role.begin(url);
		await team.begin();
		const reload = async () => {
			// The licenses of a voided key are made anew when nobody signs with it any more.
			await team.askAll('reload', undefined);
			await role.reload();
		};
		return { url, address: options.reach.origin ?? url, reload, close: end };
	} catch (error) {
		await end();
		throw error;
	}
}

/** Any free one: those who start later are to listen on the same. */
async function findPort(host = '127.0.0.1'): Promise<number> {
	const probe = createServer().listen(0, host);
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}

/** As much as goes from one process to another: what is done once needs no options. */
function workerOptions(options: Options, lines: string): WorkerOptions {
	const { reach, demo, openSignUp = demo } = options;
	return {
		data: options.data,
		databaseUrl: options.databaseUrl,
		port: options.port,
		host: options.host,
		tlsCert: options.tlsCert,
		tlsKey: options.tlsKey,
		reach: reach && { origin: reach.origin, named: reach.named },
		openSignUp,
		limits: options.limits,
		providers: options.providers,
		webhooksToLan: options.webhooksToLan,
		metricsToken: options.metricsToken,
		logLevel: options.logLevel,
		lines
	};
}
