/**
 * One port for plain and for encrypted lines, told apart by their first byte: while a hub is being set up
 * its page is open on one, and tries the other. [SU1]
 *
 * @module
 */
import {
	createServer as createPlain,
	type IncomingMessage,
	type Server as PlainServer,
	type ServerResponse
} from 'node:http';
import { createServer as createTls, type Server as TlsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { validHostOnly, type Answer } from './valid-host.ts';

/** A call that is asked thousands of times a second costs no more than it must. */
export type Direct = (asked: IncomingMessage, answered: ServerResponse) => boolean;

export type TwoWayPort = {
	server: Server;
	/** Takes encrypted lines beside plain ones. */
	addTls: (tls: { cert: string; key: string }) => void;
	/** Takes encrypted lines alone where it can, and else plain ones alone. @returns Its scheme. */
	settle: () => 'https' | 'http';
	/** Those that wait for a next request, or all. */
	hangUp: (which: 'idle' | 'all') => void;
};

/** The first byte of a handshake. RFC 8446 section 5.1 */
const HANDSHAKE = 0x16;

/** Whoever says nothing is not waited for. */
const SILENCE_MS = 30_000;

/**
 * @param direct - Takes what it knows how to answer before it becomes a `Request`. @returns Whether it has.
 */
export function openTwoWayPort(
	answer: Answer,
	keepAliveMs: number,
	direct: Direct = () => false
): TwoWayPort {
	const listener = getRequestListener(validHostOnly(answer));
	// A server that listens by itself would know its lines; these are handed theirs.
	const lines = new Set<Socket>();
	const answering = new Set<Socket>();
	const keep = (line: Socket) => {
		lines.add(line);
		line.once('close', () => lines.delete(line));
	};
	const take = (asked: IncomingMessage, answered: ServerResponse) => {
		const { socket } = asked;
		answering.add(socket);
		answered.once('close', () => answering.delete(socket));
		if (!direct(asked, answered)) void listener(asked, answered);
	};
	const plain = createPlain({ keepAliveTimeout: keepAliveMs }, take);
	let tls: TlsServer | undefined;
	let isSettled = false;

	const serverFor = (first: number | undefined): PlainServer | TlsServer | undefined => {
		if (first === HANDSHAKE) return tls;
		return isSettled && tls ? undefined : plain;
	};
	const server = createServer((socket: Socket) => {
		// Silent so far; an encrypted line is known by what is spoken on it.
		keep(socket);
		const drop = () => socket.destroy();
		socket.on('error', drop);
		socket.setTimeout(SILENCE_MS, drop);
		socket.once('data', (bytes: Buffer) => {
			socket.pause();
			socket.setTimeout(0);
			socket.off('timeout', drop);
			const found = serverFor(bytes[0]);
			if (!found) return void drop();
			socket.unshift(bytes);
			if (found === tls) lines.delete(socket);
			found.emit('connection', socket);
			// Whoever reads it now has begun to listen.
			process.nextTick(() => socket.resume());
		});
	});
	return {
		server,
		addTls: (files) => {
			if (tls) tls.setSecureContext(files);
			else {
				const waits = { keepAliveTimeout: keepAliveMs, handshakeTimeout: SILENCE_MS };
				tls = createTls({ ...files, ...waits }, take);
				tls.on('secureConnection', keep);
			}
		},
		settle: () => {
			isSettled = true;
			return tls ? 'https' : 'http';
		},
		hangUp: (which) => {
			for (const line of lines) if (which === 'all' || !answering.has(line)) line.destroy();
		}
	};
}
