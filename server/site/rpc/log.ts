/** The connection log: read as it grows, downloaded, and what is written at all. [LG1] */
import * as z from 'zod';
import { refuse } from '#lib/domain/refusal.ts';
import type { SiteLog } from '#lib/protocol/site-console.ts';
import { RefusalError } from '#server/rpc/refusal-error.ts';
import { logLevels } from '#server/site/log/entry.ts';
import { admin, siteRouterOf } from './procedures.ts';

const question = z.strictObject({
	search: z.string().min(1).max(200).optional(),
	with: z.enum(['client', 'hub']).optional(),
	level: z.literal('error').optional(),
	mark: z.string().max(10_000).optional(),
	limit: z.int().min(1).max(1000).default(200)
});

const choice = z.strictObject({
	level: z.enum(logLevels),
	names: z.boolean(),
	megabytes: z.int().min(1).max(10_000),
	days: z.int().min(1).max(3650)
});

export const log = siteRouterOf({
	read: admin.input(question).query(async ({ ctx: { site }, input }): Promise<SiteLog> => {
		const { settings } = site;
		const { entries: lines, mark, more } = await site.log.read(input);
		return {
			lines,
			mark,
			more,
			choice: {
				level: settings.read('log'),
				names: settings.read('logNames'),
				megabytes: settings.read('logMegabytes'),
				days: settings.read('logDays')
			},
			folder: site.log.folder,
			files: await site.log.files(),
			lost: site.log.lost()
		};
	}),
	piece: admin
		.input(z.strictObject({ name: z.string().max(100), from: z.int().min(0) }))
		.query(async ({ ctx: { site }, input }): Promise<{ text: string; next?: number }> => {
			const piece = await site.log.piece(input.name, input.from);
			if (piece) return piece;
			throw new RefusalError(refuse('NOT_FOUND', { what: 'file' }));
		}),
	choose: admin.input(choice).mutation(async ({ ctx: { site }, input }): Promise<null> => {
		await Promise.all([
			site.settings.write('log', input.level),
			site.settings.write('logNames', input.names),
			site.settings.write('logMegabytes', input.megabytes),
			site.settings.write('logDays', input.days)
		]);
		return null;
	})
});
