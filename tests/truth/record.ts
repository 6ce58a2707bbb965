/**
 * What a page said, and what its store held, over time. [DK1]
 *
 * @module
 */

/** A line of text, and while it could be seen. Times are milliseconds since 1970. */
export type Line = { text: string; path: string; from: number; until: number };

/** What the desk's database held from one moment on, until the next. */
export type Store = {
	at: number;
	isSignedIn: boolean;
	/** As `readKnowledge` says it, told anew from the raw rows. */
	known: 'device' | 'part' | 'whole';
	/** A round has been completed. */
	hasSynced: boolean;
	requests: number;
	/** Commands that the hub has not settled. */
	waiting: number;
	keys: number;
	allotments: number;
	/** All of each license that a search could find, in small letters, by its id. */
	licenses: ReadonlyMap<string, string>;
	/** Licenses with a machine. */
	activated: ReadonlySet<string>;
	machines: ReadonlySet<string>;
	suspended: number;
	/** Expired, suspended or over the limit. */
	troubled: number;
	seats: number;
	active: number;
	/** Procedures that the hub has answered on this page. */
	answered: ReadonlySet<string>;
};

export type TruthRecord = { lines: readonly Line[]; stores: readonly Store[] };

/** One thing that a screen may say, and when it is so. */
export type Claim = {
	/** Where its words stand in `src/lib/messages/en`. */
	key: string;
	says: RegExp;
	holds: (store: Store, said: { words: readonly string[]; path: string }) => boolean;
};

export type Lie = { key: string; text: string; path: string; at: number; store: Store | undefined };

/**
 * What was said while it was not so.
 *
 * @param lagMs - For so long a screen may still say what was so: it follows its store, and never runs
 * ahead of it.
 */
export function findLies(
	{ lines, stores }: TruthRecord,
	claims: readonly Claim[],
	{ lagMs }: { lagMs: number }
): Lie[] {
	return lines.flatMap((line) =>
		claims.flatMap((claim) => {
			const words = claim.says.exec(line.text)?.slice(1);
			if (!words) return [];
			const said = { words, path: line.path };
			const isSo = (at: number) =>
				storesWithin(stores, at - lagMs, at).some((store) => claim.holds(store, said));
			const moments = [line.from, ...stores.map(({ at }) => at), line.until];
			const at = moments.find((each) => each >= line.from && each <= line.until && !isSo(each));
			if (at === undefined) return [];
			const { text, path } = line;
			return [{ key: claim.key, text, path, at, store: storesWithin(stores, at, at).at(-1) }];
		})
	);
}

/** What was so at the first of two moments, and all that was so until the second. */
function storesWithin(stores: readonly Store[], from: number, until: number): Store[] {
	const first = stores.findLastIndex(({ at }) => at <= from);
	return stores.slice(Math.max(0, first)).filter(({ at }) => at <= until);
}
