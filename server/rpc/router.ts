/**
 * `/rpc`: what desks and the CLI ask of the hub.
 *
 * @module
 */
import { initTRPC, type TRPCError } from '@trpc/server';
import * as z from 'zod';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { SLOT_LIMIT } from '#lib/domain/allotment.ts';
import type { Command } from '#lib/protocol/commands.ts';
import type { PullPage } from '#lib/protocol/pull.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import type { ActivationRow, AllotmentRow, LicenseRow } from '#lib/protocol/rows.ts';
import { TOKEN_LENGTH_LIMIT } from '#lib/formats/jws.ts';
import { PUSH_COMMAND_LIMIT } from '#lib/formats/push.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import type { Adopted } from '#server/operations/restore/adopted.ts';
import { listAllotments } from '#server/operations/allotments/allotment-rows.ts';
import { auditPage, type AuditPage } from '#server/operations/audit/audit-pages.ts';
import {
	endAllotment,
	writeOffAllotment,
	type AllotmentStanding
} from '#server/operations/allotments/end-allotment.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import type { Asker, Hub } from '#server/hub/hub.ts';
import { issueLicense, type IssuedLicense } from '#server/operations/licenses/issue-license.ts';
import { findLicenseById, findLicenseByNumber } from '#server/operations/licenses/find-license.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';
import { listSeats } from '#server/operations/activations/list-seats.ts';
import { moveLicense, type Moved } from '#server/operations/licenses/move-license.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { push } from '#server/operations/push/push.ts';
import { pushSigned } from '#server/operations/push/push-signed.ts';
import { renewLicense, type Renewed } from '#server/operations/licenses/renew-license.ts';
import {
	noteReport,
	restoreReports,
	type RestoreReports
} from '#server/operations/restore/restore-reports.ts';
import { retireMachine, type Retired } from '#server/operations/activations/retire-machine.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { isDiskFull } from '#server/fault.ts';
import { RefusalError } from './refusal-error.ts';

/** What `session.me` says of a signed-in person. */
export type Me = {
	user: { id: string; email: string; name: string; staff: boolean };
	customers: { id: string; name: string; role: string }[];
};

export type RpcContext = { hub: Hub; me: Me | null; asker: Asker | undefined };

const t = initTRPC.context<RpcContext>().create({
	isDev: false,
	errorFormatter({ shape, error }) {
		const refusal = refusalOf(error);
		// A fault's own words may repeat what was sent: they stay in the log.
		const message = refusal ? refusal.refused : error.code;
		return { ...shape, message, data: { ...shape.data, refusal } };
	}
});

/** A full disk is no fault of what was asked: the same works again once there is room. */
const procedure = t.procedure.use(async ({ next }) => {
	const result = await next();
	if (!result.ok && isDiskFull(result.error))
		throw new RefusalError(refuse('HUB_STORAGE_FULL', {}), result.error);
	return result;
});

const signedIn = procedure.use(({ ctx, next }) => {
	if (!ctx.asker) throw new RefusalError(refuse('SIGN_IN_REQUIRED', {}));
	return next({ ctx: { hub: ctx.hub, asker: ctx.asker } });
});

const staff = signedIn.use(({ ctx, path, next }) => {
	if (!ctx.asker.staff) throw new RefusalError(refuse('NOT_PERMITTED', { action: path }));
	return next({ ctx });
});

const id = z.uuid();
const time = z.int().min(0);
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const act = z.string().regex(/^[A-Za-z0-9._-]{1,80}$/);
const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** One line for people, as the database can hold it. */
const text = z
	.string()
	.max(200)
	.regex(/^[^\p{Cc}\p{Cs}]+$/u);
const versions = z
	.strictObject({ from: z.int().min(0), to: z.int().min(0) })
	.refine(({ from, to }) => from <= to);

const order = z.strictObject({
	customerId: id,
	product: code,
	edition: text,
	entitlements: z.array(code).max(64),
	seats: z.int().min(1).max(1_000_000),
	clients: z.int().min(1).max(1_000_000).optional(),
	versions,
	maintainedUntil: time.optional(),
	expiresAt: time.optional(),
	fileDays: z.int().min(1).max(3650).optional(),
	virtualMachines: z.boolean(),
	givenFingerprints: z.boolean(),
	matches: z.int().min(1).max(5),
	graceMinutes: z.int().min(0).max(525_600),
	returnsPerYear: z.int().min(0).max(1000).optional(),
	replacementsPerYear: z.int().min(0).max(1_000_000).optional(),
	coolDays: z.int().min(0).max(3650).optional()
});

const renewal = z.strictObject({
	number: z.string().max(64),
	edition: text.optional(),
	entitlements: z.array(code).max(64).optional(),
	seats: z.int().min(1).max(1_000_000).optional(),
	clients: z.int().min(1).max(1_000_000).optional(),
	versions: versions.optional(),
	// `null` takes the end away.
	maintainedUntil: time.nullable().optional(),
	expiresAt: time.nullable().optional()
});

const command = z.strictObject({
	id,
	outbox: id,
	n: z.int().min(1),
	type: z.string().max(64),
	version: z.int().min(1),
	// Each type's own arguments are read where it is known: an unknown type is a refusal, not a fault.
	args: z.record(z.string(), z.unknown()),
	hash,
	dependsOn: z.int().min(1).optional(),
	createdAt: time
});

const cursor = z.strictObject({
	hubEpoch: z.string().max(64),
	customers: z.record(z.string().max(64), z.int().min(-1)),
	resets: z.record(z.string().max(64), z.int().min(0)).optional(),
	within: z
		.record(
			z.string().max(64),
			z.strictObject({
				revision: z.int().min(0),
				table: z.int().min(0).max(64),
				after: z.string().max(128)
			})
		)
		.optional(),
	keyless: z.array(z.string().max(64)).optional()
});

const whichLicense = z.strictObject({ licenseId: id });
const whichAllotment = z.strictObject({ allotment: id, reason: text });
const days = z.int().min(1).max(3650);

export const router = t.router({
	session: t.router({
		me: t.procedure.query(({ ctx }): Me | null => ctx.me)
	}),
	sync: t.router({
		push: signedIn
			.input(
				z.union([
					z.strictObject({ body: z.string(), push: z.string().max(TOKEN_LENGTH_LIMIT) }),
					// Protocol 1, not signed: taken for outboxes without a key. [SY9]
					z.strictObject({ outbox: id, commands: z.array(command).min(1).max(PUSH_COMMAND_LIMIT) })
				])
			)
			.mutation(async ({ ctx: { hub, asker }, input }): Promise<PushReply> => {
				if ('body' in input) return orThrow(await pushSigned(hub, input, asker));
				// Sound: types and arguments that are not known are refused one by one.
				const commands = input.commands as unknown as Command[];
				return orThrow(await push(hub, { outbox: input.outbox, commands }, asker));
			}),
		pull: signedIn
			.input(
				z.strictObject({
					cursor: cursor.optional(),
					count: z.boolean().optional(),
					outbox: id.optional()
				})
			)
			.query(async ({ ctx: { hub, asker }, input }): Promise<PullPage> => {
				await noteReport(hub, input, asker);
				return pull(hub, input.cursor, asker, { count: input.count });
			})
	}),
	license: t.router({
		issue: staff
			.input(order)
			.mutation(async ({ ctx, input }): Promise<IssuedLicense> =>
				orThrow(await issueLicense(ctx.hub, input, ctx.asker.userId))
			),
		suspend: staff.input(whichLicense).mutation(async ({ ctx, input }): Promise<null> => {
			await suspendLicense(
				ctx.hub,
				orThrow(await findLicenseById(ctx.hub, input.licenseId, ctx.asker)),
				ctx.asker.userId
			);
			return null;
		}),
		resume: staff.input(whichLicense).mutation(async ({ ctx, input }): Promise<null> => {
			await resumeLicense(
				ctx.hub,
				orThrow(await findLicenseById(ctx.hub, input.licenseId, ctx.asker)),
				ctx.asker.userId
			);
			return null;
		}),
		unfreeze: staff.input(whichLicense).mutation(async ({ ctx, input }): Promise<null> => {
			await unfreezeLicense(
				ctx.hub,
				orThrow(await findLicenseById(ctx.hub, input.licenseId, ctx.asker)),
				ctx.asker.userId
			);
			return null;
		}),
		move: staff
			.input(z.strictObject({ number: z.string().max(64), customerId: id }))
			.mutation(async ({ ctx: { hub, asker }, input }): Promise<Moved> => {
				const which = orThrow(await findLicenseByNumber(hub, input.number, asker));
				return orThrow(await moveLicense(hub, which, input.customerId, asker.userId));
			}),
		renew: staff.input(renewal).mutation(async ({ ctx, input }): Promise<Renewed> => {
			const { number, ...changes } = input;
			const which = orThrow(await findLicenseByNumber(ctx.hub, number, ctx.asker));
			return orThrow(await renewLicense(ctx.hub, which, changes, ctx.asker.userId));
		}),
		allotments: signedIn
			.input(
				z.strictObject({
					number: z.string().max(64),
					deskSeats: z.int().min(0).max(SLOT_LIMIT).optional(),
					allotmentDays: days.optional(),
					drawDays: days.optional()
				})
			)
			.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
				const { number, ...policy } = input;
				const which = orThrow(await findLicenseByNumber(hub, number, asker));
				const no = await setDeskPolicy(hub, which, { policy, asker });
				if (no) throw new RefusalError(no);
				return null;
			}),
		reports: staff.query(({ ctx }): Promise<RestoreReports> => restoreReports(ctx.hub)),
		list: signedIn.query(({ ctx }): Promise<LicenseRow[]> => listLicenses(ctx.hub, ctx.asker))
	}),
	allotment: t.router({
		list: signedIn.query(({ ctx }): Promise<AllotmentRow[]> => listAllotments(ctx.hub, ctx.asker)),
		end: signedIn
			.input(whichAllotment)
			.mutation(async ({ ctx, input }): Promise<AllotmentStanding> =>
				orThrow(await endAllotment(ctx.hub, input, ctx.asker))
			),
		writeOff: signedIn
			.input(whichAllotment)
			.mutation(async ({ ctx, input }): Promise<AllotmentStanding> =>
				orThrow(await writeOffAllotment(ctx.hub, input, ctx.asker))
			)
	}),
	adopt: t.router({
		files: signedIn
			.input(
				z.strictObject({
					files: z
						.array(z.string().max(128 * 1024))
						.min(1)
						.max(200)
				})
			)
			.mutation(({ ctx, input }): Promise<(Adopted | Refusal)[]> =>
				adopt(ctx.hub, input.files, ctx.asker.userId)
			)
	}),
	audit: t.router({
		page: staff
			.input(z.strictObject({ customerId: id, after: z.int().min(0) }))
			.query(({ ctx, input }): Promise<AuditPage> => auditPage(ctx.hub.db, input))
	}),
	time: t.router({
		confirm: staff.mutation(({ ctx }) => ctx.hub.confirmTime(ctx.asker.userId))
	}),
	machine: t.router({
		retire: signedIn
			.input(z.strictObject({ act, reason: text }))
			.mutation(async ({ ctx, input }): Promise<Retired> =>
				orThrow(await retireMachine(ctx.hub, input, ctx.asker))
			)
	}),
	activation: t.router({
		seats: signedIn
			.input(whichLicense)
			.query(async ({ ctx, input }): Promise<ActivationRow[]> =>
				listSeats(ctx.hub, orThrow(await findLicenseById(ctx.hub, input.licenseId, ctx.asker)))
			)
	})
});

export type Router = typeof router;

function orThrow<T>(value: T | Refusal): T {
	if (isRefusal(value)) throw new RefusalError(value);
	return value;
}

/** The refusal that an error carries; input that fits no schema is one as well. */
function refusalOf(error: TRPCError): Refusal | undefined {
	if (error instanceof RefusalError) return error.refusal;
	if (error.cause instanceof RefusalError) return error.cause.refusal;
	if (error.code === 'BAD_REQUEST' && error.cause instanceof z.core.$ZodError) {
		const [issue] = error.cause.issues;
		const path = issue?.path.join('.') ?? '';
		return refuse('BODY_INVALID', { path, reason: issue?.code ?? 'invalid' });
	}
	if (error.code === 'NOT_FOUND') return refuse('NOT_FOUND', { what: 'procedure' });
	return undefined;
}
