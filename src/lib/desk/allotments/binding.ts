/**
 * Binding a slot of an allotment to a machine: the step that decides, before anything is signed. [AL2]
 *
 * It is one strict transaction, and transactions that write the same table run one after the other,
 * so two tabs never bind one slot.
 *
 * @module
 */
import { decideDraw, type BoundSlot } from '#lib/domain/seats/allotment.ts';
import { doubtClock } from '#lib/domain/machines/clock.ts';
import { judgeVersion } from '#lib/domain/licenses/license.ts';
import { judgeFingerprint, recognizeMachine } from '#lib/domain/machines/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { claimsOfDraw } from '#lib/signing/draw.ts';
import type { VerifiedRequest } from '#lib/signing/request.ts';
import { judgeCounts } from './allotments.ts';
import { readState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import { rememberDrawn } from './drawn-count.ts';
import {
	mirroredActivations,
	mirroredLicenses,
	mirroredRowTables
} from '#lib/desk/mirror/mirrored.ts';
import type { DrawRow, OwnAllotmentRow } from '#lib/desk/store/desk-rows.ts';
import { chainTrust } from '#lib/desk/hub/trust.ts';

/**
 * Judges a request by the terms of an allotment of its license, and binds a slot to its machine.
 *
 * @param given - `act`s whose return the request carries along. [MA4]
 */
export async function bindSlot(
	request: VerifiedRequest,
	given: readonly string[]
): Promise<DrawRow | Refusal> {
	// Whatever is not about the database is worked out before the transaction: it would end it.
	const { claims } = request;
	const clock = deskNow();
	const trusted = (await readState('trust'))?.trustedAt ?? 0;
	const broken = await findBroken(claims.num);
	const jti = uuidv7();
	const row = await strict.transaction(
		'rw',
		[
			strict.draws,
			strict.ownAllotments,
			strict.allotments,
			...mirroredRowTables(strict),
			strict.requests
		],
		async () => {
			const before = await strict.draws.where('request').equals(claims.jti).first();
			if (before) {
				const isSpent = given.includes(before.claims.act) || (await isGone(before.claims.act));
				return isSpent ? refuse('REQUEST_SPENT', { request: claims.jti }) : before;
			}
			const doubt = doubtClock(clock, trusted) ?? (await judgeMirrored(claims.num));
			if (doubt) return doubt;
			let first: Refusal | undefined;
			for (const block of await listBlocks(claims)) {
				const { own, draws } = block;
				const mirrored = await strict.allotments.get(own.id);
				const draw =
					broken.get(own.id) ??
					judgeCounts(own, { all: draws, mirrored }) ??
					judgeRequest(own.claims, claims) ??
					decideDraw({
						allotment: {
							id: own.id,
							max: own.claims.max,
							state: own.state,
							issueUntil: own.claims.exp,
							terms: own.claims
						},
						bound: await boundSlots(draws, given),
						request: { id: claims.jti, fp: claims.fp },
						policy: own.claims.pol,
						now: Math.max(clock, trusted)
					});
				if (isRefusal(draw)) {
					first ??= draw;
					continue;
				}
				const { slot, gen, fp } = draw;
				const bound: DrawRow = {
					id: `${own.id}.${slot}.${gen}`,
					allotment: own.id,
					request: claims.jti,
					state: 'bound',
					claims: claimsOfDraw(own.claims, request, { jti, slot, gen, fp }),
					boundAt: clock
				};
				// What exists is never replaced: the transaction fails instead.
				await strict.draws.add(bound);
				return bound;
			}
			return first ?? refuse('ALLOTMENT_NOT_FOUND', { allotment: claims.num });
		}
	);
	if (isRefusal(row)) return row;
	const count = await strict.draws.where('allotment').equals(row.allotment).count();
	rememberDrawn(row.allotment, count);
	return row;
}

type Block = { own: OwnAllotmentRow; draws: DrawRow[] };

/** Where this machine was drawn before, so that it keeps its slot; then what has slots left. */
async function listBlocks({ num, fp }: Claims['activation-request']): Promise<Block[]> {
	const blocks: (Block & { rank: number })[] = [];
	for (const own of await strict.ownAllotments.where('number').equals(num).toArray()) {
		const draws = await strict.draws.where('allotment').equals(own.id).toArray();
		const machines = draws.map(({ claims }) => claims);
		const isKnown = recognizeMachine(fp, machines, own.claims.pol) !== undefined;
		const slots = new Set(machines.map(({ slot }) => slot)).size;
		const isRoomy = own.state === 'open' && slots < own.claims.max;
		blocks.push({ own, draws, rank: isKnown ? 0 : isRoomy ? 1 : 2 });
	}
	return blocks.sort((a, b) => a.rank - b.rank || a.own.claims.exp - b.own.claims.exp);
}

/** The newest of each slot. A machine that gave its seat back has no claim to its slot any more. */
async function boundSlots(draws: readonly DrawRow[], given: readonly string[]) {
	const newest = new Map<number, BoundSlot>();
	for (const { claims, request } of draws) {
		const { slot = 0, gen, fp, label, act } = claims;
		if ((newest.get(slot)?.gen ?? 0) > gen) continue;
		const isOver = given.includes(act) || (await isGone(act));
		newest.set(slot, { slot, gen, fp: isOver ? {} : fp, request, label });
	}
	return [...newest.values()];
}

/** Its seat was given back or its machine retired, as far as this desk knows. */
async function isGone(act: string): Promise<boolean> {
	const standing = await mirroredActivations.get(act);
	if (standing) return standing.state !== 'active';
	const returns = strict.requests.filter(
		({ kind, summary }) => kind === 'return' && summary.act === act
	);
	return (await returns.count()) > 0;
}

/** Expiry needs no look: an allotment never outlives its license. [AL3] */
async function judgeMirrored(number: string): Promise<Refusal<'LICENSE_SUSPENDED'> | undefined> {
	const [license] = await mirroredLicenses.with('licenses.number', [number]);
	if (license?.suspendedAt === undefined) return undefined;
	return refuse('LICENSE_SUSPENDED', { number, contact: license.contact });
}

function judgeRequest(
	terms: Claims['allotment'],
	{ fp, vm, pv }: Claims['activation-request']
): Refusal | undefined {
	const { num: number, contact, pol: policy } = terms;
	return (
		(pv === undefined ? undefined : judgeVersion(terms, pv)) ??
		judgeFingerprint({ fp, vm }, { policy, number, contact })
	);
}

/** Allotments whose chain holds no more, because a root voided the hub key, and those of lost keys. */
async function findBroken(number: string): Promise<ReadonlyMap<string, Refusal>> {
	const trust = await chainTrust();
	const broken = new Map<string, Refusal>();
	for (const row of await strict.ownAllotments.where('number').equals(number).toArray()) {
		const { id: allotment, text, jkt } = row;
		const file = readFile(text);
		const verified = isRefusal(file) ? file : await verifyFile(file, trust);
		if (isRefusal(verified)) broken.set(allotment, verified);
		else if ((await strict.deskKeys.where('jkt').equals(jkt).count()) === 0)
			broken.set(allotment, refuse('ALLOTMENT_NOT_FOUND', { allotment }));
	}
	return broken;
}
