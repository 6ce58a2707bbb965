/**
 * What a site tells a client without being asked, as server-sent events, each one proven. It only makes
 * things faster: a renewal says all of it as well. [LE6]
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @module
 */
import { eventText } from '#lib/protocol/lease.ts';
import { isMacOf } from '../lease-keys.ts';
import type { LeaseHold } from './claim.ts';
import { backOff, Pause } from './pauses.ts';
import { isPlain, newNonce, parseJson, proofHeaders } from './proven-call.ts';
import { pathOf } from './renewal.ts';
import { open } from './wire.ts';

/** An event as somebody with the lease's key said it; its shape is still to be looked at. */
export type HeardEvent = Record<string, unknown>;

/** More than any event has; whoever sends more is not listened to. */
const EVENT_LIMIT = 64 * 1024;

/** Listens until it is told to stop, anew after each cut. @returns What stops it. */
export function watchHold(hold: LeaseHold, heard: (event: HeardEvent) => void): () => void {
	const pause = new Pause();
	const watching = { stopped: false, leave: () => {} };
	const isOver = () => watching.stopped;
	const watch = async () => {
		for (let tries = 1; !isOver(); tries++) {
			const stream = listen(hold, heard);
			watching.leave = stream.leave;
			if (await stream.over) tries = 1;
			if (!isOver()) await pause.wait(backOff(tries));
		}
	};
	void watch();
	return () => {
		watching.stopped = true;
		watching.leave();
		pause.cut();
	};
}

/** One stream: `over` says whether anything was heard in it. */
function listen(hold: LeaseHold, heard: (event: HeardEvent) => void) {
	const sending = { method: 'GET', path: `${pathOf(hold)}/events` } as const;
	const proof = { key: hold.key, nonce: newNonce() };
	const headers = { accept: 'text/event-stream', ...proofHeaders(sending, proof) };
	const request = open(hold.site.address, { ...sending, headers });
	let [seq, text] = [0, ''];
	const take = (chunk: string) => {
		text += chunk;
		const blocks = text.split(/\r?\n\r?\n/);
		text = blocks.pop() ?? '';
		if (text.length > EVENT_LIMIT) request.destroy();
		for (const block of blocks) {
			const event = readEvent(block, { key: hold.key, seq: seq + 1 });
			if (!event) continue;
			seq++;
			heard(event);
		}
	};
	const over = new Promise<boolean>((done) => {
		request.on('socket', (socket) => socket.unref());
		request.on('error', () => done(seq > 0));
		request.on('close', () => done(seq > 0));
		request.on('response', (response) => {
			if (response.statusCode !== 200) request.destroy();
			response.setEncoding('utf8');
			response.on('data', take);
			response.on('error', () => done(seq > 0));
		});
		request.end();
	});
	return { over, leave: () => request.destroy() };
}

/** @returns `undefined` for a comment, another's word, or one out of its order. */
export function readEvent(
	block: string,
	{ key, seq }: { key: Buffer; seq: number }
): HeardEvent | undefined {
	const fields = block.split(/\r?\n/).map((line) => /^(\w+): ?(.*)$/.exec(line));
	const value = (name: string) => fields.find((field) => field?.[1] === name)?.[2];
	const [mac = '', json = ''] = /^(\S+) (.*)$/.exec(value('data') ?? '')?.slice(1) ?? [];
	if (value('id') !== `${seq}` || !isMacOf(key, eventText(seq, json), mac)) return undefined;
	const event = parseJson(json);
	return isPlain(event) ? event : undefined;
}
