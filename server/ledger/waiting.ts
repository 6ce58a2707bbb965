/**
 * A request that waits for a seat, as the ledger knows it: it starts, and stops, in the transaction
 * that decides it. [RE1]
 *
 * @module
 */
import type { AuditNote } from '#lib/domain/audit/audit.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { waitingEnd } from '#lib/domain/seats/waiting.ts';
import type { RequestAnswer } from '#server/ledger/held/answer.ts';
import type { PlacedRequest } from '#server/ledger/held/ask.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';
import {
	isSameRefusal,
	refuseRequest,
	rememberAnswer,
	retell,
	storedAnswer,
	type KnownRequest
} from '#server/ledger/held/remember-answer.ts';

type Asked = { asked: PlacedRequest; before: KnownRequest | undefined };

/** From now on it is granted by itself. Asked again, it keeps its place. */
export async function startWaiting(
	ledger: Ledger,
	{ asked, before, refusal }: Asked & { refusal: Refusal }
): Promise<RequestAnswer> {
	const { licenseId, actor } = asked;
	const { claims, jkt, text } = asked.request;
	const { jti: request } = claims;
	if (before?.state === 'waiting') {
		retell(ledger, request);
		return { ...storedAnswer(before), standing: 'waiting' };
	}
	const isSame = before?.refusal && isSameRefusal(before.refusal, refusal);
	const answer = isSame ? storedAnswer(before) : await refuseRequest(ledger, request, refusal);
	const since = ledger.hub.now();
	rememberAnswer(ledger, {
		request,
		licenseId,
		state: 'waiting',
		jkt,
		act: null,
		refusal: answer.refusal ?? null,
		kid: answer.kid,
		token: answer.token,
		decidedAt: since
	});
	const until = waitingEnd(since);
	const { customerId } = ledger;
	ledger.joining.push({ customerId, request, licenseId, token: text, actor, since, until });
	note(ledger, { actor, action: 'request.waiting', request, licenseId, until });
	return { ...answer, standing: 'waiting' };
}

/** What no longer waits is withdrawn all the same; what was granted meanwhile stays granted. */
export async function withdraw(ledger: Ledger, { asked, before }: Asked): Promise<RequestAnswer> {
	const { jti: request } = asked.request.claims;
	if (!before) return refuseRequest(ledger, request, refuse('REQUEST_UNKNOWN', { request }));
	if (before.state === 'waiting')
		stopWaiting(ledger, { ...asked, request, action: 'request.withdrawn' });
	return { ...storedAnswer(before), standing: 'withdrawn' };
}

/** It is refused again, as it was before it waited. */
export function stopWaiting(
	ledger: Ledger,
	{
		request,
		licenseId,
		actor,
		action
	}: {
		request: string;
		licenseId: string;
		actor: string;
		action: 'request.withdrawn' | 'request.expired';
	}
): void {
	rememberAnswer(ledger, { ...ledger.requests.get(request)!, state: 'refused' });
	note(ledger, { actor, action, request, licenseId });
}

function note(
	{ hub, notes }: Ledger,
	{
		actor,
		action,
		request: subject,
		licenseId: license,
		until
	}: Pick<AuditNote, 'actor' | 'action'> & { request: string; licenseId: string; until?: number }
): void {
	notes.push({ at: hub.now(), actor, action, subject, facts: { license, until } });
}
