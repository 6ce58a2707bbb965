/**
 * The workers of a hub as the process that leads has them: each a process of its own on the shared port,
 * another one started where one has ended.
 *
 * @module
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeGivenLine } from './given-lines.ts';
import { inTurns, LEADER, openLine, type Answering, type Line, type LineMessage } from './line.ts';
import { watchWorker } from './watch.ts';
import type { LeaderQuestions, WorkerOptions, WorkerQuestions } from './questions.ts';

/** One that cannot begin is started again after so long. */
const AGAIN_MS = 1_000;
/** One that was told to end: longer than it takes to answer what was begun, and to close. */
const END_MS = 20_000;

export type Team = {
	/**
	 * Starts all of them.
	 *
	 * @returns The address that they listen on.
	 * @throws What kept one of them from it.
	 */
	listen(options: WorkerOptions): Promise<string>;
	/** From now on they answer, and whoever ends is replaced. */
	begin(): Promise<void>;
	/** Asks each of those who take part. */
	askEach<Name extends keyof WorkerQuestions>(
		name: Name,
		input: WorkerQuestions[Name]['input']
	): ReadonlyMap<number, Promise<WorkerQuestions[Name]['answer']>>;
	/** Asks those who take part; whoever ends meanwhile does not answer. */
	askAll<Name extends keyof WorkerQuestions>(
		name: Name,
		input: WorkerQuestions[Name]['input']
	): Promise<WorkerQuestions[Name]['answer'][]>;
	close(): Promise<void>;
};

/**
 * @param code - The program of a worker.
 * @param answers - What this process can be asked by them.
 * @param onLost - Told of each that has ended.
 * @param onFault - Told why one could not begin anew.
 */
export function openTeam({
	count,
	code,
	answers,
	onLost,
	onFault
}: {
	count: number;
	code: string;
	answers: Answering<LeaderQuestions>;
	onLost: (worker: number) => void;
	onFault: (error: unknown, what: string) => void;
}): Team {
	type Member = {
		worker: Worker;
		deliver: (message: LineMessage) => void;
		/** Present once it takes part: a start may take long. */
		stopWatching?: () => void;
	};
	const workers = new Map<number, Member>();
	/** Those that take part. */
	const live = new Set<number>();
	const kept: Promise<void>[] = [];
	let isClosing = false;

	const send = (message: LineMessage): boolean => {
		const member = workers.get(message.to);
		member?.deliver(message);
		return member !== undefined;
	};
	const line: Line<WorkerQuestions> = openLine({ self: LEADER, send, answers });
	const tellLive = () => {
		for (const id of live) void line.ask(id, 'live', [...live]).catch(() => undefined);
	};

	cluster.setupPrimary({ exec: code, args: [], serialization: 'advanced' });
	const start = () => {
		const worker = cluster.fork({ NODE_COMPILE_CACHE: getCompileCacheDir() ?? '' });
		const { id } = worker;
		closeGivenLine(worker);
		// Where the line breaks just now the worker has ended, and all are told.
		const deliver = inTurns((messages) => worker.send(messages, () => undefined));
		workers.set(id, { worker, deliver });
		worker.on('error', () => undefined);
		worker.on('message', (messages: LineMessage[]) => {
			// What comes late of one that has ended would be held by nobody.
			if (!workers.has(id)) return;
			for (const message of messages) line.receive(message);
		});
		const ended = once(worker, 'exit').then(() => {
			workers.get(id)?.stopWatching?.();
			workers.delete(id);
			live.delete(id);
			line.lost(id);
			onLost(id);
			tellLive();
		});
		return { id, ended };
	};
	type Started = ReturnType<typeof start>;

	const begin = async (id: number) => {
		await line.ask(id, 'begin', undefined);
		live.add(id);
		tellLive();
		const member = workers.get(id);
		if (!member) return;
		const ask = () => line.ask(id, 'alive', undefined);
		const { process } = member.worker;
		const end = () => void process.kill('SIGKILL');
		member.stopWatching = watchWorker({ pid: process.pid!, ask, end });
	};
	const replace = async (options: WorkerOptions) => {
		const { id, ended } = start();
		try {
			await line.ask(id, 'listen', options);
			await begin(id);
		} catch (error) {
			if (!isClosing) {
				onFault(error, 'a worker could not begin');
				workers.get(id)?.worker.process.kill('SIGKILL');
				await sleep(AGAIN_MS);
			}
		}
		await ended;
	};
	/** Until all are closed another one is there, or on its way. */
	const keep = async ({ ended }: Started, options: WorkerOptions) => {
		await ended;
		while (!isClosing) await replace(options);
	};
	const close = async () => {
		isClosing = true;
		const ended = [...workers.values()].map(({ worker }) => once(worker, 'exit'));
		for (const id of workers.keys()) void line.ask(id, 'close', undefined).catch(() => undefined);
		const kill = () => {
			for (const { worker } of workers.values()) worker.process.kill('SIGKILL');
		};
		const late = setTimeout(kill, END_MS);
		await Promise.all([...ended, ...kept]);
		clearTimeout(late);
	};
	const askEach: Team['askEach'] = (name, input) =>
		new Map([...live].map((id) => [id, line.ask(id, name, input)]));
	let begun: { started: Started[]; options: WorkerOptions } | undefined;
	return {
		listen: async (options) => {
			const started = Array.from({ length: count }, start);
			begun = { started, options };
			const [url] = await Promise.all(started.map(({ id }) => line.ask(id, 'listen', options)));
			return url!;
		},
		begin: async () => {
			const { started, options } = begun!;
			for (const each of started) kept.push(keep(each, options));
			// Whoever has ended before it could is replaced.
			await Promise.all(started.map(({ id }) => begin(id).catch(() => undefined)));
		},
		askEach,
		askAll: async (name, input) => {
			const asked = [...askEach(name, input).values()].map((each) => each.catch(() => undefined));
			return (await Promise.all(asked)).filter((answer) => answer !== undefined);
		},
		close
	};
}
