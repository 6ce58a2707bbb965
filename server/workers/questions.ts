/**
 * What the processes of one hub ask each other.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import type { Counted, Limits } from '#server/http/rate-limit.ts';
import type { SlotKind } from '#server/http/slots.ts';
import type { RequestAnswer } from '#server/ledger/held/answer.ts';
import type { CountedHere } from '#server/metrics/metrics.ts';
import type { SubmittedRequest } from '#server/operations/activations/admit.ts';
import type { ProviderOptions } from '#server/providers/provider.ts';

/** What a worker is told on its start: options of the hub, as far as they concern one. */
export type WorkerOptions = {
	data: string;
	databaseUrl: string;
	port?: number;
	host?: string;
	tlsCert?: string;
	tlsKey?: string;
	reach?: { origin?: string; named?: string };
	openSignUp?: boolean;
	limits?: Limits;
	providers?: readonly ProviderOptions[];
	webhooksToLan?: boolean;
	metricsToken?: string;
	logLevel?: 'silent' | 'info' | 'warn';
	/** Folder of the sockets by which workers reach each other. */
	lines: string;
};

/** What is to be done now by the process that leads, and not only with its next round. */
export type Nudge = 'sendMail' | 'sendAttachCodes' | 'sendWebhooks';

export type Passed = { kind: Counted; key: string; points: number };

export type Stopped = { kind: Counted; key: string; waitMs: number };

/** Of the process that leads. */
export type LeaderQuestions = {
	take: { input: { kind: Counted; key: string; points?: number }; answer: number | undefined };
	/** What was let through here, to be counted with the rest. */
	count: { input: readonly Passed[]; answer: unknown };
	giveBack: { input: { kind: Counted; key: string }; answer: unknown };
	/** A slot for what takes long: the number by which it is given back. */
	takeSlot: {
		input: { kind: SlotKind; address: string };
		answer: number | Refusal<'HUB_BUSY'>;
	};
	freeSlot: { input: number; answer: unknown };
	nudge: { input: Nudge; answer: unknown };
	/** The grant of a hub key that was forgotten: all are to know it. */
	learn: { input: { kid: string; grant: string }; answer: unknown };
	/** The metrics of all processes as one text. */
	metrics: { input: undefined; answer: { type: string; text: string } };
};

/** Of a worker. */
export type WorkerQuestions = {
	/** @returns The address that it listens on. */
	listen: { input: WorkerOptions; answer: string };
	/** The hub is ready. */
	begin: { input: undefined; answer: unknown };
	/** The workers that take part from now on. */
	live: { input: readonly number[]; answer: unknown };
	/** A verified request of a customer that it owns; nothing where it could not be decided. */
	decide: { input: SubmittedRequest; answer: RequestAnswer | Refusal | undefined };
	/** Whoever this counts asks too often, for so many milliseconds. */
	stop: { input: Stopped; answer: unknown };
	learn: { input: { kid: string; grant: string }; answer: unknown };
	counted: { input: undefined; answer: CountedHere };
	/** It works. */
	alive: { input: undefined; answer: unknown };
	reload: { input: undefined; answer: unknown };
	/** It answers what it has begun, and ends. */
	close: { input: undefined; answer: unknown };
};
