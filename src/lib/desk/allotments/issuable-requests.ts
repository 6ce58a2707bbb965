/**
 * Requests on this desk that it could issue at once, from its own offline seats. [O4]
 *
 * @module
 */
import { listRequests, type RequestView } from '#lib/desk/requests/read-requests.ts';
import { listIssuable } from './allotments.ts';

/** Not answered yet, for a license of which seats are left here; the newest first. */
export async function listIssuableRequests(): Promise<RequestView[]> {
	const issuable = await listIssuable();
	if (issuable.size === 0) return [];
	return (await listRequests()).filter(
		({ kind, state, number }) =>
			!kind && (state === 'draft' || state === 'queued') && (issuable.get(number)?.left ?? 0) > 0
	);
}
