/** Machines, the seats of a license that they hold, and the sites where they stand. */
import * as z from 'zod';
import { MOST_RETIREMENTS } from '#lib/domain/seats/giving-back.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import type { StickSite, StickFiles } from '#lib/protocol/stick.ts';
import {
	forecastRetirements,
	type RetirementForecast
} from '#server/operations/activations/forecast-retirements.ts';
import { retireMachine, type Retired } from '#server/operations/activations/retire-machine.ts';
import { listSeats } from '#server/operations/activations/list-seats.ts';
import { findLicenseById } from '#server/operations/licenses/find-license.ts';
import { listSites } from '#server/operations/pull/list-sites.ts';
import { stickFiles } from '#server/operations/pull/stick-files.ts';
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

export const stickRouter = routerOf({
	sites: signedIn
		.input(z.strictObject({ customerId: id }))
		.query(async ({ ctx, input }): Promise<StickSite[]> =>
			orThrow(await listSites(ctx.hub, input.customerId, ctx.asker))
		),
	files: signedIn
		.input(z.strictObject({ customerId: id, site: z.union([text, z.literal('')]) }))
		.query(async ({ ctx, input }): Promise<StickFiles> =>
			orThrow(await stickFiles(ctx.hub, input, ctx.asker))
		)
});
