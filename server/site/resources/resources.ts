/**
 * The resources of a site, and what they are opened under. [RS1, RS2]
 *
 * @module
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Seconds } from '#lib/domain/time.ts';
import type { NewResource } from '#lib/domain/site/resource.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';

export type Resource = NewResource & { id: string; addedAt: Seconds };

export type Resources = ReturnType<typeof openResources>;

/** `other`: the name is taken by a resource of another license. */
export type Added = 'imported' | 'known' | 'other';

type Row = {
	id: string;
	product: string;
	name: string;
	kind: string;
	customer: string;
	license: string;
	client_limit: number | null;
	added_at: number;
};

/** All of them are in memory: claims ask for them. The table is written before the memory is. */
export function openResources(db: DatabaseSync) {
	// Sound: the columns of the table, which is strict.
	const rows = db.prepare('SELECT * FROM resources').all() as unknown as Row[];
	const byName = new Map(rows.map((row) => [keyOf(row.product, row.name), resourceOf(row)]));
	const insert = db.prepare(
		'INSERT INTO resources (id, product, name, kind, customer, license, client_limit, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
	);
	const update = db.prepare('UPDATE resources SET kind = ?, client_limit = ? WHERE id = ?');
	const remove = db.prepare('DELETE FROM resources WHERE id = ?');

	return {
		find: (product: string, name: string): Resource | undefined => byName.get(keyOf(product, name)),
		byId: (id: string): Resource | undefined =>
			[...byName.values()].find((resource) => resource.id === id),

		/** By product and name. */
		list: (product?: string): Resource[] =>
			[...byName.values()]
				.filter((resource) => product === undefined || resource.product === product)
				.sort((a, b) => order(a.product, b.product) || order(a.name, b.name)),

		/** All in one transaction. The same again changes nothing but its kind and limit. */
		add(wanted: readonly NewResource[], now: Seconds): Added[] {
			const made: Resource[] = [];
			const outcome = transaction(db, () =>
				wanted.map((resource): Added => {
					const { product, name, kind, customer, license, limit } = resource;
					const known =
						byName.get(keyOf(product, name)) ??
						made.find((each) => each.product === product && each.name === name);
					if (known && known.license !== license) return 'other';
					const kept = known ?? { ...resource, id: uuidv7(), addedAt: now };
					made.push({ ...resource, id: kept.id, addedAt: kept.addedAt });
					if (known) update.run(kind, limit ?? null, kept.id);
					else insert.run(kept.id, product, name, kind, customer, license, limit ?? null, now);
					return known ? 'known' : 'imported';
				})
			);
			for (const resource of made) byName.set(keyOf(resource.product, resource.name), resource);
			return outcome;
		},

		remove(id: string): Resource | undefined {
			const found = [...byName.values()].find((resource) => resource.id === id);
			if (!found) return undefined;
			remove.run(id);
			byName.delete(keyOf(found.product, found.name));
			return found;
		}
	};
}

/** Neither may hold a line break. */
function keyOf(product: string, name: string): string {
	return `${product}\n${name}`;
}

function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function resourceOf(row: Row): Resource {
	const {
		client_limit: limit,
		added_at: addedAt,
		id,
		product,
		name,
		kind,
		customer,
		license
	} = row;
	return {
		id,
		product,
		name,
		kind,
		customer,
		license,
		addedAt,
		...(limit !== null && { limit })
	};
}

function transaction<T>(db: DatabaseSync, work: () => T): T {
	db.exec('BEGIN IMMEDIATE');
	try {
		const value = work();
		db.exec('COMMIT');
		return value;
	} catch (error) {
		db.exec('ROLLBACK');
		throw error;
	}
}
