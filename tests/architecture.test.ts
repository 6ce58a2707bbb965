import { basename, dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, sourcesUnder, targetOf } from './architecture-imports.ts';
import { complaint, matches, roomOf, stairs } from './architecture-rooms.ts';
import { TABLE } from './architecture-table.ts';

const files = [...sourcesUnder('src'), ...sourcesUnder('server')];
const sources = files.filter((file) => !file.endsWith('.d.ts'));

describe('the rooms', () => {
	test('every folder has a row, and every row a folder', () => {
		const placed = sources.map((file) => {
			// Pages lie in folders by their address.
			if (file.startsWith('src/routes/')) return 'src/routes';
			return TABLE[file] ? file : dirname(file);
		});
		expect([...new Set(placed)].sort()).toEqual(Object.keys(TABLE).sort());
	});

	test('every import is one that the table allows', () => {
		const complaints = sources.flatMap((file) =>
			importsOf(file).map(({ specifier, typeOnly }) => complaint(file, specifier, typeOnly))
		);
		expect(complaints.filter((line) => line !== undefined)).toEqual([]);
	});

	test('no row allows what nothing in its room imports', () => {
		const used = new Map<string, Set<string>>();
		for (const file of sources) {
			const room = roomOf(file)!;
			const names = used.get(room) ?? new Set<string>();
			for (const { specifier, typeOnly } of importsOf(file)) {
				const { own, name } = targetOf(file, specifier);
				const target = own ? (roomOf(name) ?? name) : name;
				names.add(target);
				if (typeOnly) names.add(`type:${target}`);
			}
			used.set(room, names);
		}
		const unused = Object.entries(TABLE).flatMap(([room, { rooms, packages }]) =>
			[...rooms, ...packages]
				.filter((pattern) => ![...used.get(room)!].some((name) => matches(pattern, name)))
				.map((pattern) => `${room} may import ${pattern}`)
		);
		expect(unused).toEqual([]);
	});

	test('no room leads back to itself', () => {
		const left = stairs();
		// Rooms whose stairs all end are taken away until none is left, or only rooms in circles.
		for (;;) {
			const ends = [...left].filter(([, below]) => below.every((name) => !left.has(name)));
			if (ends.length === 0) break;
			for (const [room] of ends) left.delete(room);
		}
		expect([...left]).toEqual([]);
	});

	test.each([
		['src/lib/domain/seat.ts', 'zod', 'the package zod'],
		['src/lib/desk/store/outbox.ts', '#server/rpc/router.ts', 'server/rpc'],
		['src/lib/desk/store/outbox.ts', '../sync/round.ts', 'src/lib/desk/sync'],
		['src/lib/desk/hub/hub.ts', '#server/rpc/router.ts', 'server/rpc'],
		['src/lib/ui/base/Button.svelte', '#lib/desk/store/outbox.ts', 'src/lib/desk/store'],
		['server/operations/licenses/renew-license.ts', '#server/rpc/router.ts', 'server/rpc'],
		['server/ledger/open.ts', '../operations/push/push.ts', 'server/operations/push'],
		['server/db/store.ts', '#server/ledger/open.ts', 'server/ledger'],
		['server/site/leases/claim.ts', '#server/ledger/open.ts', 'server/ledger'],
		['src/lib/new/thing.ts', './other.ts', 'no row'],
		['server/operations/new/issue.ts', '#server/ledger/open.ts', 'no row'],
		['server/rpc/router.ts', '#server/site/leases/claim.ts', 'server/site/leases'],
		['server/ledger/open.ts', '#server/ledger/close.ts', 'own room by #']
	])('%s may not import %s', (file, specifier, why) => {
		expect(complaint(file, specifier, false)).toContain(why);
	});

	test('a type may come from where nothing else may', () => {
		const hub = 'src/lib/desk/hub/hub.ts';
		expect(complaint(hub, '#server/rpc/router.ts', true)).toBeUndefined();
		expect(complaint(hub, '#server/ledger/open.ts', true)).toContain('as a type');
	});
});

describe('the files', () => {
	test('no file passes on what others hold: there is no index', () => {
		expect(sources.filter((file) => /^index\./.test(basename(file)))).toEqual(
			sources
				.filter((file) => file.startsWith('src/service-worker/'))
				.filter((file) => /^index\./.test(basename(file)))
		);
	});

	test('no file is named for being of use instead of for what it holds', () => {
		const vague =
			/^(utils?|helpers?|managers?|services?|common|misc|shared)\b|-(utils?|helpers?|manager|service)\./;
		const named = [...sources, ...['tests', 'scripts', 'bench', 'examples'].flatMap(sourcesUnder)];
		expect(
			named.filter((file) => vague.test(basename(file)) && !file.includes('node_modules'))
		).toEqual([]);
		expect(named.filter((file) => /\/(utils?|helpers?|services?|common)\//.test(file))).toEqual([]);
	});
});
