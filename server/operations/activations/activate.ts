/**
 * One activation request, whoever brings it. Those that arrive at the same time share a transaction;
 * a push has one of its own, because its results are stored in it.
 *
 * @module
 */
import { noticeClock } from '#lib/domain/clock.ts';
import { isRefusal, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import type { VerifiedRequest } from '#lib/signing/request.ts';
import { writing } from '#server/db/writing.ts';
import { admit, readRequest, type Brought } from './admit.ts';
import { signRefusal, type Answer } from '#server/ledger/answer.ts';
import { decideTogether } from '#server/ledger/decide.ts';
import { groupCommit } from './group-commit.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';

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
	const read = await readRequest(hub, text, asker);
	if (isRefusal(read)) return read;
	const { request, returns } = read;
	const stopped = await before?.(request);
	if (stopped) return stopped;

	const notice = noticeClock(request.claims.iat, hub.now());
	const notices = notice ? [notice, ...read.notices] : [...read.notices];
	const answer = await groupOf(hub)({ request, asker, returns });
	return isRefusal(answer) ? answer : { ...answer, notices };
}

type Group = (brought: Brought) => Promise<Answer | Refusal<'RATE_LIMITED'>>;

const groups = new WeakMap<Hub, Group>();

/** A hub has one group: two would wait for each other's locks. */
function groupOf(hub: Hub): Group {
	const known = groups.get(hub);
	if (known) return known;
	const group = groupCommit((brought: readonly Brought[]) => decideGroup(hub, brought));
	groups.set(hub, group);
	return group;
}

async function decideGroup(hub: Hub, brought: readonly Brought[]): Promise<Answer[]> {
	const admitted = await admit(hub, brought);
	const asks = withoutRefusals(admitted);
	// Returns are facts, whatever becomes of the request that carries them. [SY10]
	const returns = brought.flatMap(({ returns: carried = [] }, at) =>
		isRefusal(admitted[at]) ? carried : []
	);
	const { answers, receipts } =
		asks.length + returns.length > 0
			? await writing(hub.db, (shell) => decideTogether(hub, shell, { asks, returns }))
			: { answers: [], receipts: [] };
	const answerOf = new Map(asks.map((ask, at) => [ask, answers[at]!]));
	const receiptOf = new Map(returns.map((each, at) => [each, receipts[at]!]));
	return Promise.all(
		admitted.map(async (ask, at) => {
			if (!isRefusal(ask)) return answerOf.get(ask)!;
			const { request, returns: carried = [] } = brought[at]!;
			const { jti } = request.claims;
			const token = await signRefusal(hub, jti, ask);
			const answer = { request: jti, kid: hub.signer.kid, token, refusal: ask, isNew: true };
			if (carried.length === 0) return answer;
			return { ...answer, receipts: carried.map((each) => receiptOf.get(each)!) };
		})
	);
}
