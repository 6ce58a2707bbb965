/** The least that could answer a claim: HTTP, a body read, one signature, a token of the same length. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const { privateKey } = generateKeyPairSync('ed25519');
const payload = 'x'.repeat(1_300);

const server = createServer((request, response) => {
	let body = '';
	request.on('data', (bytes: Buffer) => (body += bytes.toString()));
	request.on('end', () => {
		if (request.method !== 'POST') return void response.end('{"live":true}');
		sign(null, Buffer.from(`${payload}${body.length}`), privateKey, (_, signature) => {
			const answer = JSON.stringify({ lease: `${payload}.${signature.toString('base64url')}` });
			response.writeHead(201, {
				'content-type': 'application/json',
				'content-length': Buffer.byteLength(answer)
			});
			response.end(answer);
		});
	});
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('disconnect', () => process.exit());
