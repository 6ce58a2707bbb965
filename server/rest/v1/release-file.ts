/**
 * `GET /v1/releases/file`: one file of a release, or a part of it. `HEAD` alike.
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { rangeOf } from '#server/http/byte-range.ts';
import { streamFile } from '#server/http/file-stream.ts';
import { refused } from '#server/http/json-content.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import { DOWNLOAD_PATH, fileOfLink } from '#server/operations/releases/links.ts';
import { openFile } from '#server/operations/releases/release-folder.ts';
import { security, type Endpoint } from './endpoint.ts';

const bytes = { 'application/octet-stream': {} };

export const getReleaseFile: Endpoint = {
	method: 'get',
	path: DOWNLOAD_PATH,
	operation: {
		operationId: 'releaseFile',
		summary: 'Download a file of a release.',
		description:
			'By a link of `POST /v1/releases`, `?link=…`. A single range of bytes is answered with ' +
			'206, or 416 where the file has none; `If-Range` takes the `ETag`, which is the SHA-256.',
		security: security.none,
		responses: {
			200: { description: 'The file.', content: bytes },
			206: { description: 'The part that was asked for.', content: bytes },
			default: refused
		}
	},
	handler:
		({ hub, limiter, slots, addressOf }) =>
		async (context) => {
			const { method, headers } = context.req.raw;
			const address = addressOf(context);
			const decline = (refusal: Refusal) => {
				hub.onRefusal?.(refusal.refused);
				return problem(refusal, { language: languageOf(headers) });
			};
			const limited = await limiter.byAddress(address);
			if (limited) return decline(limited);
			const found = await fileOfLink(hub, context.req.query('link') ?? '');
			if (isRefusal(found)) return decline(found);
			const { name, size, sha256 } = found;
			const tag = `"${sha256}"`;
			const asked = { range: headers.get('range'), ifRange: headers.get('if-range') };
			const range = rangeOf(asked, { size, tag });
			const about = {
				'content-type': 'application/octet-stream',
				// Sound: names of releases are letters, digits and a few signs, none of which ends the text.
				'content-disposition': `attachment; filename="${name}"`,
				'accept-ranges': 'bytes',
				etag: tag,
				'cache-control': 'private, no-store',
				'x-content-type-options': 'nosniff'
			};
			if (range === 'unsatisfiable')
				return new Response(null, {
					status: 416,
					headers: { ...about, 'content-range': `bytes */${size}` }
				});
			const file = await openFile(hub, found);
			if (isRefusal(file)) return decline(file);
			const part = range ?? { start: 0, end: size - 1 };
			const answer = {
				status: range ? 206 : 200,
				headers: {
					...about,
					'content-length': String(part.end - part.start + 1),
					...(range && { 'content-range': `bytes ${part.start}-${part.end}/${size}` })
				}
			};
			if (method === 'HEAD') {
				await file.close();
				return new Response(null, answer);
			}
			const release = await slots.take('download', address);
			if (isRefusal(release)) {
				await file.close();
				return decline(release);
			}
			return new Response(streamFile(file, part, release), answer);
		}
};
