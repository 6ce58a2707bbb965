/**
 * What the requests of a machine say of it beside its fingerprint: kept as they say it, for people. Nothing
 * is decided by it. [P11]
 *
 * @module
 */

export type MachineSaid = {
	/** Where it stands, as the request says. */
	site?: string;
	/** Its system. */
	os?: string;
	/** The product's version. */
	pv?: string;
};

/** @returns `null` where a request says nothing of these. */
export function saidIn({ site, os, pv }: MachineSaid): MachineSaid | null {
	const said: MachineSaid = {
		...(site !== undefined && { site }),
		...(os !== undefined && { os }),
		...(pv !== undefined && { pv })
	};
	return Object.keys(said).length > 0 ? said : null;
}

/** The later words replace the earlier; what they leave out stays. */
export function saidSince(
	earlier: MachineSaid | null | undefined,
	later: MachineSaid | null | undefined
): MachineSaid | null {
	return earlier || later ? { ...earlier, ...later } : null;
}
