/**
 * An asked switch, before any lock is taken: whose license it is about, whether its author may, and
 * whether the catalog leaves the entitlement to customers. [P7]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isSwitchValue } from '#lib/domain/licenses/switch.ts';
import { products } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import { actorOf, may, type Asker, type Hub } from '#server/hub/hub.ts';
import { findLicenseById } from './find-license.ts';
import type { PlacedSwitch } from './switch-entitlements.ts';

/** @param args - Of a command, as it came. */
export async function placeSwitch(
	hub: Hub,
	{ id, args }: { id: string; args: object },
	asker: Asker | undefined
): Promise<PlacedSwitch | Refusal> {
	if (!asker) return refuse('SIGN_IN_REQUIRED', {});
	const said = new Map<string, unknown>(Object.entries(args));
	const named = ['license', 'entitlement', 'value', 'was'].map((name) => said.get(name));
	const [license, entitlement, value, was] = named;
	const after = said.has('after') ? said.get('after') : '';
	if (typeof license !== 'string') return invalid('license', 'missing');
	if (typeof entitlement !== 'string') return invalid('entitlement', 'missing');
	if (!isSwitchValue(value)) return invalid('value', 'on_or_off');
	if (!isSwitchValue(was)) return invalid('was', 'on_or_off');
	if (typeof after !== 'string') return invalid('after', 'text');
	const found = await findLicenseById(hub, license, asker);
	if (isRefusal(found)) return found;
	const { customerId, licenseId } = found;
	if (!may(asker, 'license.allow', customerId))
		return refuse('NOT_PERMITTED', { action: 'license.allow' });
	const isSwitchable = await isLeftToCustomers(hub, { ...found, entitlement });
	const change = { entitlement, value, was, after, isSwitchable };
	return { kind: 'switch', customerId, licenseId, actor: actorOf(asker), id, ...change };
}

async function isLeftToCustomers(
	{ db }: Hub,
	which: { customerId: string; licenseId: string; entitlement: string }
): Promise<boolean> {
	const { customerId, licenseId, entitlement } = which;
	const [found] = await db
		.select({ entitlements: products.entitlements })
		.from(licenses)
		.innerJoin(products, eq(products.slug, licenses.product))
		.where(and(eq(licenses.customerId, customerId), eq(licenses.licenseId, licenseId)));
	return found?.entitlements.some((each) => each.code === entitlement && each.switch) ?? false;
}

function invalid(name: string, reason: string): Refusal<'BODY_INVALID'> {
	return refuse('BODY_INVALID', { path: `args.${name}`, reason });
}
