/**
 * Entitlements that the catalog leaves to the customer: what the vendor's list allows at most, and which
 * of it is switched on. Only what is on is in keys, files and leases. [P7]
 *
 * @module
 */
import { decideChange, type ChangedText, type TextChange } from './change.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** What somebody has switched, by code: a change whose value is `on` or `off`. Never switched: as issued, on. */
export type Switches = Readonly<Record<string, ChangedText>>;

export type SwitchValue = 'on' | 'off';

export function isSwitchValue(value: unknown): value is SwitchValue {
	return value === 'on' || value === 'off';
}

function isOff(switches: Switches, code: string): boolean {
	return Object.hasOwn(switches, code) && switches[code]?.value === 'off';
}

/** The vendor's list, of what a license carries and what is switched off of it. */
export function allowedOf(entitled: readonly string[], switches: Switches): string[] {
	const off = Object.keys(switches).filter((code) => isOff(switches, code));
	return [...new Set([...entitled, ...off])];
}

/** What a license carries where the vendor allows this list. Switches of what is gone from it are gone. */
export function applySwitches(
	allowed: readonly string[],
	switches: Switches
): { entitled: string[]; switches: Switches } {
	const left = Object.entries(switches).filter(([code]) => allowed.includes(code));
	return {
		entitled: allowed.filter((code) => !isOff(switches, code)),
		switches: Object.fromEntries(left)
	};
}

/** `author`: who asks, when, and by which command. */
export type SwitchAsk = TextChange & {
	entitlement: string;
	author: Pick<ChangedText, 'by' | 'at'> & { id: string };
};

/**
 * What a switch comes to. It names the change that it replaces as well: of two values one comes back, and
 * whoever has not seen that replaces nothing. [CH1]
 *
 * @param isSwitchable - As the catalog says now; what was switched before may always be switched back.
 */
export function decideSwitch(
	{ entitled, switches }: { entitled: readonly string[]; switches: Switches },
	{ entitlement, author, ...change }: SwitchAsk,
	isSwitchable: boolean
):
	| 'same'
	| { entitled: string[]; switches: Switches }
	| Refusal<'CHANGED_MEANWHILE' | 'ENTITLEMENT_MISSING' | 'ENTITLEMENT_FIXED'> {
	const allowed = allowedOf(entitled, switches);
	if (!allowed.includes(entitlement)) return refuse('ENTITLEMENT_MISSING', { entitlement });
	const held = Object.hasOwn(switches, entitlement) ? switches[entitlement] : undefined;
	if (!isSwitchable && held === undefined) return refuse('ENTITLEMENT_FIXED', { entitlement });
	const decision = decideChange(held, change, 'on');
	if (decision !== 'changed') return decision;
	const next = { ...switches, [entitlement]: { value: change.value, ...author } };
	return applySwitches(allowed, next);
}
