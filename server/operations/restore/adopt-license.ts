/**
 * A license key that a restored hub has forgotten, or whose secret it has lost. [SY6]
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { termsInOrder, trialDaysOf } from '#lib/domain/licenses/license.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { customers, directory } from '#server/db/schema/catalog.ts';
import { writing, type LicenseRecord, type Writing } from '#server/db/writing.ts';
import type { Hub } from '#server/hub/hub.ts';
import { addLicense, trialTerms } from '#server/ledger/add-license.ts';
import { writeLicense } from '#server/ledger/change-license.ts';
import type { Adopted, FoundKey } from './adopted.ts';

/** A license key is taken up where its license is unknown, or where its own secret was lost. */
export async function adoptLicense(
	hub: Hub,
	found: FoundKey,
	actor: string
): Promise<Adopted | Refusal> {
	const { sub: licenseId, num: number, org } = found.claims;
	const [known] = await hub.db.select().from(directory).where(eq(directory.key, licenseId));
	const customerId = known?.customerId ?? (await findCustomer(hub, org));
	if (customerId === undefined)
		return refuse('NOT_FOUND', { what: `customer ${org ?? ''}`.trim() });
	const outcome = await writing(hub.db, customerId, async (shell): Promise<Adopted['outcome']> => {
		const [license] = await shell.lockLicenses([licenseId]);
		if (!license) await takeUp(hub, shell, { found, customerId, actor });
		else if (license.frozenAt === null || !license.reissued) return 'known';
		else await takeBackKey(hub, shell, { found, license, actor });
		return 'license';
	});
	return { kind: 'license', number, outcome };
}

async function takeUp(
	hub: Hub,
	shell: Writing,
	{ found, customerId, actor }: { found: FoundKey; customerId: string; actor: string }
): Promise<void> {
	const { claims } = found;
	const { sub: licenseId, num: number, prd: product, seats } = claims;
	const at = hub.now();
	await addLicense(shell, {
		customerId,
		licenseId,
		number,
		product,
		terms: termsInOrder(claims),
		seats,
		expiresAt: claims.exp,
		...trialTerms(trialDaysOf(claims)),
		...sealed(hub, found),
		createdAt: claims.iat,
		frozenAt: at
	});
	shell.audit({
		at,
		actor,
		action: 'license.adopted',
		subject: licenseId,
		facts: { number, product, seats }
	});
}

/** What proves itself by the old key goes on to do so. [RE2] */
async function takeBackKey(
	hub: Hub,
	shell: Writing,
	{ found, license, actor }: { found: FoundKey; license: LicenseRecord; actor: string }
): Promise<void> {
	await writeLicense(hub, shell, {
		license,
		change: {
			set: { ...sealed(hub, found), reissued: false },
			note: { actor, action: 'license.reissued', facts: { kid: found.kid, found: true } }
		}
	});
}

function sealed(hub: Hub, { claims, kid, text }: FoundKey) {
	return {
		kid,
		sealedKey: hub.seal.seal(text, claims.sub),
		sealedSecret: hub.seal.seal(claims.sec, claims.sub)
	};
}

/** License keys name the organization; a customer added after the backup is added again first. */
async function findCustomer(hub: Hub, name: string | undefined): Promise<string | undefined> {
	if (name === undefined) return undefined;
	const [found] = await hub.db.select().from(customers).where(eq(customers.name, name));
	return found?.customerId;
}
