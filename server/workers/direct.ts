/**
 * What workers say to each other goes by sockets of their own: the process that leads has no part in it,
 * and cannot be what all of them wait for. Each listens under its number, in a folder that is theirs
 * alone; whoever has something to say connects, and is answered by a connection the other way.
 *
 * @module
 */
import { once } from 'node:events';
import { rmdirSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { basename, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { inTurns, type LineMessage } from './line.ts';

/** Before each bundle of messages: how many bytes it has. */
const LENGTH_BYTES = 4;

/**
 * @param folder - Only this user may enter it.
 * @param onBroken - Told of each worker that hears nothing more of what was said to it.
 * @returns Brings a message on its way to another worker.
 */
export async function openDirect({
	self,
	folder,
	receive,
	onBroken
}: {
	self: number;
	folder: string;
	receive: (message: LineMessage) => void;
	onBroken: (worker: number) => void;
}): Promise<(message: LineMessage) => void> {
	const server = createServer((socket) => readBundles(socket, receive));
	// Sockets that workers open are the leader's to share, unless they say otherwise.
	server.listen({ path: pathOf(folder, self), exclusive: true });
	await once(server, 'listening');

	const ways = new Map<number, (message: LineMessage) => void>();
	const open = (to: number) => {
		const socket = createConnection(pathOf(folder, to));
		const deliver = inTurns((messages) => socket.write(bundle(messages)));
		socket.on('error', () => undefined);
		socket.on('close', () => {
			ways.delete(to);
			onBroken(to);
		});
		ways.set(to, deliver);
		return deliver;
	};
	return (message) => (ways.get(message.to) ?? open(message.to))(message);
}

/** Whoever ends last takes the folder along: the process that made it may have been killed before. */
export function leaveDirect(folder: string, self: number): void {
	try {
		rmSync(pathOf(folder, self), { force: true });
		rmdirSync(folder);
	} catch {
		// Others are there, or it is gone already.
	}
}

function pathOf(folder: string, worker: number): string {
	if (process.platform === 'win32') return `\\\\.\\pipe\\${basename(folder)}-${worker}`;
	return join(folder, String(worker));
}

function bundle(messages: readonly LineMessage[]): Buffer {
	const said = serialize(messages);
	const length = Buffer.allocUnsafe(LENGTH_BYTES);
	length.writeUInt32LE(said.length);
	return Buffer.concat([length, said]);
}

function readBundles(socket: Socket, receive: (message: LineMessage) => void): void {
	let held: Buffer = Buffer.alloc(0);
	socket.on('error', () => undefined);
	socket.on('data', (chunk: Buffer) => {
		held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
		while (held.length >= LENGTH_BYTES) {
			const end = LENGTH_BYTES + held.readUInt32LE();
			if (held.length < end) break;
			for (const message of deserialize(held.subarray(LENGTH_BYTES, end)) as LineMessage[])
				receive(message);
			held = held.subarray(end);
		}
	});
}
