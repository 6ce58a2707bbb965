/**
 * `GET /v1/backup`: the whole ledger for staff, while the hub goes on.
 *
 * @module
 */
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { mayAct } from '#lib/domain/access.ts';
import { refuse } from '#lib/domain/refusal.ts';
import type { Hub } from '#server/hub/hub.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import { writeBackup } from '#server/operations/restore/backup-file.ts';
import { refused } from '#server/http/json-content.ts';
import { security, type Endpoint } from './endpoint.ts';

export const getBackup: Endpoint = {
	method: 'get',
	path: '/v1/backup',
	operation: {
		operationId: 'backup',
		summary: 'Take a backup (vendor staff).',
		description:
			'The ledger at one moment as a file for keyferry restore. Asks for the header ' +
			'x-keyferry: 1. It holds no private key and no secret that is not sealed.',
		security: security.required,
		responses: {
			200: { description: 'The backup.', content: { 'application/gzip': {} } },
			default: refused
		}
	},
	handler:
		({ hub, limiter, addressOf, findAsker }) =>
		async (context) => {
			const { headers } = context.req.raw;
			const language = languageOf(headers);
			const limited = await limiter.byAddress(addressOf(context));
			if (limited) return problem(limited, { language });
			const asker = await findAsker(headers);
			if (!asker) return problem(refuse('SIGN_IN_REQUIRED', {}), { language });
			// A page of another site can neither set this header nor read the answer.
			if (!mayAct(asker.vendor, 'hub.backup') || headers.get('x-keyferry') !== '1')
				return problem(refuse('NOT_PERMITTED', { action: 'backup' }), { language });
			return send(hub);
		}
};

/** Written beside first: a slow reader must not hold the transaction that sees one moment. */
async function send(hub: Hub): Promise<Response> {
	const folder = await mkdtemp(join(tmpdir(), 'keyferry-backup-'));
	const drop = () => rm(folder, { recursive: true, force: true });
	try {
		const path = join(folder, 'backup');
		await writeBackup(hub, path);
		const { size } = await stat(path);
		const stream = createReadStream(path);
		stream.once('close', () => void drop());
		return new Response(Readable.toWeb(stream) as ReadableStream, {
			headers: {
				'content-type': 'application/gzip',
				'content-length': String(size),
				'cache-control': 'no-store'
			}
		});
	} catch (error) {
		await drop();
		throw error;
	}
}
