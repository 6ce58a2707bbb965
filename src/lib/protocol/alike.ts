/**
 * Rows that are much alike, said once and then only by what each has for itself: licenses of a customer
 * differ in little but their numbers, and so they are sent and stored in a quarter of the bytes. [SY4]
 *
 * @module
 */

export type Alike<R> = {
	/** What a row has that says nothing else. */
	like: Partial<R>;
	/** What each row says else. */
	rows: Own<R>[];
};

/** `null`: it has nothing there, though others do. No row has a `null` of its own. */
export type Own<R> = { [Name in keyof R]?: R[Name] | null };

/** Rows in their order, told by what the first and the last of them have in common. */
export function alike<R extends object>(rows: readonly R[]): Alike<R> {
	const like = common(rows[0] ?? {}, rows.at(-1) ?? {});
	return { like, rows: rows.map((row) => ownOf(row, like)) };
}

/** Customer by customer: what rows of one have in common is much. */
export function alikeByCustomer<R extends { customerId: string }>(rows: readonly R[]): Alike<R>[] {
	return [...Map.groupBy(rows, ({ customerId }) => customerId).values()].map((some) => alike(some));
}

/** The rows again, as they were. What they have in common is there once, and theirs together. */
export function rowsOf<R extends object>({ like, rows }: Alike<R>): R[] {
	return rows.map((own) => {
		const row: Record<string, unknown> = { ...like, ...own };
		for (const name in own) if (own[name] === null) row[name] = undefined;
		// Sound: what was told are whole rows.
		return row as R;
	});
}

function common<R extends object>(one: Partial<R>, other: Partial<R>): Partial<R> {
	const both: Partial<R> = {};
	for (const name in one)
		if (one[name] !== undefined && isSame(one[name], other[name])) both[name] = one[name];
	return both;
}

function ownOf<R extends object>(row: R, like: Partial<R>): Own<R> {
	const own: Own<R> = {};
	for (const name in row)
		if (row[name] !== undefined && !isSame(row[name], like[name])) own[name] = row[name];
	for (const name in like) if (row[name] === undefined) own[name] = null;
	return own;
}

/** Values of rows are what JSON can say, and those of one name of one kind. */
function isSame(one: unknown, other: unknown): boolean {
	if (one === other) return true;
	if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
	const names = Object.keys(one);
	const values = one as Record<string, unknown>;
	const others = other as Record<string, unknown>;
	return (
		names.length === Object.keys(other).length &&
		names.every((name) => isSame(values[name], others[name]))
	);
}
