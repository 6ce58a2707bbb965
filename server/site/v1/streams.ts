/**
 * Open streams of events: so many at a site, one for each lease, and none that outlives the process.
 * [LE6]
 *
 * @module
 */
import { eventText, type LeaseEvent } from '#lib/protocol/lease.ts';
import { macOf } from '#lib/sdk/node/lease-keys.ts';
import type { Holding } from '#server/site/leases/holdings.ts';
import type { Pools } from '#server/site/leases/pools.ts';

export type Streams = {
	/** @returns `undefined` where there are too many. */
	open(pools: Pools, holding: Holding): ReadableStream<Uint8Array> | undefined;
	/** Readers come again, to whoever serves then. */
	endAll(): void;
	count(): number;
};

/** Open at once; clients of a site are counted in hundreds. */
const STREAMS = 2_000;

/** Lines on which nothing is said are cut by what lies between. */
const SILENCE_MS = 15_000;

/** Events that wait for their reader; one that does not read is to come again. */
const UNREAD = 64;

export function openStreams(): Streams {
	const open = new Map<string, EventStream>();
	return {
		open: (pools, holding) => {
			// Whoever comes again has lost the line before.
			open.get(holding.id)?.end();
			if (open.size >= STREAMS) return undefined;
			const stream = new EventStream(holding, (ended) => {
				if (open.get(holding.id) === ended) open.delete(holding.id);
			});
			open.set(holding.id, stream);
			stream.begin(pools);
			return stream.readable;
		},
		endAll: () => {
			for (const stream of open.values()) stream.end();
		},
		count: () => open.size
	};
}

class EventStream {
	readonly readable: ReadableStream<Uint8Array>;
	readonly #holding: Holding;
	readonly #over: (ended: EventStream) => void;
	#controller!: ReadableStreamDefaultController<Uint8Array>;
	#stop: () => void = () => undefined;
	#silence: NodeJS.Timeout | undefined;
	#seq = 0;
	#isOver = false;

	constructor(holding: Holding, over: (ended: EventStream) => void) {
		this.#holding = holding;
		this.#over = over;
		this.readable = new ReadableStream<Uint8Array>(
			{
				start: (controller) => {
					this.#controller = controller;
				},
				cancel: () => this.#stopAll()
			},
			{ highWaterMark: UNREAD }
		);
	}

	/** What is pending is said at once: it may have happened on the way here. */
	begin(pools: Pools): void {
		this.#write(': keyferry\n\n');
		this.#silence = setInterval(() => this.#write(':\n\n'), SILENCE_MS);
		this.#silence.unref();
		this.#stop = pools.listen(this.#holding, (event) => this.#say(event));
		const pending = pools.pending(this.#holding);
		if (pending) this.#say(pending);
	}

	end(): void {
		if (this.#isOver) return;
		this.#stopAll();
		this.#controller.close();
	}

	#say(event: LeaseEvent): void {
		if (this.#isOver) return;
		const seq = ++this.#seq;
		const json = JSON.stringify(event);
		const mac = macOf(this.#holding.key(), eventText(seq, json));
		this.#write(`id: ${seq}\ndata: ${mac} ${json}\n\n`);
		if (event.event === 'ended') this.end();
	}

	#write(text: string): void {
		if (this.#isOver) return;
		if ((this.#controller.desiredSize ?? 0) <= 0) this.end();
		else this.#controller.enqueue(Buffer.from(text));
	}

	#stopAll(): void {
		this.#isOver = true;
		clearInterval(this.#silence);
		this.#stop();
		this.#over(this);
	}
}
