/**
 * What this machine holds, offline: each file verified again, what waits, and what was refused. [K5]
 *
 * @module
 */
import { doubtClock } from '#lib/domain/machines/clock.ts';
import { judgeEntitlement, type SinceTable } from '#lib/domain/licenses/entitlement.ts';
import { opensUntil, trialDaysOf, upgradeOf } from '#lib/domain/licenses/license.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { noticeGrace, type TrustState } from '#lib/domain/machines/verification.ts';
import { readFiles, type TokenFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { judgeSigned, readActivation } from '../verify.ts';
import type { HeldLease } from './client/held-lease.ts';
import { keptActivations, madeRequests } from './kept.ts';
import type { LoadWishes } from './load.ts';
import { readReceipt } from './receipts.ts';
import { givenBack } from './returns.ts';
import { readKept, readRequestNote, type MachineState } from './state.ts';
import { readTrust } from './trust.ts';

export type LicenseStatus = {
	state:
		| 'active'
		/** Given back and locked; the return is under way until its receipt is loaded. [MA4] */
		| 'returning'
		| 'returned'
		| 'expired'
		| 'retired'
		| 'other-machine'
		| 'not-usable';
	/** Why it is not active. */
	reason?: Refusal;
	/** Of a seat that cools after its return: when it is free at the latest. [SE5] */
	coolsUntil?: number;
	number: string;
	product: string;
	title: string;
	edition: string;
	entitlements: string[];
	/** Those of them that this version of the product does not have yet, each with the one it needs. [P7] */
	needsVersion?: Record<string, string>;
	versions: { from: number; to: number };
	/** Of the whole license; known where the request was made with the license key. */
	seats?: number;
	clients?: number;
	maintainedUntil?: number;
	expiresAt?: number;
	/** Where it opens longer than until `expiresAt`, with a warning: until when. [GR1] */
	worksUntil?: number;
	/** It has ended and still opens: what to say to people. [GR1] */
	grace?: Refusal<'ACTIVATION_IN_GRACE'>;
	/** A trial: so many days from the first activation of the license. [TR1] */
	trialDays?: number;
	/** Number of the license for newer versions, once a file has named it. [UP1] */
	upgradedTo?: string;
	/** Where activated: the machine's label, and for whom. */
	label?: string;
	organization?: string;
	name: string;
	activation: string;
	generation: number;
	signedAt: number;
	/** The hub that signed. */
	issuer: string;
	contact: string;
};

/** With `since` and `version`, entitlements are compared with the product's version. [P7] */
export type StatusWishes = LoadWishes & { since?: SinceTable };

export type WaitingRequest = {
	request: string;
	number: string;
	label?: string;
	name: string;
	title?: string;
	product?: string;
	madeAt: number;
};

export type RefusedRequest = WaitingRequest & {
	code: string;
	facts: Claims['refusal']['facts'];
	refusedAt: number;
};

export type Status = {
	machine: Machine;
	licenses: LicenseStatus[];
	/** Requests whose answer has not come back. */
	waiting: WaitingRequest[];
	/** Requests that the hub refused and that nothing newer has overtaken. [O11] */
	refused: RefusedRequest[];
	/**
	 * The newest that this machine has seen a hub sign: a time that has certainly passed. A snapshot
	 * brings an older one back, so whoever keeps it elsewhere can tell. Absent before the first file.
	 */
	lastSeen?: Seconds;
	/** The clock is behind what was last seen: it was set back, or came back with a snapshot. [CL1] */
	notice?: Refusal<'CLOCK_BEHIND'>;
	/** Where the licensing type is a site server: `licenses` are those on it. */
	server?: ServerStatus;
};

/** The site server that counts this client, as it last said. [K5] */
export type ServerStatus = {
	/** It answered just now; else all this is from memory. */
	reachable: boolean;
	/** Why not. */
	reason?: Refusal;
	address?: string;
	name?: string;
	/** Of the site server itself, and of the product on it. */
	version?: string;
	productVersion?: string;
	/** Clients that work now, of all that may. */
	inUse?: number;
	clients?: number;
	lease?: HeldLease;
	/** Seconds for which work may go on if the server is not heard of again. */
	left?: number;
};

/** @param wishes - With `product`, only what is of that product. */
export async function readStatus(state: MachineState, wishes: StatusWishes): Promise<Status> {
	const { product } = wishes;
	const ours = keptActivations(state).filter(
		({ activation }) => product === undefined || activation.prd === product
	);
	const licenses: LicenseStatus[] = [];
	for (const { file } of ours) {
		const license = await licenseStatus(state, file, wishes);
		if (license) licenses.push(license);
	}
	// What came after a return is shown instead of it.
	const isOver = ({ state, number }: LicenseStatus) =>
		state === 'returned' &&
		licenses.some((other) => other.number === number && other.state !== 'returned');
	const refusals = await readRefusals(state, wishes);
	const open = madeRequests(state)
		.filter((request) => !isAnswered(state, request, ours))
		.map((request) => describeRequest(state, request))
		.filter((request) => product === undefined || (request.product ?? product) === product);
	// Files teach as well as what is kept of them, where only a part of the folder came back.
	const lastSeen = Math.max(
		readTrust(state).trustedAt,
		...licenses.map(({ signedAt }) => signedAt)
	);
	return {
		machine: state.machine,
		licenses: licenses.filter((license) => !isOver(license)),
		waiting: open.filter(({ request }) => !refusals.has(request)),
		refused: open.flatMap((request) => {
			const refusal = refusals.get(request.request);
			return refusal
				? [{ ...request, code: refusal.code, facts: refusal.facts, refusedAt: refusal.iat }]
				: [];
		}),
		lastSeen: lastSeen || undefined,
		notice: doubtClock(wishes.now, lastSeen)
	};
}

/** `undefined` for what is not signed by a hub of these roots: another vendor's, or a forgery. */
async function licenseStatus(
	state: MachineState,
	file: TokenFile,
	{ roots, ...wishes }: StatusWishes
): Promise<LicenseStatus | undefined> {
	const signed = await readActivation(file, { roots, state: readTrust(state) });
	if (isRefusal(signed)) return undefined;
	const { activation } = signed;
	const returned = givenBack(state);
	const circumstances = { ...wishes, machine: state.machine, state: signed.state, returned };
	const back = returned.get(activation.act);
	const reason = back
		? refuse('ACTIVATION_RETURNED', back)
		: await judgeSigned(signed, circumstances);
	const receipt = back?.settled ? await readReceipt(state, activation.act, roots) : undefined;
	return {
		...describeActivation(activation, { reason, ...wishes, state: signed.state }),
		coolsUntil: typeof receipt?.freed === 'number' ? receipt.freed : undefined,
		seats: readRequestNote(state, activation.req).seats
	};
}

/**
 * What a file says of its license.
 *
 * @param here - `reason`: why it opens nothing here; the time, and what is known of it.
 */
export function describeActivation(
	activation: Claims['activation'],
	{
		reason,
		version,
		since,
		...time
	}: { reason?: Refusal; version?: string; since?: SinceTable; now: Seconds; state: TrustState }
): LicenseStatus {
	return {
		state: stateOf(reason),
		reason,
		number: activation.num,
		product: activation.prd,
		title: activation.title,
		edition: activation.ed,
		entitlements: activation.ent,
		needsVersion: needsVersion(activation.ent, { version, since }),
		versions: activation.ver,
		clients: activation.clients,
		maintainedUntil: activation.mnt,
		expiresAt: activation.exp,
		...graceIn(activation, reason ? undefined : time),
		trialDays: trialDaysOf(activation),
		upgradedTo: upgradeOf(activation),
		label: activation.label,
		organization: activation.org,
		name: activation.name,
		activation: activation.act,
		generation: activation.gen,
		signedAt: activation.iat,
		issuer: activation.iss,
		contact: activation.contact
	};
}

/** @param time - Absent where it opens nothing anyway. */
function graceIn(
	activation: Claims['activation'],
	time: Parameters<typeof noticeGrace>[1] | undefined
): Pick<LicenseStatus, 'worksUntil' | 'grace'> {
	const worksUntil = opensUntil(activation);
	if (worksUntil === activation.exp) return {};
	return { worksUntil, grace: time && noticeGrace(activation, time) };
}

function needsVersion(
	entitlements: readonly string[],
	here: { version?: string; since?: SinceTable }
): Record<string, string> | undefined {
	const later = entitlements.flatMap((entitlement): [string, string][] => {
		const refusal = judgeEntitlement(entitlements, { entitlement, ...here });
		return refusal?.refused === 'ENTITLEMENT_NEEDS_VERSION'
			? [[entitlement, refusal.facts.since]]
			: [];
	});
	return later.length > 0 ? Object.fromEntries(later) : undefined;
}

function stateOf(reason: Refusal | undefined): LicenseStatus['state'] {
	if (!reason) return 'active';
	if (reason.refused === 'ACTIVATION_RETURNED')
		return reason.facts.settled ? 'returned' : 'returning';
	if (reason.refused === 'ACTIVATION_EXPIRED') return 'expired';
	if (reason.refused === 'ACTIVATION_RETIRED') return 'retired';
	return reason.refused === 'FINGERPRINT_MISMATCH' ? 'other-machine' : 'not-usable';
}

/** Answered by its own file, or overtaken by that of a later request. */
function isAnswered(
	state: MachineState,
	{ jti, num }: Claims['activation-request'],
	held: ReturnType<typeof keptActivations>
): boolean {
	return held.some(
		({ activation }) => activation.num === num && !isBefore(state, activation.req, jti)
	);
}

/** By the order in which they were made here; ids sort by a clock, which may have been wrong. */
function isBefore(state: MachineState, jti: string, other: string): boolean {
	const [a, b] = [jti, other].map((each) => readRequestNote(state, each).order);
	return a === undefined || b === undefined ? jti < other : a < b;
}

async function readRefusals(
	state: MachineState,
	{ roots }: LoadWishes
): Promise<Map<string, Claims['refusal']>> {
	const found = new Map<string, Claims['refusal']>();
	for (const file of readKept(state, 'refusals').flatMap(readFiles)) {
		if (isRefusal(file) || file.body.type !== 'refusal') continue;
		const verified = await verifyFile(file, { roots, voided: readTrust(state).voided });
		if (isRefusal(verified)) continue;
		// Sound: the type of the body was compared before.
		const claims = verified.body.claims as Claims['refusal'];
		found.set(claims.req, claims);
	}
	return found;
}

function describeRequest(
	state: MachineState,
	{ jti, num, label, name, iat }: Claims['activation-request']
): WaitingRequest {
	const { title, product } = readRequestNote(state, jti);
	return { request: jti, number: num, label, name, title, product, madeAt: iat };
}
