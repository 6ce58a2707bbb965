/** What the site guards: imported one by one, by a list, or from a database server. [RS1, RS2] */
import * as z from 'zod';
import type { LicenseHere } from '#lib/domain/site/resource.ts';
import { refuse } from '#lib/domain/refusal.ts';
import type { FoundDatabase, ListOutcome, SiteResources } from '#lib/protocol/site-console.ts';
import { orThrow } from '#server/rpc/procedures.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import { importList, importRows } from '#server/site/resources/import-list.ts';
import { licensesHere } from '#server/site/resources/licenses-here.ts';
import { listDatabases } from '#server/site/resources/list-databases.ts';
import { admin, siteRouterOf, type SiteContext } from './procedures.ts';

const number = z.string().max(64);
const cell = z.string().max(500);

const server = z.strictObject({
	host: z
		.string()
		.min(1)
		.max(253)
		.regex(/^[^\s/@]+$/u),
	port: z.int().min(1).max(65_535),
	user: z.string().min(1).max(200),
	password: z.string().max(1000),
	tls: z.boolean()
});

async function activeHere({ site }: Pick<SiteContext, 'site'>): Promise<LicenseHere[]> {
	return licensesHere(await site.licensing().active());
}

export const resources = siteRouterOf({
	list: admin.query(async ({ ctx }): Promise<SiteResources> => {
		const { resources: kept, pools } = ctx.site;
		const licenses = await activeHere(ctx);
		const active = new Set(licenses.map((license) => license.number));
		return {
			licenses,
			resources: kept.list().map((resource) => ({
				...resource,
				inUse: pools.inResource(resource.product, resource.name),
				isOpen: active.has(resource.license)
			}))
		};
	}),
	add: admin
		.input(
			z.strictObject({
				rows: z
					.array(z.strictObject({ name: cell, kind: cell.optional(), limit: cell.optional() }))
					.min(1)
					.max(5000),
				license: number
			})
		)
		.mutation(async ({ ctx, input: { rows, license } }): Promise<ListOutcome> =>
			importRows(
				ctx.site.resources,
				rows.map((cells, at) => ({ line: at + 1, cells })),
				{ licenses: await activeHere(ctx), chosen: license, now: ctx.site.now() }
			)
		),
	importList: admin
		.input(
			z.strictObject({ text: z.string().max(2_000_000), license: number, dryRun: z.boolean() })
		)
		.mutation(async ({ ctx, input: { text, license, dryRun } }): Promise<ListOutcome> =>
			orThrow(
				importList(ctx.site.resources, text, {
					licenses: await activeHere(ctx),
					chosen: license,
					dryRun,
					now: ctx.site.now()
				})
			)
		),
	databases: admin
		.input(server)
		.mutation(async ({ input }): Promise<FoundDatabase[]> => orThrow(await listDatabases(input))),
	remove: admin.input(z.strictObject({ id: z.uuid() })).mutation(({ ctx, input: { id } }): null => {
		if (ctx.site.resources.remove(id)) return null;
		throw new RefusalError(refuse('NOT_FOUND', { what: 'resource' }));
	})
});
