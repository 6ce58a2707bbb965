/**
 * How long a request may take to arrive: five minutes, as Node has it, except where a whole product is sent.
 *
 * @module
 */
import type { IncomingMessage, Server } from 'node:http';

const ARRIVAL_MS = 300_000;

/** @param long - Path of what may take longer; whoever answers it ends senders that fall silent. */
export function limitArrival(server: Pick<Server, 'requestTimeout' | 'on'>, long: string): void {
	server.requestTimeout = 0;
	server.on('request', (request: IncomingMessage) => {
		if (request.url?.startsWith(`${long}?`)) return;
		const timer = setTimeout(() => request.socket.destroy(), ARRIVAL_MS);
		timer.unref();
		const settle = () => clearTimeout(timer);
		request.once('end', settle);
		request.once('close', settle);
	});
}
