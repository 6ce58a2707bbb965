/** How products were used here, and the signed report of it. [US1, US2] */
import * as z from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import { USAGE_HOURS_LIMIT } from '#lib/formats/tokens.ts';
import type { SiteUsage } from '#lib/protocol/site-console.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import { writeReport } from '#server/site/usage/report.ts';
import { poolsOf } from './pools.ts';
import { admin, siteRouterOf } from './procedures.ts';

/** Hours since 1970. */
const hour = z.int().min(1).max(10_000_000);

const span = { from: hour, to: hour };

const isSpan = ({ from, to }: { from: number; to: number }) =>
	from < to && to - from <= USAGE_HOURS_LIMIT;

export const usage = siteRouterOf({
	hours: admin
		.input(z.strictObject(span).refine(isSpan))
		.query(({ ctx: { site }, input }): SiteUsage => ({
			pools: poolsOf(site),
			hours: site.usage.hours(input)
		})),
	report: admin
		.input(z.strictObject({ product: z.string().max(64), ...span }).refine(isSpan))
		.mutation(async ({ ctx: { site }, input }): Promise<{ file: string }> => {
			const { product, from, to } = input;
			const pool = site.pools.summary().find((each) => each.product === product);
			const [activationFile] = pool?.files ?? [];
			if (!pool || activationFile === undefined)
				throw new RefusalError(refuse('NO_SERVER_LICENSE', { product }));
			const hours = site.usage.hours({ from, to }).filter((each) => each.product === product);
			const file = await writeReport(site.folder, {
				site: site.name(),
				activationFile,
				clients: pool.clients,
				hours,
				span: { from, to },
				now: site.now()
			});
			return { file };
		})
});
