/**
 * The rooms, and which may import which. A room is a folder, without the folders in it that have rows of
 * their own; a file belongs to the room with the longest path that begins its own. Within a room any file
 * may import any other. Rows stand from the ground up. `type:` in front of a room allows `import type` only.
 *
 * @module
 */

export type Room = {
	/** Other rooms, by path; `*` at the end stands for all that begin so. */
	rooms: string[];
	/** Packages, by name; a name that ends in `*` stands for all that begin so. */
	packages: string[];
};

/** What a test beside its file may import, over what its room may. */
export const TESTS: Room = {
	rooms: ['src/lib/domain'],
	packages: ['vitest', 'fast-check', 'node:*', 'jose', '@noble/curves']
};

/** Rooms that are one with the folders in them: pages by address, texts by language, tables by subject. */
export const WHOLE = ['src/routes', 'src/lib/messages', 'server/db'];

export const TABLE: Record<string, Room> = {
	'src/lib/domain': { rooms: [], packages: [] },
	'src/lib/protocol': { rooms: ['type:src/lib/domain'], packages: [] },
	'src/lib/search': { rooms: ['src/lib/domain', 'type:src/lib/protocol'], packages: [] },
	'src/lib/formats': {
		rooms: ['src/lib/domain', 'src/lib/protocol'],
		packages: ['zod', 'fflate']
	},
	'src/lib/signing': {
		rooms: ['src/lib/domain', 'type:src/lib/protocol', 'src/lib/formats'],
		packages: []
	},
	'src/lib/messages': { rooms: ['src/lib/domain', 'type:src/lib/protocol'], packages: [] },

	'src/lib/sdk': { rooms: ['src/lib/domain', 'src/lib/formats', 'src/lib/signing'], packages: [] },
	'src/lib/sdk/node/sources': { rooms: ['type:src/lib/domain'], packages: ['node:*'] },
	'src/lib/sdk/node': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/sdk',
			'src/lib/sdk/node/sources'
		],
		packages: ['node:*']
	},

	'src/lib/desk/store': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'type:src/lib/search',
			'src/lib/formats',
			'src/lib/signing'
		],
		packages: ['dexie', 'svelte']
	},
	'src/lib/desk/hub': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'type:src/lib/signing',
			'src/lib/desk/store',
			'type:server/rpc'
		],
		packages: ['@trpc/client']
	},
	'src/lib/desk/files': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/hub'
		],
		packages: []
	},
	'src/lib/desk/sync': {
		rooms: [
			'src/lib/domain',
			'src/lib/protocol',
			'src/lib/search',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/requests'
		],
		packages: ['dexie']
	},
	'src/lib/desk/import': {
		rooms: [
			'src/lib/domain',
			'src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/hub',
			'src/lib/desk/files'
		],
		packages: []
	},
	'src/lib/desk/requests': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/hub',
			'src/lib/desk/files'
		],
		packages: []
	},
	'src/lib/desk/licenses': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/search',
			'src/lib/formats',
			'src/lib/desk/store',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/requests'
		],
		packages: ['svelte']
	},
	'src/lib/desk/allotments': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/licenses'
		],
		packages: []
	},

	'src/lib/ui/base': {
		rooms: ['src/lib/domain', 'src/lib/messages'],
		packages: ['barcode-detector', 'svelte', 'uqr', 'zxing-wasm', '~icons/*']
	},
	'src/lib/ui/shell': {
		rooms: ['src/lib/messages', 'src/lib/ui/base'],
		packages: ['svelte', 'tinykeys', '~icons/*']
	},
	'src/lib/ui/sync': {
		rooms: ['type:src/lib/domain', 'type:src/lib/messages', 'src/lib/ui/base'],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/import': {
		rooms: ['src/lib/domain', 'src/lib/messages', 'src/lib/ui/base'],
		packages: ['~icons/*']
	},
	'src/lib/ui/allotment': {
		rooms: ['src/lib/domain', 'src/lib/messages', 'src/lib/ui/base'],
		packages: ['~icons/*']
	},
	'src/lib/ui/request': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/allotment'
		],
		packages: ['~icons/*']
	},
	'src/lib/ui/license': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/search',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/shell',
			'src/lib/ui/allotment'
		],
		packages: ['svelte', 'virtua', '~icons/*']
	},
	'src/routes': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/search',
			'src/lib/messages',
			'src/lib/desk/*',
			'src/lib/ui/*'
		],
		packages: ['$app/*', 'svelte', '~icons/*']
	},
	'src/hooks.client.ts': { rooms: [], packages: [] },
	'src/service-worker': { rooms: [], packages: ['$service-worker', 'workbox-*'] },

	'server/fault.ts': { rooms: [], packages: [] },
	'server/db': {
		rooms: ['src/lib/domain', 'type:src/lib/protocol', 'server/fault.ts'],
		packages: ['node:*', 'drizzle-orm', 'pg', '@electric-sql/pglite']
	},
	'server/keys': {
		rooms: ['src/lib/domain', 'src/lib/formats', 'src/lib/signing', 'server/fault.ts'],
		packages: ['node:*', '@peculiar/x509', 'reflect-metadata']
	},
	'server/auth': {
		rooms: ['src/lib/formats', 'server/db'],
		packages: ['node:*', 'better-auth', '@better-auth/*', 'drizzle-orm']
	},
	'server/hub': {
		rooms: ['src/lib/domain', 'src/lib/formats', 'type:src/lib/signing', 'server/db'],
		packages: ['drizzle-orm']
	},
	'server/ledger': {
		rooms: ['src/lib/domain', 'src/lib/formats', 'src/lib/signing', 'server/db', 'server/hub'],
		packages: ['node:*', 'drizzle-orm']
	},

	'server/operations/audit': {
		rooms: ['type:src/lib/domain', 'server/db'],
		packages: ['drizzle-orm']
	},
	'server/operations/people': {
		rooms: ['src/lib/formats', 'server/db', 'type:server/hub'],
		packages: ['drizzle-orm']
	},
	'server/operations/facts': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'server/db',
			'server/hub',
			'server/ledger'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/activations': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'server/db',
			'server/hub',
			'server/ledger',
			'server/operations/facts',
			'type:src/lib/protocol'
		],
		packages: ['node:*', 'drizzle-orm']
	},
	'server/operations/allotments': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'server/db',
			'server/hub',
			'server/ledger',
			'src/lib/formats'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/pull': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'server/db',
			'server/hub',
			'server/ledger',
			'server/operations/activations',
			'server/operations/allotments',
			'server/operations/licenses'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/licenses': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/db',
			'server/hub',
			'server/ledger'
		],
		packages: ['node:*', 'drizzle-orm']
	},
	'server/operations/push': {
		rooms: [
			'src/lib/domain',
			'src/lib/protocol',
			'type:src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db',
			'server/hub',
			'server/ledger',
			'server/operations/activations',
			'server/operations/allotments',
			'server/operations/facts'
		],
		packages: ['node:*', 'drizzle-orm']
	},
	'server/operations/restore': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db',
			'type:server/hub',
			'server/ledger',
			'server/operations/facts',
			'server/operations/licenses'
		],
		packages: ['node:*', 'drizzle-orm']
	},

	'server/http': {
		rooms: ['src/lib/domain', 'src/lib/messages'],
		packages: ['node:*', 'hono', '@hono/node-server', 'rate-limiter-flexible']
	},
	'server/jobs': {
		rooms: ['src/lib/domain', 'server/db', 'type:server/hub', 'server/ledger'],
		packages: ['drizzle-orm']
	},
	'server/rpc': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/messages',
			'server/fault.ts',
			'server/http',
			'type:server/hub',
			'server/operations/*'
		],
		packages: ['@trpc/server', 'hono', 'zod']
	},
	'server/rest/v1': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/messages',
			'server/http',
			'server/hub',
			'server/ledger',
			'server/operations/*'
		],
		packages: ['node:*', 'hono', 'zod']
	},
	'server/rest': { rooms: ['type:src/lib/formats'], packages: ['hono'] },
	'server/roles': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db',
			'server/keys',
			'server/auth',
			'server/http',
			'server/hub',
			'server/operations/*',
			'server/jobs',
			'server/rest/v1',
			'server/rest',
			'server/rpc'
		],
		packages: ['node:*', 'hono', '@hono/node-server', 'drizzle-orm', 'pino']
	},
	'server/serve.ts': {
		rooms: ['server/fault.ts', 'server/db', 'server/roles'],
		packages: ['node:*', '@hono/node-server']
	},

	'server/cli/base': {
		rooms: ['src/lib/domain', 'src/lib/messages', 'src/lib/sdk/node'],
		packages: ['node:*', 'citty']
	},
	'server/cli/field': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/messages',
			'src/lib/sdk',
			'src/lib/sdk/node',
			'src/lib/sdk/node/sources',
			'server/cli/base'
		],
		packages: ['node:*']
	},
	'server/cli/courier': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/messages',
			'server/cli/base'
		],
		packages: ['node:*']
	},
	'server/cli/office': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'type:server/operations/*',
			'type:server/rpc',
			'server/cli/base'
		],
		packages: ['node:*', 'citty']
	},
	'server/cli/operator': {
		rooms: [
			'src/lib/domain',
			'server/fault.ts',
			'server/keys',
			'server/roles',
			'server/serve.ts',
			'type:server/rpc',
			'server/cli/base'
		],
		packages: ['node:*', 'citty']
	},
	'server/cli': {
		rooms: ['server/cli/*'],
		packages: ['node:*', 'citty']
	}
};

/** Arrows against the stairs that are still to be turned. */
export const LEFT = [
	'src/lib/desk/store > src/lib/desk/requests',
	'src/lib/desk/sync > src/lib/desk/requests',
	'src/lib/desk/import > src/lib/desk/requests'
];
