/**
 * The licenses of a site server: seen, asked for, brought in, given back. [ST4]
 *
 * @module
 */
import * as z from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import { decodeBase64url } from '#lib/formats/base64url.ts';
import type { SiteFile, SiteGetting, SiteLicenses, SiteTaken } from '#lib/protocol/site.ts';
import { id, text } from '#server/rpc/inputs.ts';
import { orThrow } from '#server/rpc/procedures.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import { giveSeatBack, listSiteLicenses, takeBrought } from '#server/site/unlock/licenses.ts';
import {
	findSiteRequest,
	makeSiteRequest,
	sendRequest,
	type MadeSiteRequest
} from '#server/site/unlock/requests.ts';
import { admin, siteRouterOf } from './procedures.ts';
import { hubAddress } from './settings.ts';

/** A license key is some kilobytes. */
const KEY_LIMIT = 32_768;
const FILES = 5_000;

const asked = z.strictObject({
	key: z.string().min(1).max(KEY_LIMIT),
	name: text,
	organization: text.optional()
});

const brought = z.strictObject({
	files: z.array(z.strictObject({ name: z.string().max(1000), data: z.base64url() })).max(FILES)
});

export const license = siteRouterOf({
	list: admin.query(({ ctx }): Promise<SiteLicenses> => listSiteLicenses(ctx.site)),
	request: admin
		.input(asked)
		.mutation(async ({ ctx, input }): Promise<MadeSiteRequest> =>
			orThrow(await makeSiteRequest(ctx.site, input))
		),
	requestFile: admin
		.input(z.strictObject({ request: id }))
		.query(({ ctx, input }): SiteFile => orThrow(findSiteRequest(ctx.site, input.request))),
	load: admin.input(brought).mutation(({ ctx, input }): Promise<SiteTaken[]> =>
		takeBrought(
			ctx.site,
			input.files.map(({ name, data }) => ({
				name,
				bytes: decodeBase64url(data) ?? new Uint8Array()
			}))
		)
	),
	giveBack: admin
		.input(z.strictObject({ activation: id }))
		.mutation(async ({ ctx, input }): Promise<SiteFile> =>
			orThrow(await giveSeatBack(ctx.site, input.activation))
		),
	send: admin
		.input(z.strictObject({ request: id }))
		.mutation(async ({ ctx, input }): Promise<SiteTaken[]> => {
			const hub = ctx.site.settings.read('hub');
			if (hub === '')
				throw new RefusalError(refuse('BODY_INVALID', { path: 'hub', reason: 'missing' }));
			return orThrow(await sendRequest(ctx.site, { ...input, hub }));
		}),
	get: admin
		.input(z.strictObject({ hub: hubAddress }))
		.mutation(async ({ ctx, input }): Promise<SiteGetting> =>
			orThrow(await ctx.admin.getting.start(input.hub))
		),
	getting: admin.query(({ ctx }): SiteGetting => ctx.admin.getting.state()),
	stopGetting: admin.mutation(({ ctx }): null => {
		ctx.admin.getting.stop();
		return null;
	})
});
