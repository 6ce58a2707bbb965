/**
 * What the admin of a site server chooses. What belongs to one page is with that page.
 *
 * @module
 */
import * as z from 'zod';
import type { ChosenSettings } from '#lib/protocol/site.ts';
import { originOf } from '#server/http/caller.ts';
import { text } from '#server/rpc/inputs.ts';
import { admin, siteRouterOf } from './procedures.ts';

export const hubAddress = z
	.string()
	.max(300)
	.refine((address) => originOf(address) === address);

const chosen = z.strictObject({
	name: text,
	hideNames: z.boolean(),
	neverContactHub: z.boolean(),
	announce: z.boolean(),
	hub: hubAddress.optional()
});

export const settings = siteRouterOf({
	read: admin.query(({ ctx: { site } }): ChosenSettings => ({
		name: site.name(),
		hideNames: site.settings.read('hideNames'),
		neverContactHub: site.settings.read('neverContactHub'),
		announce: site.settings.read('announce'),
		hub: site.settings.read('hub') || undefined
	})),
	save: admin.input(chosen).mutation(async ({ ctx, input }): Promise<null> => {
		const { settings } = ctx.site;
		await settings.write('name', input.name);
		await settings.write('hideNames', input.hideNames);
		await settings.write('neverContactHub', input.neverContactHub);
		await settings.write('announce', input.announce);
		await settings.write('hub', input.hub ?? '');
		if (input.neverContactHub) ctx.admin.getting.stop();
		return null;
	})
});
