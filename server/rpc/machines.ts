/** Machines, and the seats of a license that they hold. */
import * as z from 'zod';
import { MOST_RETIREMENTS } from '#lib/domain/giving-back.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import {
	forecastRetirements,
	type RetirementForecast
} from '#server/operations/activations/forecast-retirements.ts';
import { retireMachine, type Retired } from '#server/operations/activations/retire-machine.ts';
import { listSeats } from '#server/operations/activations/list-seats.ts';
import { findLicenseById } from '#server/operations/licenses/find-license.ts';
import { id, text } from './inputs.ts';
import { orThrow, routerOf, signedIn } from './procedures.ts';

const act = z.string().regex(/^[A-Za-z0-9._-]{1,80}$/);

export const machineRouter = routerOf({
	forecast: signedIn
		.input(z.strictObject({ acts: z.array(act).min(1).max(MOST_RETIREMENTS) }))
		.query(async ({ ctx, input }): Promise<RetirementForecast> =>
			orThrow(await forecastRetirements(ctx.hub, input.acts, ctx.asker))
		),
	retire: signedIn
		.input(z.strictObject({ act, reason: text }))
		.mutation(async ({ ctx, input }): Promise<Retired> =>
			orThrow(await retireMachine(ctx.hub, input, ctx.asker))
		)
});

export const activationRouter = routerOf({
	seats: signedIn
		.input(z.strictObject({ licenseId: id }))
		.query(async ({ ctx, input }): Promise<ActivationRow[]> =>
			listSeats(ctx.hub, orThrow(await findLicenseById(ctx.hub, input.licenseId, ctx.asker)))
		)
});
