/**
 * Calls to a hub of several workers, each by a line of its own: the next worker in turn answers.
 *
 * @module
 */
import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

export type Answered = { status: number; code?: string; file?: string };

/**
 * Asks for an activation.
 *
 * @param ca - Of the hub's own certificate.
 */
export function postOnce(address: string, request: string, ca?: string): Promise<Answered> {
	const isSecure = address.startsWith('https:');
	const agent = isSecure ? new SecureAgent({ ca }) : new PlainAgent();
	return new Promise((resolve, reject) => {
		const send = isSecure ? secureRequest : plainRequest;
		const sent = send(`${address}/v1/activations`, { method: 'POST', agent }, (answer) => {
			let text = '';
			answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
			answer.on('end', () => {
				agent.destroy();
				resolve({ status: answer.statusCode!, ...(JSON.parse(text) as object) });
			});
		});
		sent.on('error', reject);
		sent.end(JSON.stringify({ request }));
	});
}

/** What watchers are told, by name and labels. */
export async function samplesOf(address: string): Promise<Map<string, number>> {
	const text = await (await fetch(`${address}/metrics`)).text();
	const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	return new Map(
		lines.map((line) => [line.replace(/ [^ ]*$/, ''), Number(line.split(' ').at(-1))])
	);
}
