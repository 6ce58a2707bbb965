/**
 * Who holds a lease, as whoever is one too many reads it. [LE7]
 *
 * @module
 */
export type LeaseHolder = {
	/** A pseudonym where the site hides names. */
	user: string;
	machine?: string;
	/** Both in seconds since 1970. */
	since: number;
	/** When it may be free at the latest, where it is on its way to end. */
	freeAt?: number;
};
