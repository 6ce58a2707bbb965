/**
 * A ledger that throws at one row, as a bug of the hub would.
 *
 * @module
 */
import { sql } from 'drizzle-orm';
import type { Store } from '#server/db/store.ts';

/** While `work` runs, no row with this value in this column can be inserted. */
export async function withPoison<T>(
	{ db }: Store,
	{ table, column, value }: { table: string; column: string; value: string },
	work: () => Promise<T>
): Promise<T> {
	const [on, of] = [sql.identifier(table), sql.identifier(column)];
	const poison = sql.identifier(`poison_${table}`);
	await db.execute(sql`
		create function ${poison}() returns trigger language plpgsql as $$ begin
			if new.${of} = ${sql.raw(`'${value}'`)} then raise exception 'poison'; end if;
			return new;
		end $$`);
	await db.execute(sql`
		create trigger ${poison} before insert on ${on} for each row execute function ${poison}()`);
	try {
		return await work();
	} finally {
		await db.execute(sql`drop trigger ${poison} on ${on}`);
		await db.execute(sql`drop function ${poison}`);
	}
}
