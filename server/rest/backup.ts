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
import { Hono } from 'hono';
import { refuse } from '#lib/domain/refusal.ts';
import { writeBackup } from '#server/operations/restore/backup-file.ts';
import type { Hub } from '#server/hub/hub.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import type { Edge } from './post.ts';

export function backupRoute({ hub, findAsker }: Pick<Edge, 'hub' | 'findAsker'>): Hono {
	const app = new Hono();
	app.get('/', async (context) => {
		const { headers } = context.req.raw;
		const language = languageOf(headers);
		const asker = await findAsker(headers);
		if (!asker) return problem(refuse('SIGN_IN_REQUIRED', {}), { language });
		// A page of another site can neither set this header nor read the answer.
		if (!asker.staff || headers.get('x-keyferry') !== '1')
			return problem(refuse('NOT_PERMITTED', { action: 'backup' }), { language });
		return send(hub);
	});
	return app;
}

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
