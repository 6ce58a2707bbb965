/** A desk's outbox goes out, and its mirror comes in. [SY2, SY4] */
import * as z from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import type { Command } from '#lib/protocol/commands.ts';
import type { KeysPage, PullPage } from '#lib/protocol/pull.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import { TOKEN_LENGTH_LIMIT } from '#lib/formats/jws.ts';
import { PUSH_COMMAND_LIMIT } from '#lib/formats/push.ts';
import { notePull } from '#server/operations/devices/note-use.ts';
import { pullKeys } from '#server/operations/pull/pull-keys.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { push } from '#server/operations/push/push.ts';
import { pushSigned } from '#server/operations/push/push-signed.ts';
import { noteReport } from '#server/operations/restore/restore-reports.ts';
import { id, instant } from './inputs.ts';
import { orThrow, routerOf, signedIn } from './procedures.ts';
import { RefusalError } from './refusal-error.ts';

const command = z.strictObject({
	id,
	outbox: id,
	n: z.int().min(1),
	type: z.string().max(64),
	version: z.int().min(1),
	// Each type's own arguments are read where it is known: an unknown type is a refusal, not a fault.
	args: z.record(z.string(), z.unknown()),
	hash: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
	dependsOn: z.int().min(1).optional(),
	createdAt: instant
});

/** A desk asks for keys of so many customers at once, at most. */
const KEYS_CUSTOMER_LIMIT = 1000;

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

export const syncRouter = routerOf({
	push: signedIn
		.input(
			z.union([
				z.strictObject({ body: z.string(), push: z.string().max(TOKEN_LENGTH_LIMIT) }),
				// Protocol 1, not signed: taken for outboxes without a key. [SY9]
				z.strictObject({ outbox: id, commands: z.array(command).min(1).max(PUSH_COMMAND_LIMIT) })
			])
		)
		.mutation(async ({ ctx: { hub, asker, charge }, input }): Promise<PushReply> => {
			// An outbox speaks with all rights of its person, whoever relays it: no key with less has one.
			if (asker.limits) throw new RefusalError(refuse('NOT_PERMITTED', { action: 'sync.push' }));
			if ('body' in input) return orThrow(await pushSigned(hub, input, { asker, charge }));
			const stopped = await charge?.(input.commands.length);
			if (stopped) throw new RefusalError(stopped);
			// Sound: types and arguments that are not known are refused one by one.
			const commands = input.commands as unknown as Command[];
			return orThrow(await push(hub, { outbox: input.outbox, commands }, asker));
		}),
	pull: signedIn
		.input(
			z.strictObject({
				cursor: cursor.optional(),
				count: z.boolean().optional(),
				outbox: id.optional(),
				keysApart: z.boolean().optional(),
				keysLater: z.boolean().optional(),
				rowsAlike: z.boolean().optional()
			})
		)
		.query(async ({ ctx: { hub, asker }, input }): Promise<PullPage> => {
			await noteReport(hub, input, asker);
			const deskEnded = await notePull(hub, input.outbox, asker);
			const page = await pull(hub, input.cursor, asker, input);
			return deskEnded === undefined ? page : { ...page, deskEnded };
		}),
	keys: signedIn
		.input(
			z.strictObject({
				customerIds: z.array(z.string().max(64)).max(KEYS_CUSTOMER_LIMIT),
				after: z.string().max(128).optional(),
				alike: z.boolean().optional()
			})
		)
		.query(({ ctx: { hub, asker }, input }): Promise<KeysPage> => pullKeys(hub, input, asker))
});
