/**
 * One activation request, whoever brings it.
 *
 * @module
 */
import { noticeClock } from '#lib/domain/clock.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { VerifiedRequest } from '#lib/signing/request.ts';
import { writing } from '#server/db/writing.ts';
import { admit, readRequest } from './admit.ts';
import { signRefusal, type Answer } from './answer.ts';
import { decideRequests } from './decide-requests.ts';
import type { Asker, Hub } from './hub.ts';

/** An answer, and what the hub noticed besides (a clock in the future). */
export type ActivationAnswer = Answer & { notices: Refusal[] };

/** Who brings the request, and what may stop it once it could be read. */
export type Bringing = {
	asker?: Asker;
	before?: (request: VerifiedRequest) => Promise<Refusal | undefined>;
};

/**
 * @param text - A request file or its tokens.
 * @returns A bare refusal where no request could be read; otherwise an answer, a "no" included.
 */
export async function activate(
	hub: Hub,
	text: string,
	{ asker, before }: Bringing = {}
): Promise<ActivationAnswer | Refusal> {
	const request = await readRequest(text);
	if (isRefusal(request)) return request;
	const stopped = await before?.(request);
	if (stopped) return stopped;

	const { jti, iat } = request.claims;
	const notice = noticeClock(iat, hub.now());
	const notices = notice ? [notice] : [];
	const [ask] = await admit(hub, [request], asker);
	if (!ask) throw new Error('one request, one ask');
	if (isRefusal(ask)) {
		const token = await signRefusal(hub, jti, ask);
		return { request: jti, kid: hub.signer.kid, token, refusal: ask, isNew: true, notices };
	}
	const [answer] = await writing(hub.db, (shell) => decideRequests(hub, shell, [ask]));
	if (!answer) throw new Error('one ask, one answer');
	return { ...answer, notices };
}
