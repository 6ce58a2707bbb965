/**
 * The program of a worker: a hub's face on the shared port. It is told what to do by the process that
 * leads (`serve-workers.ts`), and ends with it.
 *
 * @module
 */
import cluster from 'node:cluster';
import { proxiesOf } from '#server/http/caller.ts';
import { openHubRole, type HubRole } from '#server/roles/hub.ts';
import { handOver, type HandingOver } from '#server/workers/hand-over.ts';
import { leaveDirect, openDirect } from '#server/workers/direct.ts';
import { inTurns, LEADER, openLine, type Line, type LineMessage } from '#server/workers/line.ts';
import type { LeaderQuestions, WorkerOptions, WorkerQuestions } from '#server/workers/questions.ts';
import { askLeader } from '#server/workers/leader.ts';
import { readTls, withKept, type Running } from './listening.ts';
import { openPort } from './serve.ts';

/** A terminal, and a service manager, tell all processes of a group: this one hears of it from its leader. */
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

type Serving = { role: HubRole; running: Running; handing: HandingOver; url: string };

const self = cluster.worker!.id;
let serving: Serving | undefined;
let sayTo: ((message: LineMessage) => void) | undefined;
// Whoever leads has ended where it is not heard, and so does this one.
const tellLeader = inTurns((messages) =>
	process.send!(messages, undefined, undefined, () => undefined)
);

const line: Line<LeaderQuestions & WorkerQuestions> = openLine<
	LeaderQuestions & WorkerQuestions,
	WorkerQuestions
>({
	self,
	send: (message) => {
		if (message.to === LEADER) tellLeader(message);
		else sayTo!(message);
		return true;
	},
	answers: {
		listen: async (options) => {
			serving = await listen(options);
			return serving.url;
		},
		begin: async () => serving!.role.begin(serving!.url),
		live: async (workers) => serving!.handing.useLive(workers),
		decide: async (submitted) => serving!.handing.decide(submitted),
		stop: async (stopped) => leader.stop(stopped),
		learn: async ({ kid, grant }) => serving!.role.learn(kid, grant),
		alive: () => Promise.resolve(),
		counted: async () => serving!.role.metrics.counted(),
		reload: async () => serving!.role.reload(),
		close: async () => {
			await serving?.running.close();
			process.exit();
		}
	}
});
const leader = askLeader(line);
process.on('message', (messages: LineMessage[]) => {
	for (const message of messages) line.receive(message);
});

async function listen(given: WorkerOptions): Promise<Serving> {
	const { origin, named } = given.reach ?? {};
	const proxies = proxiesOf((named ?? '').split(/[\s,]+/).filter(Boolean))!;
	const options = withKept({ ...given, reach: { origin, named, proxies } });
	const tls = readTls(options);
	const { lines: folder } = given;
	process.on('exit', () => leaveDirect(folder, self));
	sayTo = await openDirect({ self, folder, receive: line.receive, onBroken: line.lost });
	const role = await openHubRole(options, tls, leader);
	const { hub, metrics, onFault } = role;
	const handing = handOver(hub, { self, line, onDecided: metrics.handedOver, onFault });
	let url = '';
	// It listens before the hub is ready: who fills it for the first time is the one that leads.
	const quiet = { ...role, begin: async (listening: string) => void (url = listening) };
	const running = await openPort(quiet, { options, tls, release: () => undefined });
	return { role, running, handing, url };
}
