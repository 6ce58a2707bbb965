import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openUsage } from './usage.ts';

const migration = join(import.meta.dirname, '../../../drizzle/site/0011_usage.sql');

function emptyDatabase(): DatabaseSync {
	const db = new DatabaseSync(':memory:');
	db.exec(readFileSync(migration, 'utf8'));
	return db;
}

const hour = 500_000;

test('[US1] peak, denied and waiting are counted by the hour, and what goes on is in the next one', () => {
	const db = emptyDatabase();
	let now = hour * 3600 + 10;
	const usage = openUsage(db, () => now);
	usage.seen('atlas', { inUse: 3, waiting: 0 });
	usage.seen('atlas', { inUse: 5, waiting: 2 });
	usage.denied('atlas');
	usage.denied('atlas');
	usage.seen('atlas', { inUse: 1, waiting: 0 });
	usage.denied('delta');
	now += 2 * 3600;
	usage.seen('atlas', { inUse: 2, waiting: 0 });
	usage.seen('atlas', { inUse: 0, waiting: 0 });
	now += 3600;
	expect(usage.hours({ from: hour, to: hour + 9 })).toEqual([
		{ product: 'atlas', hour, peak: 5, denied: 2, waiting: 2 },
		{ product: 'delta', hour, peak: 0, denied: 1, waiting: 0 },
		{ product: 'atlas', hour: hour + 2, peak: 2, denied: 0, waiting: 0 }
	]);
	expect(usage.hours({ from: hour + 1, to: hour + 2 })).toEqual([]);
	usage.close();
});

test('[US1] after a restart the hour goes on', () => {
	const db = emptyDatabase();
	const now = () => hour * 3600 + 10;
	const before = openUsage(db, now);
	before.seen('atlas', { inUse: 5, waiting: 1 });
	before.denied('atlas');
	before.close();
	const after = openUsage(db, now);
	after.seen('atlas', { inUse: 2, waiting: 0 });
	after.denied('atlas');
	expect(after.hours({ from: hour, to: hour + 1 })).toEqual([
		{ product: 'atlas', hour, peak: 5, denied: 2, waiting: 1 }
	]);
	after.close();
});

test('[US1] a disk that takes nothing for hours stops no client, and no hour is lost when it does again', () => {
	const db = emptyDatabase();
	let now = hour * 3600 + 10;
	const usage = openUsage(db, () => now);
	usage.seen('atlas', { inUse: 3, waiting: 0 });
	db.exec(
		"create trigger full before insert on usage_hours begin select raise(abort, 'full'); end"
	);
	for (const inUse of [4, 2]) {
		now += 3600;
		usage.seen('atlas', { inUse, waiting: 0 });
		usage.denied('atlas');
	}
	expect(() => usage.hours({ from: hour, to: hour + 9 })).toThrow('full');
	db.exec('drop trigger full');
	expect(usage.hours({ from: hour, to: hour + 9 })).toEqual([
		{ product: 'atlas', hour, peak: 3, denied: 0, waiting: 0 },
		{ product: 'atlas', hour: hour + 1, peak: 4, denied: 1, waiting: 0 },
		{ product: 'atlas', hour: hour + 2, peak: 4, denied: 1, waiting: 0 }
	]);
	usage.close();
});
