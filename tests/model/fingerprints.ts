/**
 * What a ledger may do with the fingerprints of its activations, told from its files and its audit.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { AuditEntry } from '#lib/domain/audit/audit.ts';
import {
	QUOTA_SPAN_SECONDS,
	replacementsAllowed,
	usualQuotas
} from '#lib/domain/seats/giving-back.ts';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import { storedClaims } from '#lib/formats/stored-token.ts';
import { draws } from '#server/db/schema/allotments.ts';
import { activationFiles, activations } from '#server/db/schema/ledger.ts';
import { SEATS, type World } from './world.ts';

/**
 * A fingerprint changes as a replacement and no other way, and a draw joins what says the very same
 * components. [MA5]
 *
 * @param entries - The whole audit of the world's customer.
 */
export async function checkFingerprints(
	world: World,
	entries: readonly AuditEntry[]
): Promise<void> {
	const { db } = world.hub.store;
	const { customerId } = world.licenses[0]!;
	const files = await db
		.select()
		.from(activationFiles)
		.where(eq(activationFiles.customerId, customerId))
		.orderBy(activationFiles.gen);
	const drawn = await db.select().from(draws).where(eq(draws.customerId, customerId));
	const rows = await db.select().from(activations).where(eq(activations.customerId, customerId));
	const replaced = entries.filter(({ facts }) => facts.replaced === true);
	const newest = new Map<string, string>();

	for (const { act, gen, token } of files) {
		const said = fingerprintOf(token);
		const isReplacement = replaced.some(
			({ subject, facts }) => subject === act && facts.gen === gen
		);
		const isOwnDraw = drawn.some((draw) => draw.token === token && draw.drawnAct === act);
		const known = world.fingerprints.get(act) ?? new Set();
		if (known.size === 0 || isReplacement || isOwnDraw) known.add(said);
		world.fingerprints.set(act, known);
		expect(known, `generation ${gen} of ${act}`).toContain(said);
		if (isReplacement || !newest.has(act)) newest.set(act, said);
	}
	for (const { act, fp } of rows) {
		// What a backup has forgotten comes back in any order.
		if (world.isRestored) expect(world.fingerprints.get(act), act).toContain(textOf(fp));
		else expect(textOf(fp), act).toBe(newest.get(act));
	}
	for (const { act, drawnAct, token } of drawn)
		if (act !== drawnAct)
			expect(world.fingerprints.get(act), `${drawnAct} counts as ${act}`).toContain(
				fingerprintOf(token)
			);
	checkQuota(entries);
}

/** No change is counted where the quota was spent before, by other changes or by retired machines. [SE6] */
function checkQuota(entries: readonly AuditEntry[]): void {
	const spent = entries.filter(
		({ action, facts }) =>
			facts.replaced === true || (action === 'activation.retired' && facts.freed === true)
	);
	const allowed = replacementsAllowed({ seats: SEATS, quotas: usualQuotas });
	for (const each of spent.filter(({ facts }) => facts.replaced === true)) {
		const before = spent.filter(
			({ n, at, facts }) =>
				n < each.n && at > each.at - QUOTA_SPAN_SECONDS && facts.license === each.facts.license
		);
		expect(before.length, `replacements before ${each.n}`).toBeLessThan(allowed);
	}
}

function fingerprintOf(token: string): string {
	return textOf(storedClaims('activation', token).fp);
}

function textOf(fp: Fingerprint): string {
	const { mac, ...others } = fp;
	return JSON.stringify(Object.entries({ ...others, mac: mac?.toSorted().join() }).sort());
}
