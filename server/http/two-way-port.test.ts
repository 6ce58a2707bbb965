import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openTwoWayPort, type TwoWayPort } from './two-way-port.ts';

let port: TwoWayPort;
let answerSlow: () => void;
afterEach(() => {
	port.hangUp('all');
	port.server.close();
});

async function open(): Promise<() => Promise<Socket>> {
	const slow = new Promise<void>((resolve) => (answerSlow = resolve));
	port = openTwoWayPort(async ({ url }) => {
		if (url.endsWith('/slow')) await slow;
		return new Response('done');
	}, 60_000);
	await once(port.server.listen(0, '127.0.0.1'), 'listening');
	const { port: number } = port.server.address() as AddressInfo;
	return async () => {
		const line = connect(number, '127.0.0.1');
		await once(line, 'connect');
		return line;
	};
}

const ask = (line: Socket, path: string) => line.write(`GET ${path} HTTP/1.1\r\nHost: hub\r\n\r\n`);

/** All that comes until the line ends. */
async function rest(line: Socket): Promise<string> {
	let text = '';
	line.on('data', (chunk: Buffer) => (text += chunk.toString()));
	await once(line, 'close');
	return text;
}

test('[SU1] whoever ends a hub after its set-up waits for answers in flight, and for no idle line', async () => {
	const newLine = await open();
	const silent = await newLine();
	const idle = await newLine();
	ask(idle, '/quick');
	await once(idle, 'data');
	const busy = await newLine();
	ask(busy, '/slow');
	const told = rest(busy);
	// The slow one is being answered once a quick one after it has been.
	const later = await newLine();
	ask(later, '/quick');
	await once(later, 'data');
	const closed = once(port.server, 'close');
	port.server.close();
	port.hangUp('idle');
	await Promise.all([silent, idle, later].map((line) => once(line, 'close')));
	expect(busy.closed).toBe(false);
	answerSlow();
	await expect
		.poll(() => {
			port.hangUp('idle');
			return busy.closed;
		})
		.toBe(true);
	expect(await told).toContain('done');
	await closed;
});

test('[SU1] a line that never ends by itself is ended', async () => {
	const newLine = await open();
	const busy = await newLine();
	ask(busy, '/slow');
	const other = await newLine();
	ask(other, '/quick');
	await once(other, 'data');
	const closed = once(port.server, 'close');
	port.server.close();
	port.hangUp('all');
	await Promise.all([once(busy, 'close'), closed]);
});
