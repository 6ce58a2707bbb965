/**
 * What the processes of one hub say to each other: questions by name, each answered once.
 *
 * @module
 */
import { Fault, type FaultCode } from '#server/fault.ts';

/** Number of the process that leads; workers count from 1. */
export const LEADER = 0;

export type LineMessage = {
	to: number;
	from: number;
	/** Of the question, among those of whoever asks. */
	n: number;
	said: Said;
};

type Said = { ask: string; input: unknown } | { answer: unknown } | { failed: Failure };

/** As much of an error as another process is told. */
type Failure = { message: string; code?: FaultCode; next?: string };

/** Whoever was asked has ended. Whether it did what it was asked is not known. */
export class Gone extends Error {}

/** What can be asked: by name, what is said and what is answered. */
type Questions = Record<string, { input: unknown; answer: unknown }>;

export type Answering<Q extends Questions> = {
	[Name in keyof Q]: (input: Q[Name]['input'], from: number) => Promise<Q[Name]['answer']>;
};

export type Line<Q extends Questions> = {
	/** @throws Gone, or what the other process threw: a Fault as it is, all else as its message. */
	ask<Name extends keyof Q & string>(
		to: number,
		name: Name,
		input: Q[Name]['input']
	): Promise<Q[Name]['answer']>;
	/** A message has come for this process. */
	receive(message: LineMessage): void;
	/** That process has ended. */
	lost(gone: number): void;
};

/**
 * @param send - Brings a message on its way; false where nobody is there to take it.
 * @param answers - What this process can be asked.
 */
export function openLine<Q extends Questions, Own extends Questions>({
	self,
	send,
	answers
}: {
	self: number;
	send: (message: LineMessage) => boolean;
	answers: Answering<Own>;
}): Line<Q> {
	type Waiting = { to: number; resolve: (answer: unknown) => void; reject: (why: Error) => void };
	const waiting = new Map<number, Waiting>();
	let last = 0;

	const say = (to: number, n: number, said: Said) => send({ to, from: self, n, said });
	const carryOut = async ({ from, n }: LineMessage, asked: { ask: string; input: unknown }) => {
		try {
			say(from, n, { answer: await answers[asked.ask]!(asked.input, from) });
		} catch (error) {
			say(from, n, { failed: failureOf(error) });
		}
	};
	return {
		ask: (to, name, input) =>
			new Promise((resolve, reject) => {
				const n = ++last;
				waiting.set(n, { to, resolve, reject });
				if (say(to, n, { ask: name, input })) return;
				waiting.delete(n);
				reject(new Gone());
			}),
		receive: (message) => {
			const { said } = message;
			if ('ask' in said) {
				void carryOut(message, said);
				return;
			}
			const asked = waiting.get(message.n);
			waiting.delete(message.n);
			if ('failed' in said) asked?.reject(errorOf(said.failed));
			else asked?.resolve(said.answer);
		},
		lost: (gone) => {
			for (const [n, { to, reject }] of waiting) {
				if (to !== gone) continue;
				waiting.delete(n);
				reject(new Gone());
			}
		}
	};
}

/** What is said in one turn goes on its way together. */
export function inTurns(send: (messages: LineMessage[]) => void): (message: LineMessage) => void {
	let waiting: LineMessage[] = [];
	return (message) => {
		if (waiting.push(message) > 1) return;
		setImmediate(() => {
			const all = waiting;
			waiting = [];
			send(all);
		});
	};
}

function failureOf(error: unknown): Failure {
	if (!(error instanceof Error)) return { message: String(error) };
	const { message } = error;
	return error instanceof Fault ? { message, code: error.code, next: error.next } : { message };
}

function errorOf({ message, code, next }: Failure): Error {
	return code === undefined ? new Error(message) : new Fault(code, message, next ?? '');
}
