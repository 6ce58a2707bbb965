/** The hub itself: its audit, its keys, and its clock after a leap. [AU1, CL3, KE1] */
import * as z from 'zod';
import { auditNouns } from '#lib/domain/audit/audit.ts';
import { noticeKeyTerm, type EndingKey } from '#lib/domain/hub/hub-key.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { ListedAudit } from '#lib/protocol/audit.ts';
import {
	auditPage,
	keptPage,
	type AuditPage,
	type KeptPage
} from '#server/operations/audit/audit-pages.ts';
import { searchAudit } from '#server/operations/audit/search-audit.ts';
import { id, instant, text } from './inputs.ts';
import { routerOf, vendorMay } from './procedures.ts';

export const auditRouter = routerOf({
	page: vendorMay('audit.read')
		.input(z.strictObject({ customerId: id, after: z.int().min(0) }))
		.query(({ ctx, input }): Promise<AuditPage> => auditPage(ctx.hub.db, input)),
	search: vendorMay('audit.read')
		.input(
			z.strictObject({
				customerId: id,
				about: text.optional(),
				noun: z.enum(auditNouns).optional(),
				since: instant.optional(),
				until: instant.optional(),
				before: z.int().min(1).optional(),
				limit: z.int().min(1).max(500).optional()
			})
		)
		.query(({ ctx, input }): Promise<ListedAudit> => searchAudit(ctx.hub.db, input)),
	rows: vendorMay('audit.read')
		.input(
			z.strictObject({
				customerId: id,
				kind: z.enum(['activation', 'allotment']),
				after: z.string().max(64)
			})
		)
		.query(({ ctx, input }): Promise<KeptPage> => keptPage(ctx.hub.db, input))
});

export const timeRouter = routerOf({
	confirm: vendorMay('hub-time.confirm').mutation(({ ctx }) =>
		ctx.hub.confirmTime(ctx.asker.userId)
	)
});

export type ListedHubKeys = {
	/** The vendor, as files say it. */
	iss: string;
	keys: { kid: string; state: 'signs' | 'retired' | 'void'; from: Seconds; endsAt: Seconds }[];
	roots: string[];
	/** Where the end of the key that signs is near or past. [KE1] */
	ending?: EndingKey;
};

export const hubKeyRouter = routerOf({
	list: vendorMay('hub.settings').query(({ ctx: { hub } }): ListedHubKeys => ({
		iss: hub.iss,
		keys: hub.keys.map(({ kid, nbf, exp }) => ({
			kid,
			state: hub.voided.includes(kid) ? 'void' : kid === hub.signer.kid ? 'signs' : 'retired',
			from: nbf,
			endsAt: exp
		})),
		roots: [...hub.rootKids],
		ending: noticeKeyTerm(hub.signer, hub.now())
	}))
});
