/**
 * Who may do what: one table for hub, desk and command line. [PE1]
 *
 * @module
 */

/** Each may all that those before it may. The last two belong to the vendor, and count everywhere. */
export const ranks = ['viewer', 'technician', 'manager', 'owner', 'staff', 'admin'] as const;

export type Rank = (typeof ranks)[number];

/** What somebody can be at a customer. */
export const roles = ['viewer', 'technician', 'manager', 'owner'] as const satisfies Rank[];

export type Role = (typeof roles)[number];

/** What somebody can be at the vendor. */
export const vendorRoles = ['staff', 'admin'] as const satisfies Rank[];

export type VendorRole = (typeof vendorRoles)[number];

/** The vendor as an organization: nobody's UUID, the same on every hub. Its members are the staff. */
export const VENDOR_ID = '00000000-0000-7000-8000-000000000000';

/** The least rank that may. */
const least = {
	'customer.read': 'viewer',

	'activation.request': 'technician',
	'allotment.reserve': 'technician',
	'text.change': 'technician',

	'license.keys': 'manager',
	'license.allow': 'manager',
	'machine.retire': 'manager',
	'license.allotments': 'manager',
	'allotment.end': 'manager',
	'people.invite': 'manager',

	'people.manage': 'owner',
	'customer.contacts': 'owner',
	'license.move-own': 'owner',
	'device.end': 'owner',

	'catalog.change': 'staff',
	'customer.change': 'staff',
	'license.change': 'staff',
	'audit.read': 'staff',
	'hub-time.confirm': 'staff',
	'hub.backup': 'staff',

	'staff.manage': 'admin',
	'hub.settings': 'admin'
} as const satisfies Record<string, Rank>;

export type Action = keyof typeof least;

export const actions = Object.keys(least) as Action[];

/** What changes nothing: all that a read-only key may do. */
const reading: ReadonlySet<Action> = new Set(['customer.read', 'license.keys', 'audit.read']);

export function isReading(action: Action): boolean {
	return reading.has(action);
}

/** @param rank - `undefined` for somebody who does not belong to the customer at all. */
export function mayAct(rank: Rank | undefined, action: Action): boolean {
	return rank !== undefined && isAtLeast(rank, least[action]);
}

/**
 * Whether somebody may make another person a member in this role, or take it from them. Managers
 * look after technicians and viewers, owners after everybody; the vendor's own people are the
 * admins' alone.
 */
export function mayGive(giver: Rank | undefined, role: Rank): boolean {
	if (isVendorRole(role)) return mayAct(giver, 'staff.manage');
	if (mayAct(giver, 'people.manage')) return true;
	return mayAct(giver, 'people.invite') && !isAtLeast(role, 'manager');
}

/**
 * What somebody becomes who has proven an address of a customer, and was no member of it: nobody makes
 * themselves an owner beside others. [AT1]
 */
export function roleOfJoining(others: readonly Rank[]): Role {
	return others.includes('owner') ? 'technician' : 'owner';
}

/** An owner without whom a customer had none, or an admin without whom the vendor had none. */
export function isLastOfRank(rank: Rank, others: readonly Rank[]): boolean {
	return (rank === 'owner' || rank === 'admin') && !others.includes(rank);
}

/** Whether this is something that one can be there: at the vendor, or at a customer. */
export function isRankAt(customerId: string, rank: Rank): boolean {
	const own: readonly Rank[] = customerId === VENDOR_ID ? vendorRoles : roles;
	return own.includes(rank);
}

function isAtLeast(rank: Rank, floor: Rank): boolean {
	return ranks.indexOf(rank) >= ranks.indexOf(floor);
}

/** Who asks, as far as rights go. */
export type Standing = {
	/** What they are at the vendor. */
	vendor?: VendorRole;
	/** What they are at each customer. */
	roles: ReadonlyMap<string, Role>;
};

/** What an API key may less than whoever made it. [PE4] */
export type KeyLimits = {
	/** At most this, wherever its owner is more. */
	role?: Rank;
	/** At this customer and nowhere else. */
	customerId?: string;
	readOnly?: boolean;
};

/** What is left of a standing within the limits of a key, as both are now. [PE4] */
export function narrowStanding(
	{ vendor, roles: known }: Standing,
	{ role, customerId }: KeyLimits
): Standing {
	const within = (own: Role): Role => lowerOf(own, role ?? own) as Role;
	// One customer is no vendor: there its people are at most what its owner is.
	if (vendor !== undefined && customerId !== undefined)
		return { roles: new Map([[customerId, within('owner')]]) };
	if (vendor !== undefined) {
		const left = lowerOf(vendor, role ?? vendor);
		return isVendorRole(left) ? { vendor: left, roles: known } : { roles: new Map() };
	}
	const kept = [...known].filter(([id]) => customerId === undefined || id === customerId);
	return { roles: new Map(kept.map(([id, own]) => [id, within(own)])) };
}

/** Whether somebody may make a key that is this: at most what they are themselves. [PE4] */
export function mayLimitTo(standing: Standing, { role, customerId }: KeyLimits): boolean {
	if (customerId !== undefined && rankAt(standing, customerId) === undefined) return false;
	if (role === undefined) return true;
	const { vendor, roles: known } = standing;
	if (customerId !== undefined) {
		const own = rankAt(standing, customerId);
		return own !== undefined && !isVendorRole(role) && isAtLeast(own, role);
	}
	// Of one who is at every customer, a key for all of them is the vendor's too.
	if (vendor !== undefined) return isVendorRole(role) && isAtLeast(vendor, role);
	return [...known.values()].some((own) => isAtLeast(own, role));
}

function lowerOf(one: Rank, other: Rank): Rank {
	return isAtLeast(one, other) ? other : one;
}

function isVendorRole(rank: Rank): rank is VendorRole {
	return rank === 'staff' || rank === 'admin';
}

/** Whether somebody may end the devices of another: an owner of theirs, staff; those of staff an admin. [DV1] */
export function mayEndDevicesOf(
	asker: Standing,
	person: { isVendor: boolean; customerIds: readonly string[] }
): boolean {
	if (person.isVendor) return mayAct(asker.vendor, 'staff.manage');
	if (mayAct(asker.vendor, 'device.end')) return true;
	return person.customerIds.some((id) => mayAct(rankAt(asker, id), 'device.end'));
}

/** What somebody is to one customer; the vendor's people are what they are to all of them. */
export function rankAt({ vendor, roles: known }: Standing, customerId: string): Rank | undefined {
	return vendor ?? known.get(customerId);
}
