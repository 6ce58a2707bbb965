/**
 * `POST /v1/releases/upload`: a file of a release, by staff. The body is the file and nothing else.
 *
 * @module
 */
import * as z from 'zod';
import { mayAct } from '#lib/domain/access.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isFileName, isReleaseVersion, platforms } from '#lib/domain/vendor/release.ts';
import type { Asker } from '#server/hub/hub.ts';
import { answerEarly } from '#server/http/early-answer.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { refused } from '#server/http/json-content.ts';
import { languageOf, problem } from '#server/http/problem.ts';
import { ticketOf, UPLOAD_PATH, type Ticket } from '#server/operations/releases/links.ts';
import { receiveFile } from '#server/operations/releases/release-folder.ts';
import { addReleaseFile, mayAddFile } from '#server/operations/releases/save-release.ts';
import { security, type Endpoint, type RestEdge } from './endpoint.ts';

/** Bytes of one file: 64 GiB. */
const LARGEST = 64 * 1024 ** 3;

const announced = z.strictObject({
	product: z.string().max(64),
	version: z.string().max(120).refine(isReleaseVersion),
	platform: z.enum(platforms),
	name: z.string().max(160).refine(isFileName),
	size: z.coerce.number().int().min(1).max(LARGEST),
	sha256: z
		.string()
		.regex(/^[0-9a-f]{64}$/)
		.optional()
});

export const postReleaseUpload: Endpoint = {
	method: 'post',
	path: UPLOAD_PATH,
	bodyLimit: LARGEST,
	operation: {
		operationId: 'uploadReleaseFile',
		summary: 'Upload a file of a release (vendor staff).',
		description:
			'`?product=…&version=…&platform=…&name=…&size=…`, with `&sha256=…` where it is known: then ' +
			'other bytes are refused. The release was saved before. An upload that breaks off leaves ' +
			'nothing and is sent again from its first byte; the same file again changes nothing.',
		security: security.required,
		requestBody: { required: true, content: { 'application/octet-stream': {} } },
		responses: {
			200: { description: 'Its size and SHA-256, as JSON; 201 where it is new.', content: {} },
			default: refused
		}
	},
	handler: (edge) => {
		return async (context) => {
			const { hub, limiter, slots } = edge;
			const { headers, body } = context.req.raw;
			const address = edge.addressOf(context);
			const decline = (refusal: Refusal) => {
				hub.onRefusal?.(refusal.refused);
				return answerEarly(problem(refusal, { language: languageOf(headers) }), body);
			};
			const limited = await limiter.byAddress(address);
			if (limited) return decline(limited);
			const ticket = await ticketIn(edge, { query: context.req.query(), headers });
			if (isRefusal(ticket)) return decline(ticket);
			const missing = await mayAddFile(hub, ticket);
			if (missing) return decline(missing);
			if (!body) return decline(refuse('BODY_INVALID', { path: '', reason: 'missing' }));
			const release = await slots.take('upload', address);
			if (isRefusal(release)) return decline(release);
			try {
				const sha256 = await receiveFile(hub, body, ticket);
				if (isRefusal(sha256)) return await decline(sha256);
				const { actor, ...file } = ticket;
				const added = await addReleaseFile(hub, { ...file, sha256 }, actor);
				if (isRefusal(added)) return await decline(added);
				const { name, size } = added.artefact;
				const init = { status: added.isNew ? 201 : 200, headers: { 'cache-control': 'no-store' } };
				return Response.json({ name, size, sha256 }, init);
			} catch (error) {
				// The disk became full while it was written: the sender is told so, however much is on its way.
				const told = refusalOfFault(error);
				if (!told) {
					await body.cancel().catch(() => undefined);
					throw error;
				}
				return await decline(told);
			} finally {
				release();
			}
		};
	}
};

/** By a link of the hub, or by an API key of staff who say what they send. */
async function ticketIn(
	{ hub, findAsker }: RestEdge,
	{ query, headers }: { query: Record<string, string>; headers: Headers }
): Promise<Ticket | Refusal> {
	if (query.ticket !== undefined) return ticketOf(hub, query.ticket);
	const asker: Asker | undefined = await findAsker(headers);
	if (!asker) return refuse('SIGN_IN_REQUIRED', {});
	if (!mayAct(asker.vendor, 'catalog.change') || asker.limits?.readOnly)
		return refuse('NOT_PERMITTED', { action: 'release.upload' });
	const said = announced.safeParse(query);
	if (said.success) return { ...said.data, actor: asker.userId };
	const [issue] = said.error.issues;
	const path = issue?.path.join('.') ?? '';
	return refuse('BODY_INVALID', { path, reason: issue?.code ?? 'invalid' });
}
