/**
 * Callers that cost next to nothing: requests are made beforehand, each line sends its next one as soon as
 * it has its answer, and answers are read after the clock has stopped.
 *
 * @module
 */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

export type Timed = {
	/** In the order of the requests. */
	answers: { status: number; body: string }[];
	perSecond: number;
	/** Milliseconds. */
	p99: number;
};

/** An HTTP/1.1 request as it goes over the line. */
export function requestBytes({
	method,
	path,
	headers = {},
	body = ''
}: {
	method: string;
	path: string;
	headers?: Record<string, string>;
	body?: string;
}): Buffer {
	const lines = Object.entries({ host: 'localhost', ...headers }).map((each) => each.join(': '));
	const length =
		body === '' && method !== 'POST' ? [] : [`content-length: ${Buffer.byteLength(body)}`];
	return Buffer.from([`${method} ${path} HTTP/1.1`, ...lines, ...length, '', body].join('\r\n'));
}

/** @param lines - How many connections ask at once. */
export async function askAll(
	port: number,
	requests: readonly Buffer[],
	lines: number
): Promise<Timed> {
	const sockets = await Promise.all(Array.from({ length: lines }, () => open(port)));
	const texts: string[] = new Array<string>(requests.length);
	const took = new Float64Array(requests.length);
	let next = 0;
	const started = performance.now();
	await Promise.all(
		sockets.map(async (socket) => {
			while (next < requests.length) {
				const mine = next++;
				const asked = performance.now();
				texts[mine] = await ask(socket, requests[mine]!);
				took[mine] = performance.now() - asked;
			}
		})
	);
	const perSecond = (requests.length * 1000) / (performance.now() - started);
	for (const socket of sockets) socket.destroy();
	took.sort();
	return { answers: texts.map(readAnswer), perSecond, p99: took[Math.floor(took.length * 0.99)]! };
}

async function open(port: number): Promise<Socket> {
	const socket = connect(port, '127.0.0.1');
	socket.setNoDelay();
	await once(socket, 'connect');
	return socket;
}

function ask(socket: Socket, request: Buffer): Promise<string> {
	return new Promise((resolve, reject) => {
		let text = '';
		const read = (bytes: Buffer) => {
			text += bytes.toString('latin1');
			if (!isWhole(text)) return;
			socket.off('data', read).off('error', reject);
			resolve(text);
		};
		socket.on('data', read).once('error', reject);
		socket.write(request);
	});
}

function isWhole(text: string): boolean {
	const end = text.indexOf('\r\n\r\n');
	if (end < 0) return false;
	const length = /content-length: (\d+)/i.exec(text)?.[1];
	if (length !== undefined) return text.length >= end + 4 + Number(length);
	return text.endsWith('0\r\n\r\n');
}

function readAnswer(text: string): { status: number; body: string } {
	const end = text.indexOf('\r\n\r\n');
	return { status: Number(text.slice(9, 12)), body: text.slice(end + 4) };
}
