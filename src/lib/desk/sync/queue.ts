/**
 * What is unsent and what came back as a conflict, for people: nothing of it is ever dropped, so it can
 * always be counted and seen. [SY3, SY8]
 *
 * @module
 */
import type { TextChange } from '#lib/domain/licenses/change.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { CommandType } from '#lib/protocol/commands.ts';
import { strict } from '#lib/desk/store/database.ts';
import { mirroredLicenses } from '#lib/desk/mirror/mirrored.ts';
import { listRequests } from '#lib/desk/requests/read-requests.ts';
import { waitingCommands } from '#lib/desk/store/outbox.ts';

/** Rows that a screen lists; the rest is counted. */
const LISTED = 50;

/** Characters of a text that are listed. */
const CLIPPED = 80;

/** One command that waits for the hub. */
export type Unsent = {
	id: string;
	type: CommandType;
	/** `jti` of the request or return that it is about, where this desk has it. */
	request?: string;
	label?: string;
	number?: string;
	/** The desk's own time. */
	createdAt: Seconds;
};

export type UnsentView = { count: number; rows: Unsent[] };

/** In the order in which it goes out. */
export async function readUnsent(): Promise<UnsentView> {
	const waiting = await waitingCommands();
	const first = waiting.slice(0, LISTED);
	const requests = await strict.requests.bulkGet(first.map(({ subject }) => subject));
	const rows = first.map((row, at): Unsent => {
		const { id, type, createdAt, args } = row;
		const asked = requests[at];
		return {
			id,
			type,
			createdAt,
			...(asked && { request: asked.jti, number: asked.number }),
			...(asked?.summary.label !== undefined && { label: asked.summary.label }),
			...('number' in args && { number: args.number }),
			// Of a changed text, what it is to be.
			...('value' in args && args.value !== '' && { label: saidBy(args).slice(0, CLIPPED) })
		};
	});
	return { count: waiting.length, rows };
}

/** Of a switch, what is switched as well. [P7] */
function saidBy(args: TextChange & { entitlement?: string }): string {
	return args.entitlement === undefined ? args.value : `${args.entitlement}: ${args.value}`;
}

/** A request that the hub refused, and for which a person here can decide what comes next. */
export type Conflict = {
	request: string;
	label?: string;
	number: string;
	refusal: Refusal;
	answeredAt?: Seconds;
};

/**
 * After these a person can do something here: wait for a seat, ask for another license, ask again. What
 * only the vendor can lift, or follows from another refusal, is no decision.
 */
const DECIDABLE: readonly string[] = [
	'SEAT_LIMIT_REACHED',
	'SLOT_CONTESTED',
	'REQUEST_ID_TAKEN',
	'DESK_ENDED',
	'COMMAND_FAILED'
];

/** Newest first. */
export async function listConflicts(): Promise<Conflict[]> {
	const rows = await listRequests();
	return rows.flatMap((row): Conflict[] => {
		const { jti: request, number, state, refusal, answeredAt, summary } = row;
		if (state !== 'refused' || !refusal || !DECIDABLE.includes(refusal.refused)) return [];
		return [{ request, label: summary.label, number, refusal, answeredAt }];
	});
}

/** A license under which nothing is granted since the hub was restored. [SY6] */
export type Frozen = { id: string; number: string; title: string; frozenAt: Seconds };

/** @returns The first of them, and what this desk holds that such a hub is brought. */
export async function readFrozen(): Promise<{ licenses: Frozen[]; held: number }> {
	const frozen = await mirroredLicenses.with('licenses.frozen', ['frozenAt']);
	const licenses = frozen.slice(0, LISTED);
	const held = licenses.length === 0 ? 0 : await countHeld();
	return {
		licenses: licenses.map(({ id, number, title, frozenAt = 0 }) => {
			return { id, number, title, frozenAt };
		}),
		held
	};
}

/** Signed files that this desk holds. */
async function countHeld(): Promise<number> {
	const kinds = ['activation', 'license', 'receipt', 'allotment'];
	const [files, keys] = await Promise.all([
		strict.files.where('kind').anyOf(kinds).count(),
		strict.keys.count()
	]);
	return files + keys;
}
