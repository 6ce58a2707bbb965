/**
 * One activation request, whoever submits it. Those that arrive at the same time share a transaction;
 * a push has one of its own, because its results are stored in it.
 *
 * @module
 */
import { noticeClock } from '#lib/domain/machines/clock.ts';
import { isRefusal, withoutRefusals, type Refusal } from '#lib/domain/refusal.ts';
import type { VerifiedRequest } from '#lib/signing/request.ts';
import { storeTrouble } from '#server/db/store-trouble.ts';
import { admit, readRequest, type SubmittedRequest } from './admit.ts';
import { signRefusal, type RequestAnswer } from '#server/ledger/held/answer.ts';
import { decideEach } from '#server/ledger/decide.ts';
import { grantSeen } from './grant-seen.ts';
import { groupCommit } from './group-commit.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';

/** An answer, and what the hub noticed besides (a clock in the future). */
export type ActivationAnswer = RequestAnswer & { notices: Refusal[] };

/** Who submits the request, and what may stop it once it could be read. */
export type SubmittedBy = {
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
	{ asker, before }: SubmittedBy = {}
): Promise<ActivationAnswer | Refusal> {
	const group = groupOf(hub);
	const isAlone = group.asking === 0;
	group.asking++;
	try {
		const read = await readRequest(hub, text, { asker, isAlone });
		if (isRefusal(read)) return read;
		const stopped = await before?.(read.request);
		if (stopped) return stopped;

		const notice = noticeClock(read.request.claims.iat, hub.now());
		const notices = notice ? [notice, ...read.notices] : [...read.notices];
		const answer = await group.decide({ ...read, asker });
		return isRefusal(answer) ? answer : { ...answer, notices };
	} finally {
		group.asking--;
	}
}

/** Decides one verified request. */
export type Decide = (submitted: SubmittedRequest) => Promise<RequestAnswer | Refusal>;

type Group = {
	decide: Decide;
	/** How many are asking, from their first byte to their answer. */
	asking: number;
};

const groups = new WeakMap<Hub, Group>();

/** A hub has one group: two would wait for each other's locks. */
function groupOf(hub: Hub): Group {
	const known = groups.get(hub);
	if (known) return known;
	const decide = groupCommit(
		(submitted: readonly SubmittedRequest[]) => decideGroup(hub, submitted),
		{ isOfStore: (error) => storeTrouble(error) !== undefined }
	);
	const group = { decide, asking: 0 };
	groups.set(hub, group);
	return group;
}

/** From now on requests of this hub are decided by `through`, which may leave them to the hub's own group. */
export function decideThrough(hub: Hub, through: (own: Decide) => Decide): void {
	const group = groupOf(hub);
	group.decide = through(group.decide);
}

async function decideGroup(
	hub: Hub,
	submitted: readonly SubmittedRequest[]
): Promise<(RequestAnswer | Refusal)[]> {
	const shortly = await grantSeen(hub, submitted);
	const left = submitted.filter((each) => !shortly.has(each));
	const answers = left.length > 0 ? await decideLong(hub, left) : [];
	const long = new Map(left.map((each, at) => [each, answers[at]!]));
	return submitted.map((each) => shortly.get(each) ?? long.get(each)!);
}

/** Under locks on what is asked of. */
async function decideLong(
	hub: Hub,
	submitted: readonly SubmittedRequest[]
): Promise<(RequestAnswer | Refusal)[]> {
	const admitted = await admit(hub, submitted);
	// Returns are facts, whatever becomes of the request that carries them. [SY10]
	const left = submitted.flatMap((each, at) => (isRefusal(admitted[at]) ? each.returns : []));
	const placed = [...withoutRefusals(admitted), ...left];
	const { answers, receipts } = await decideEach(hub, placed);
	return Promise.all(
		admitted.map(async (asked, at): Promise<RequestAnswer | Refusal> => {
			if (!isRefusal(asked)) return answers.get(asked)!;
			const ended = hub.signer.ended();
			if (ended) return ended;
			const { request, returns } = submitted[at]!;
			const carried = withoutRefusals(returns.map((each) => receipts.get(each)!));
			const { jti } = request.claims;
			return {
				request: jti,
				kid: hub.signer.kid,
				token: await signRefusal(hub, jti, asked),
				refusal: asked,
				receipts: carried.length > 0 ? carried : undefined,
				isNew: true
			};
		})
	);
}
