/** Licenses: issued, changed and listed. */
import * as z from 'zod';
import { SLOT_LIMIT } from '#lib/domain/seats/allotment.ts';
import { GRACE_LIMIT } from '#lib/domain/licenses/license.ts';
import type { LicenseHistory } from '#lib/protocol/audit.ts';
import type { LicenseRow } from '#lib/protocol/rows.ts';
import type { SeatHistory } from '#lib/protocol/seat-history.ts';
import { licenseHistory } from '#server/operations/audit/license-history.ts';
import { setDeskPolicy } from '#server/operations/allotments/desk-policy.ts';
import { allowEntitlement, type Allowed } from '#server/operations/licenses/allow-entitlement.ts';
import { issueLicense, type IssuedLicense } from '#server/operations/licenses/issue-license.ts';
import { findLicenseById, findLicenseByNumber } from '#server/operations/licenses/find-license.ts';
import { importLicenses, type RowOutcome } from '#server/operations/licenses/import-licenses.ts';
import {
	listLicenses,
	showLicense,
	type LicensePage
} from '#server/operations/licenses/list-licenses.ts';
import { moveLicense, type Moved } from '#server/operations/licenses/move-license.ts';
import { renewLicense, type Renewed } from '#server/operations/licenses/renew-license.ts';
import { seatHistory } from '#server/operations/licenses/seat-history.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { upgradeLicense, type Upgraded } from '#server/operations/licenses/upgrade-license.ts';
import { restoreReports, type RestoreReports } from '#server/operations/restore/restore-reports.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { amount, code, days, end, id, importOf, licenseNumber, text, versions } from './inputs.ts';
import { orThrow, routerOf, signedIn, vendorMay } from './procedures.ts';

const order = z.strictObject({
	customerId: id,
	product: code,
	edition: text,
	entitlements: z.array(code).max(64),
	seats: amount,
	clients: amount.optional(),
	versions,
	maintainedUntil: end.optional(),
	expiresAt: end.optional(),
	trialDays: days.optional(),
	fileDays: days.optional(),
	virtualMachines: z.boolean(),
	givenFingerprints: z.boolean(),
	matches: z.int().min(1).max(5),
	graceMinutes: z.int().min(0).max(525_600),
	graceDays: z.int().min(1).max(GRACE_LIMIT).optional(),
	returnsPerYear: z.int().min(0).max(1000).optional(),
	replacementsPerYear: z.int().min(0).max(1_000_000).optional(),
	coolDays: z.int().min(0).max(3650).optional()
});

/** A trial ends by its first activation alone. */
const soundOrder = order.refine(({ trialDays, expiresAt }) => !(trialDays && expiresAt), {
	path: ['expiresAt']
});

const renewal = z.strictObject({
	number: licenseNumber,
	edition: text.optional(),
	entitlements: z.array(code).max(64).optional(),
	seats: amount.optional(),
	clients: amount.optional(),
	versions: versions.optional(),
	// `null` takes the end away.
	maintainedUntil: end.nullable().optional(),
	expiresAt: end.nullable().optional(),
	// 0 takes it away.
	graceDays: z.int().min(0).max(GRACE_LIMIT).optional()
});

const onOrOff = z.enum(['on', 'off']);

const allowed = z.strictObject({
	number: licenseNumber,
	entitlement: code,
	value: onOrOff,
	// What the asker saw, and the change that left it so.
	was: onOrOff,
	after: z.string().max(64)
});

const upgrade = renewal.extend({ versions });

const importedLicense = z.strictObject({
	reference: text,
	customer: text,
	product: code,
	versions,
	edition: text,
	entitlements: z.array(code).max(64),
	seats: amount,
	clients: amount.optional(),
	maintainedUntil: end.optional(),
	expiresAt: end.optional()
});

const licenseQuestion = z.strictObject({
	search: text.optional(),
	customerId: id.optional(),
	forSiteServers: z.boolean().optional(),
	after: id.optional(),
	limit: z.int().min(1).max(500).optional()
});

const deskPolicy = z.strictObject({
	number: licenseNumber,
	deskSeats: z.int().min(0).max(SLOT_LIMIT).optional(),
	offlineShare: z.int().min(0).optional(),
	allotmentDays: days.optional(),
	drawDays: days.optional()
});

const changeLicenses = vendorMay('license.change');

/** A change that staff make to one license, named by its id, and that says nothing back. */
function changing(change: typeof unfreezeLicense) {
	return changeLicenses
		.input(z.strictObject({ licenseId: id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			const which = orThrow(await findLicenseById(hub, input.licenseId, asker));
			await change(hub, which, asker.userId);
			return null;
		});
}

export const licenseRouter = routerOf({
	issue: changeLicenses
		.input(soundOrder)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<IssuedLicense> =>
			orThrow(await issueLicense(hub, input, asker.userId))
		),
	suspend: changing(suspendLicense),
	resume: changing(resumeLicense),
	unfreeze: changing(unfreezeLicense),
	move: changeLicenses
		.input(z.strictObject({ number: licenseNumber, customerId: id }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<Moved> => {
			const which = orThrow(await findLicenseByNumber(hub, input.number, asker));
			return orThrow(await moveLicense(hub, which, input.customerId, asker.userId));
		}),
	renew: changeLicenses
		.input(renewal)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<Renewed> => {
			const { number, ...changes } = input;
			const which = orThrow(await findLicenseByNumber(hub, number, asker));
			return orThrow(await renewLicense(hub, which, changes, asker.userId));
		}),
	import: changeLicenses
		.input(importOf(importedLicense))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<RowOutcome[]> =>
			orThrow(await importLicenses(hub, input, asker.userId))
		),
	allow: signedIn
		.input(allowed)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<Allowed> => {
			const { number, ...change } = input;
			const { licenseId } = orThrow(await findLicenseByNumber(hub, number, asker));
			return orThrow(await allowEntitlement(hub, { licenseId, ...change }, asker));
		}),
	upgrade: changeLicenses
		.input(upgrade)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<Upgraded> => {
			const { number, ...wishes } = input;
			const which = orThrow(await findLicenseByNumber(hub, number, asker));
			return orThrow(await upgradeLicense(hub, which, wishes, asker.userId));
		}),
	allotments: signedIn
		.input(deskPolicy)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			const { number, ...policy } = input;
			const which = orThrow(await findLicenseByNumber(hub, number, asker));
			orThrow(await setDeskPolicy(hub, which, { policy, asker }));
			return null;
		}),
	reports: changeLicenses.query(({ ctx }): Promise<RestoreReports> => restoreReports(ctx.hub)),
	find: signedIn
		.input(z.strictObject({ number: licenseNumber }))
		.query(async ({ ctx: { hub, asker }, input }): Promise<LicenseRow> => {
			const which = orThrow(await findLicenseByNumber(hub, input.number, asker));
			return showLicense(hub, which, asker);
		}),
	history: signedIn
		.input(z.strictObject({ licenseId: id, before: z.int().min(1).optional() }))
		.query(async ({ ctx: { hub, asker }, input }): Promise<LicenseHistory> => {
			const which = orThrow(await findLicenseById(hub, input.licenseId, asker));
			return licenseHistory(hub.db, which, input.before);
		}),
	seatHistory: signedIn
		.input(z.strictObject({ customerIds: z.array(id).min(1).max(100) }))
		.query(async ({ ctx, input }): Promise<SeatHistory> =>
			orThrow(await seatHistory(ctx.hub, input.customerIds, ctx.asker))
		),
	list: signedIn
		.input(licenseQuestion)
		.query(({ ctx, input }): Promise<LicensePage> => listLicenses(ctx.hub, input, ctx.asker))
});
