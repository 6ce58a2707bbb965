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

export const TABLE: Record<string, Room> = {
	'src/lib/domain': { rooms: [], packages: [] },
	'src/lib/messages/words': { rooms: ['src/lib/domain'], packages: [] },
	'src/lib/protocol': { rooms: ['type:src/lib/domain'], packages: [] },
	'src/lib/formats': { rooms: ['src/lib/domain', 'src/lib/protocol'], packages: ['fflate', 'zod'] },
	'src/lib/messages/en': {
		rooms: ['src/lib/messages/words', 'type:src/lib/protocol'],
		packages: []
	},
	'src/lib/search': { rooms: ['src/lib/domain', 'type:src/lib/protocol'], packages: [] },
	'src/lib/messages/de': {
		rooms: ['src/lib/messages/words', 'type:src/lib/protocol', 'type:src/lib/messages/en'],
		packages: []
	},
	'src/lib/signing': {
		rooms: ['src/lib/domain', 'type:src/lib/protocol', 'src/lib/formats'],
		packages: []
	},
	'src/lib/messages': {
		rooms: [
			'type:src/lib/domain',
			'src/lib/messages/words',
			'src/lib/messages/en',
			'src/lib/messages/de'
		],
		packages: []
	},

	'src/lib/sdk/node/sources': { rooms: ['type:src/lib/domain'], packages: ['node:*'] },
	'src/lib/sdk': { rooms: ['src/lib/domain', 'src/lib/formats', 'src/lib/signing'], packages: [] },
	'src/lib/sdk/node': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/sdk/node/sources',
			'src/lib/sdk'
		],
		packages: ['node:*']
	},

	'src/lib/desk/store': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'type:src/lib/search',
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
			'src/lib/formats',
			'src/lib/search',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/requests'
		],
		packages: ['svelte']
	},
	'src/lib/desk/sync': {
		rooms: [
			'src/lib/domain',
			'src/lib/protocol',
			'src/lib/formats',
			'src/lib/search',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/requests'
		],
		packages: ['dexie']
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
		rooms: [
			'src/lib/domain',
			'src/lib/messages/words',
			'type:src/lib/messages/en',
			'src/lib/messages'
		],
		packages: ['barcode-detector', 'svelte', 'uqr', 'zxing-wasm', '~icons/*']
	},
	'src/lib/ui/allotment': {
		rooms: ['src/lib/domain', 'src/lib/messages', 'src/lib/ui/base'],
		packages: ['~icons/*']
	},
	'src/lib/ui/import': {
		rooms: [
			'src/lib/domain',
			'src/lib/messages/words',
			'type:src/lib/messages/en',
			'src/lib/messages',
			'src/lib/ui/base'
		],
		packages: ['~icons/*']
	},
	'src/lib/ui/request': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'type:src/lib/messages/en',
			'src/lib/messages',
			'src/lib/ui/base'
		],
		packages: ['~icons/*']
	},
	'src/lib/ui/shell': {
		rooms: ['type:src/lib/messages/en', 'src/lib/messages', 'src/lib/ui/base'],
		packages: ['svelte', 'tinykeys', '~icons/*']
	},
	'src/lib/ui/sync': {
		rooms: ['type:src/lib/domain', 'type:src/lib/messages/en', 'src/lib/ui/base'],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/license': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/search',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/shell'
		],
		packages: ['svelte', 'virtua', '~icons/*']
	},

	'src/hooks.client.ts': { rooms: [], packages: [] },
	'src/service-worker': { rooms: [], packages: ['$service-worker', 'workbox-*'] },
	'src/routes': {
		rooms: [
			'src/lib/domain',
			'src/lib/messages/words',
			'type:src/lib/protocol',
			'type:src/lib/messages/en',
			'src/lib/search',
			'src/lib/signing',
			'src/lib/messages',
			'src/lib/desk/*',
			'src/lib/ui/*'
		],
		packages: ['$app/*', 'svelte', '~icons/*']
	},

	'server/fault.ts': { rooms: [], packages: [] },
	'server/db/schema': {
		rooms: ['type:src/lib/domain', 'type:src/lib/protocol'],
		packages: ['drizzle-orm']
	},
	'server/db': {
		rooms: ['src/lib/domain', 'server/fault.ts', 'server/db/schema'],
		packages: ['@electric-sql/pglite', 'drizzle-orm', 'node:*', 'pg']
	},
	'server/auth': {
		rooms: ['src/lib/formats', 'server/db/schema', 'server/db'],
		packages: ['@better-auth/api-key', 'better-auth', 'drizzle-orm']
	},
	'server/hub': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'type:src/lib/signing',
			'server/db/schema',
			'server/db'
		],
		packages: ['drizzle-orm']
	},
	'server/keys': {
		rooms: ['src/lib/domain', 'src/lib/formats', 'src/lib/signing', 'server/fault.ts'],
		packages: ['@peculiar/x509', 'node:*', 'reflect-metadata']
	},
	'server/http': {
		rooms: ['src/lib/domain', 'src/lib/messages'],
		packages: ['@hono/node-server', 'hono', 'node:*', 'rate-limiter-flexible']
	},
	'server/ledger': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'type:server/hub'
		],
		packages: ['drizzle-orm', 'node:*']
	},

	'server/operations/audit': {
		rooms: ['type:src/lib/domain', 'server/db/schema', 'type:server/db'],
		packages: ['drizzle-orm']
	},
	'server/operations/people': {
		rooms: ['src/lib/formats', 'server/db/schema', 'server/db', 'type:server/hub'],
		packages: ['drizzle-orm']
	},
	'server/operations/allotments': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/facts': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/licenses': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/activations': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger',
			'server/operations/facts'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/restore': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db/schema',
			'server/db',
			'type:server/hub',
			'server/ledger',
			'server/operations/facts',
			'server/operations/licenses'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/pull': {
		rooms: [
			'type:src/lib/protocol',
			'server/db/schema',
			'server/hub',
			'server/ledger',
			'server/operations/allotments',
			'server/operations/licenses',
			'server/operations/activations'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/push': {
		rooms: [
			'src/lib/domain',
			'src/lib/protocol',
			'type:src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger',
			'server/operations/allotments',
			'server/operations/facts',
			'server/operations/activations'
		],
		packages: ['drizzle-orm', 'node:*']
	},

	'server/rest': { rooms: ['type:src/lib/formats'], packages: ['hono'] },
	'server/jobs': {
		rooms: ['src/lib/domain', 'server/db/schema', 'server/db', 'type:server/hub', 'server/ledger'],
		packages: ['drizzle-orm']
	},
	'server/rest/v1': {
		rooms: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/messages',
			'server/hub',
			'server/http',
			'server/ledger',
			'server/operations/facts',
			'server/operations/activations',
			'server/operations/restore',
			'server/operations/push'
		],
		packages: ['hono', 'node:*', 'zod']
	},
	'server/rpc': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/messages',
			'server/fault.ts',
			'type:server/hub',
			'server/http',
			'server/operations/audit',
			'server/operations/allotments',
			'server/operations/licenses',
			'server/operations/activations',
			'server/operations/restore',
			'server/operations/pull',
			'server/operations/push'
		],
		packages: ['@trpc/server', 'hono', 'zod']
	},
	'server/roles': {
		rooms: [
			'src/lib/domain',
			'src/lib/messages',
			'src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db/schema',
			'server/db',
			'server/auth',
			'server/hub',
			'server/keys',
			'server/http',
			'server/operations/audit',
			'server/operations/people',
			'server/operations/licenses',
			'server/operations/activations',
			'server/operations/restore',
			'server/rest',
			'server/jobs',
			'server/rest/v1',
			'server/rpc'
		],
		packages: ['@hono/node-server', 'drizzle-orm', 'hono', 'node:*', 'pino']
	},
	'server/serve.ts': {
		rooms: ['server/fault.ts', 'server/db', 'server/roles'],
		packages: ['@hono/node-server', 'node:*']
	},

	'server/cli/base': {
		rooms: ['src/lib/domain', 'src/lib/messages', 'src/lib/sdk/node'],
		packages: ['citty', 'node:*']
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
	'server/cli/field': {
		rooms: [
			'src/lib/domain',
			'src/lib/messages/words',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/messages',
			'src/lib/sdk/node/sources',
			'src/lib/sdk',
			'src/lib/sdk/node',
			'server/cli/base'
		],
		packages: ['node:*', 'uqr']
	},
	'server/cli/office': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'type:server/operations/allotments',
			'type:server/operations/licenses',
			'type:server/operations/activations',
			'type:server/operations/restore',
			'type:server/rpc',
			'server/cli/base'
		],
		packages: ['citty', 'node:*']
	},
	'server/cli/operator': {
		rooms: [
			'src/lib/domain',
			'server/fault.ts',
			'server/http',
			'server/keys',
			'type:server/rpc',
			'server/roles',
			'server/serve.ts',
			'server/cli/base'
		],
		packages: ['citty', 'node:*']
	},
	'server/cli': { rooms: ['server/cli/*'], packages: ['citty', 'node:*'] }
};
