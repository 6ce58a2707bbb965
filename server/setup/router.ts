/**
 * The few procedures of a hub that is being set up, one after the other: of two tabs the second finds what
 * the first has done. [SU1]
 *
 * @module
 */
import { initTRPC } from '@trpc/server';
import * as z from 'zod';
import { skippableSteps } from '#lib/domain/hub/setup.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { jwkSchema } from '#lib/formats/tokens.ts';
import { languages } from '#lib/messages/words/message.ts';
import type { SetupLicense, SetupState } from '#lib/protocol/setup.ts';
import { accountEmail, amount, code, end, reach, text, versions } from '#server/rpc/inputs.ts';
import { orThrow, refusalOf } from '#server/rpc/procedures.ts';
import { refusalOfFault } from '#server/http/fault-refusal.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import { issueFirst } from './catalog.ts';
import { refuseStep, type Setup } from './setup.ts';
import { readSetupState } from './state.ts';
import {
	finishSetup,
	setAdmin,
	setKeys,
	setReach,
	settleReach,
	skipStep,
	testMail
} from './steps.ts';

export type SetupContext = { setup: Setup; inTurn: <T>(work: () => Promise<T>) => Promise<T> };

const trpc = initTRPC.context<SetupContext>().create({
	isDev: false,
	errorFormatter({ shape, error }) {
		const refusal = refusalOf(error);
		const message = refusal ? refusal.refused : error.code;
		return { ...shape, message, data: { ...shape.data, refusal } };
	}
});

const procedure = trpc.procedure.use(async ({ ctx, next }) => {
	const result = await ctx.inTurn(() => next());
	const refusal = result.ok ? undefined : refusalOfFault(result.error);
	if (refusal && !result.ok) throw new RefusalError(refusal, result.error);
	return result;
});

const admin = z.strictObject({ email: accountEmail, name: text, password: z.string().max(200) });

const token = z.string().max(8192);

const first = z.strictObject({
	product: z.strictObject({ slug: code, title: text, contact: text }),
	customer: text,
	terms: z.strictObject({
		edition: text,
		seats: amount,
		versions,
		maintainedUntil: end.optional(),
		expiresAt: end.optional()
	})
});

const done = async (refused: Promise<Refusal | undefined>): Promise<null> => {
	const refusal = await refused;
	if (refusal) throw new RefusalError(refusal);
	return null;
};

export const setupRouter = trpc.router({
	state: procedure.query(({ ctx }): Promise<SetupState> => readSetupState(ctx.setup)),
	admin: procedure.input(admin).mutation(({ ctx, input }) => done(setAdmin(ctx.setup, input))),
	reach: procedure.input(reach).mutation(({ ctx, input }) => done(setReach(ctx.setup, input))),
	settleReach: procedure.mutation(({ ctx }) => done(settleReach(ctx.setup))),
	keys: procedure
		.input(z.strictObject({ root: jwkSchema, hubKey: token, trust: token }))
		.mutation(({ ctx, input }) => done(setKeys(ctx.setup, input))),
	first: procedure
		.input(first)
		.mutation(async ({ ctx: { setup }, input }): Promise<SetupLicense> => {
			const refused = await refuseStep(setup, 'catalog');
			if (refused) throw new RefusalError(refused);
			const { hub, adminId } = await setup.hub();
			return orThrow(await issueFirst(hub, input, adminId));
		}),
	testMail: procedure
		.input(z.strictObject({ to: accountEmail, language: z.enum(languages).optional() }))
		.mutation(({ ctx, input }) => done(testMail(ctx.setup, input))),
	skip: procedure
		.input(z.enum(skippableSteps))
		.mutation(({ ctx, input }) => done(skipStep(ctx.setup, input))),
	finish: procedure.mutation(async ({ ctx }): Promise<{ address: string }> =>
		orThrow(await finishSetup(ctx.setup))
	)
});

/** All that the page of the set-up knows of the hub. */
export type SetupRouter = typeof setupRouter;
