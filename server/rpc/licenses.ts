/** Licenses: issued, changed and listed. */
import * as z from 'zod';
import { SLOT_LIMIT } from '#lib/domain/allotment.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { issueLicense, type IssuedLicense } from '#server/operations/licenses/issue-license.ts';
import { findLicenseById, findLicenseByNumber } from '#server/operations/licenses/find-license.ts';
import { listLicenses } from '#server/operations/licenses/list-licenses.ts';
import { moveLicense, type Moved } from '#server/operations/licenses/move-license.ts';
import { renewLicense, type Renewed } from '#server/operations/licenses/renew-license.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { restoreReports, type RestoreReports } from '#server/operations/restore/restore-reports.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { id, licenseNumber, text, instant } from './inputs.ts';
import { orThrow, routerOf, signedIn, staff } from './procedures.ts';

const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const count = z.int().min(1).max(1_000_000);
const days = z.int().min(1).max(3650);
const versions = z
	.strictObject({ from: z.int().min(0), to: z.int().min(0) })
	.refine(({ from, to }) => from <= to);

const order = z.strictObject({
	customerId: id,
	product: code,
	edition: text,
	entitlements: z.array(code).max(64),
	seats: count,
	clients: count.optional(),
	versions,
	maintainedUntil: instant.optional(),
	expiresAt: instant.optional(),
	fileDays: days.optional(),
	virtualMachines: z.boolean(),
	givenFingerprints: z.boolean(),
	matches: z.int().min(1).max(5),
	graceMinutes: z.int().min(0).max(525_600),
	returnsPerYear: z.int().min(0).max(1000).optional(),
	replacementsPerYear: z.int().min(0).max(1_000_000).optional(),
	coolDays: z.int().min(0).max(3650).optional()
});

const renewal = z.strictObject({
	number: licenseNumber,
	edition: text.optional(),
	entitlements: z.array(code).max(64).optional(),
	seats: count.optional(),
	clients: count.optional(),
	versions: versions.optional(),
	// `null` takes the end away.
	maintainedUntil: instant.nullable().optional(),
	expiresAt: instant.nullable().optional()
});

const deskPolicy = z.strictObject({
	number: licenseNumber,
	deskSeats: z.int().min(0).max(SLOT_LIMIT).optional(),
	offlineShare: z.int().min(0).optional(),
	allotmentDays: days.optional(),
	drawDays: days.optional()
});

/** A change that staff make to one license, named by its id, and that says nothing back. */
function changing(change: typeof unfreezeLicense) {
	return staff
		.input(z.strictObject({ licenseId: id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			const which = orThrow(await findLicenseById(hub, input.licenseId, asker));
			await change(hub, which, asker.userId);
			return null;
		});
}

export const licenseRouter = routerOf({
	issue: staff
		.input(order)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<IssuedLicense> =>
			orThrow(await issueLicense(hub, input, asker.userId))
		),
	suspend: changing(suspendLicense),
	resume: changing(resumeLicense),
	unfreeze: changing(unfreezeLicense),
	move: staff
		.input(z.strictObject({ number: licenseNumber, customerId: id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<Moved> => {
			const which = orThrow(await findLicenseByNumber(hub, input.number, asker));
			return orThrow(await moveLicense(hub, which, input.customerId, asker.userId));
		}),
	renew: staff.input(renewal).mutation(async ({ ctx: { hub, asker }, input }): Promise<Renewed> => {
		const { number, ...changes } = input;
		const which = orThrow(await findLicenseByNumber(hub, number, asker));
		return orThrow(await renewLicense(hub, which, changes, asker.userId));
	}),
	allotments: signedIn
		.input(deskPolicy)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			const { number, ...policy } = input;
			const which = orThrow(await findLicenseByNumber(hub, number, asker));
			orThrow(await setDeskPolicy(hub, which, { policy, asker }));
			return null;
		}),
	reports: staff.query(({ ctx }): Promise<RestoreReports> => restoreReports(ctx.hub)),
	list: signedIn.query(({ ctx }): Promise<LicenseRow[]> => listLicenses(ctx.hub, ctx.asker))
});
