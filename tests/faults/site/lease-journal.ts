/**
 * What clients of a site server have seen, and whether any of it is against what was promised: counted
 * from their own journals, never from what the server says of itself. [LE1, LE2]
 *
 * All times are milliseconds of one monotonic clock, that of the clients.
 *
 * @module
 */

/** What one claim came to, as its client saw it. */
export type Held = {
	client: string;
	/** Id of the lease. */
	lease: string;
	/** When the answer was there. From then on the client works. */
	from: number;
	/** When the last renewal that was granted, or the claim, was *sent*: it lives `ttl` from then at the least. */
	sent: number;
	ttl: number;
	/** When its client gave it up, before that was sent; or was told that it had ended. */
	until?: number;
	/**
	 * Refused a renewal although nobody had ended it. `at` is when the refusal was heard: the server may have
	 * come to the renewal long after it was sent, so only what is heard within the time proves a loss.
	 */
	refused?: { sent: number; at: number; code: string };
};

export type LeaseDifference = {
	/**
	 * `extra`: more at once than there are clients. `lost`: refused within its time. `double`: one client
	 * had two leases at once. `shared`: one lease was given to two clients.
	 */
	kind: 'extra' | 'lost' | 'double' | 'shared';
	about: string;
};

/** The server was ended at `down`, and not yet started again at `up`. */
export type Outage = { down: number; up: number };

/**
 * Until when a lease lives for certain: the server must have counted it for all of that time, and more.
 * A restart gives what lived before it a full `ttl`.
 */
function endOf({ sent, ttl, until = Infinity }: Held, outages: readonly Outage[]): number {
	let lives = sent + ttl;
	for (const { down, up } of outages)
		if (down >= sent && down < lives) lives = Math.max(lives, up + ttl);
	return Math.min(lives, until);
}

/** @param clients - How many the license allows at once. */
export function findLeaseDifferences(
	journal: readonly Held[],
	clients: number,
	outages: readonly Outage[] = []
): LeaseDifference[] {
	return [
		...extras(journal, { clients, outages }),
		...losses(journal, outages),
		...doubles(journal, outages),
		...shared(journal)
	];
}

/** The most that were held at once, and which one was the one too many. */
export function mostAtOnce(
	journal: readonly Held[],
	outages: readonly Outage[] = []
): { most: number; lease?: string } {
	const steps = journal
		.map((held) => ({ held, end: endOf(held, outages) }))
		.filter(({ held, end }) => end > held.from)
		.flatMap(({ held, end }) => [
			{ at: held.from, by: 1, held },
			{ at: end, by: -1, held }
		])
		// What ends at a moment makes room for what begins at it.
		.sort((one, other) => one.at - other.at || one.by - other.by);
	let [now, most] = [0, 0];
	let lease: string | undefined;
	for (const { by, held } of steps) {
		now += by;
		if (now > most) [most, lease] = [now, held.lease];
	}
	return { most, lease };
}

function extras(
	journal: readonly Held[],
	{ clients, outages }: { clients: number; outages: readonly Outage[] }
): LeaseDifference[] {
	const { most, lease = '' } = mostAtOnce(journal, outages);
	return most > clients ? [{ kind: 'extra', about: `${lease}: ${most} of ${clients}` }] : [];
}

function losses(journal: readonly Held[], outages: readonly Outage[]): LeaseDifference[] {
	return journal
		.filter((held) => held.refused && held.refused.at < endOf(held, outages))
		.map(({ lease, refused, sent }) => ({
			kind: 'lost',
			about: `${lease}: ${refused!.code} after ${Math.round(refused!.at - sent)} ms`
		}));
}

function doubles(journal: readonly Held[], outages: readonly Outage[]): LeaseDifference[] {
	return [...Map.groupBy(journal, ({ client }) => client)].flatMap(([client, own]) =>
		mostAtOnce(own, outages).most > 1 ? [{ kind: 'double' as const, about: client }] : []
	);
}

function shared(journal: readonly Held[]): LeaseDifference[] {
	return [...Map.groupBy(journal, ({ lease }) => lease)].flatMap(([lease, own]) =>
		new Set(own.map(({ client }) => client)).size > 1
			? [{ kind: 'shared' as const, about: lease }]
			: []
	);
}
