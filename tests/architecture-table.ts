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
	rooms: ['src/lib/domain', 'src/lib/domain/*'],
	packages: ['vitest', 'fast-check', 'node:*', 'jose', '@noble/curves', 'csv-parse', 'ical.js']
};

export const TABLE: Record<string, Room> = {
	'src/lib/domain': { rooms: [], packages: [] },
	'src/lib/domain/licenses': { rooms: ['src/lib/domain'], packages: [] },
	'src/lib/domain/machines': { rooms: ['src/lib/domain', 'src/lib/domain/licenses'], packages: [] },
	'src/lib/domain/seats': {
		rooms: ['src/lib/domain', 'src/lib/domain/licenses', 'src/lib/domain/machines'],
		packages: []
	},
	'src/lib/domain/audit': { rooms: ['src/lib/domain'], packages: [] },
	'src/lib/domain/hub': { rooms: ['src/lib/domain'], packages: [] },
	'src/lib/domain/vendor': {
		rooms: ['src/lib/domain', 'src/lib/domain/licenses', 'type:src/lib/domain/audit'],
		packages: []
	},
	'src/lib/domain/site': {
		rooms: ['src/lib/domain', 'type:src/lib/domain/licenses', 'src/lib/domain/machines'],
		packages: []
	},
	'src/lib/messages/words': {
		rooms: ['src/lib/domain', 'type:src/lib/domain/machines'],
		packages: []
	},
	'src/lib/protocol': {
		rooms: [
			'type:src/lib/domain',
			'type:src/lib/domain/licenses',
			'type:src/lib/domain/seats',
			'type:src/lib/domain/audit',
			'type:src/lib/domain/hub',
			'type:src/lib/domain/vendor',
			'type:src/lib/domain/site'
		],
		packages: []
	},
	'src/lib/formats': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'type:src/lib/domain/machines',
			'src/lib/domain/seats',
			'src/lib/protocol'
		],
		packages: ['fflate', 'zod']
	},
	'src/lib/messages/en': {
		rooms: [
			'type:src/lib/domain',
			'type:src/lib/domain/licenses',
			'type:src/lib/domain/audit',
			'type:src/lib/domain/vendor',
			'type:src/lib/domain/site',
			'src/lib/messages/words',
			'type:src/lib/protocol'
		],
		packages: []
	},
	'src/lib/search': {
		rooms: ['src/lib/domain'],
		packages: []
	},
	'src/lib/search/licenses': {
		rooms: ['src/lib/domain', 'src/lib/domain/licenses', 'type:src/lib/protocol', 'src/lib/search'],
		packages: []
	},
	'src/lib/search/activations': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/seats',
			'type:src/lib/protocol',
			'src/lib/search',
			'src/lib/search/licenses'
		],
		packages: []
	},
	'src/lib/messages/de': {
		rooms: ['src/lib/messages/words', 'type:src/lib/protocol', 'type:src/lib/messages/en'],
		packages: []
	},
	'src/lib/signing': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/domain/seats',
			'type:src/lib/domain/site',
			'type:src/lib/protocol',
			'src/lib/formats'
		],
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

	'src/lib/sdk/node/sources': { rooms: ['type:src/lib/domain/machines'], packages: ['node:*'] },
	'src/lib/sdk': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/formats',
			'src/lib/signing'
		],
		packages: []
	},
	'src/lib/sdk/node/lease-keys.ts': { rooms: [], packages: ['node:*'] },
	'src/lib/sdk/node/client': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/machines',
			'src/lib/domain/site',
			'src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/sdk/node/lease-keys.ts',
			'src/lib/sdk'
		],
		packages: ['bonjour-service', 'node:*']
	},
	'src/lib/sdk/node': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/sdk/node/sources',
			'src/lib/sdk/node/lease-keys.ts',
			'src/lib/sdk/node/client',
			'src/lib/sdk'
		],
		packages: ['node:*']
	},

	'src/lib/desk/store': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/machines',
			'type:src/lib/domain/seats',
			'type:src/lib/domain/audit',
			'type:src/lib/domain/hub',
			'src/lib/protocol',
			'src/lib/formats',
			'type:src/lib/search',
			'src/lib/signing'
		],
		packages: ['dexie', 'svelte']
	},
	'src/lib/desk/mirror': {
		rooms: [
			'type:src/lib/domain/licenses',
			'src/lib/protocol',
			'src/lib/formats',
			'type:src/lib/search/licenses',
			'type:src/lib/search/activations',
			'src/lib/desk/store'
		],
		packages: ['dexie']
	},
	'src/lib/desk/hub': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
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
			'src/lib/desk/mirror',
			'src/lib/desk/hub'
		],
		packages: []
	},
	'src/lib/desk/import': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/mirror',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/requests'
		],
		packages: []
	},
	'src/lib/desk/requests': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/domain/seats',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/search',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/mirror',
			'src/lib/desk/hub',
			'src/lib/desk/files'
		],
		packages: []
	},
	'src/lib/desk/licenses': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'type:src/lib/domain/seats',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/search',
			'src/lib/search/licenses',
			'src/lib/search/activations',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/mirror',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/requests'
		],
		packages: ['svelte']
	},
	'src/lib/desk/sync': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/licenses',
			'src/lib/domain/seats',
			'type:src/lib/domain/audit',
			'src/lib/protocol',
			'src/lib/formats',
			'src/lib/search/licenses',
			'src/lib/search/activations',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/mirror',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/requests'
		],
		packages: ['dexie']
	},
	'src/lib/desk/allotments': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/domain/seats',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/desk/store',
			'src/lib/desk/mirror',
			'src/lib/desk/hub',
			'src/lib/desk/files',
			'src/lib/desk/requests',
			'src/lib/desk/licenses'
		],
		packages: []
	},
	'src/lib/desk/attach': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/desk/store',
			'src/lib/desk/hub',
			'src/lib/desk/import',
			'src/lib/desk/licenses'
		],
		packages: []
	},
	'src/lib/desk/vendor': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/vendor',
			'src/lib/formats',
			'src/lib/desk/store',
			'src/lib/desk/hub'
		],
		packages: []
	},

	'src/lib/desk/setup': {
		rooms: ['src/lib/domain', 'src/lib/signing', 'src/lib/desk/hub', 'type:server/setup'],
		packages: ['@trpc/client']
	},

	'src/lib/desk/site': {
		rooms: ['src/lib/domain', 'src/lib/formats', 'src/lib/desk/hub', 'type:server/site/rpc'],
		packages: ['@trpc/client']
	},

	'src/lib/ui/base': {
		rooms: [
			'type:src/lib/domain',
			'src/lib/messages/words',
			'type:src/lib/messages/en',
			'src/lib/messages'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/carry': {
		rooms: ['src/lib/domain', 'src/lib/messages/words', 'src/lib/messages', 'src/lib/ui/base'],
		packages: ['barcode-detector', 'svelte', 'uqr', 'zxing-wasm', '~icons/*']
	},
	'src/lib/ui/list': {
		rooms: ['type:src/lib/domain', 'src/lib/search', 'src/lib/messages', 'src/lib/ui/base'],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/account': {
		rooms: ['type:src/lib/domain', 'type:src/lib/protocol', 'src/lib/messages', 'src/lib/ui/base'],
		packages: ['svelte']
	},
	'src/lib/ui/allotment': {
		rooms: [
			'type:src/lib/domain',
			'src/lib/domain/seats',
			'src/lib/messages/words',
			'src/lib/messages',
			'src/lib/ui/base'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/import': {
		rooms: [
			'type:src/lib/domain',
			'src/lib/domain/machines',
			'src/lib/messages/words',
			'type:src/lib/messages/en',
			'src/lib/messages',
			'src/lib/ui/base'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/request': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/messages/words',
			'type:src/lib/messages/en',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/carry'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/shell': {
		rooms: [
			'type:src/lib/domain/vendor',
			'type:src/lib/protocol',
			'type:src/lib/messages/en',
			'src/lib/messages/words',
			'src/lib/messages',
			'src/lib/ui/base',
			'type:src/lib/ui/sync'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/sync': {
		rooms: [
			'type:src/lib/domain',
			'type:src/lib/messages/en',
			'src/lib/messages/words',
			'src/lib/ui/base'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/text': {
		rooms: [
			'src/lib/domain/licenses',
			'type:src/lib/search/activations',
			'src/lib/messages',
			'src/lib/ui/base'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/machine': {
		rooms: [
			'type:src/lib/domain',
			'src/lib/domain/seats',
			'type:src/lib/protocol',
			'src/lib/search',
			'src/lib/search/activations',
			'src/lib/messages',
			'src/lib/ui/base',
			'type:src/lib/ui/list'
		],
		packages: ['~icons/*']
	},
	'src/lib/ui/license': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'type:src/lib/domain/audit',
			'type:src/lib/protocol',
			'src/lib/messages/words',
			'src/lib/search',
			'type:src/lib/search/licenses',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/carry',
			'src/lib/ui/list',
			'src/lib/ui/text'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/lookup': {
		rooms: [
			'type:src/lib/protocol',
			'type:src/lib/search/licenses',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/carry',
			'src/lib/ui/machine',
			'src/lib/ui/license'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/overview': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'type:src/lib/protocol',
			'src/lib/messages/words',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/shell',
			'src/lib/ui/license'
		],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/attach': {
		rooms: ['type:src/lib/domain', 'src/lib/messages', 'src/lib/ui/base'],
		packages: ['svelte', '~icons/*']
	},
	'src/lib/ui/release': {
		rooms: [
			'type:src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/messages',
			'src/lib/ui/base'
		],
		packages: ['~icons/*']
	},
	'src/lib/ui/vendor': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/vendor',
			'src/lib/messages/words',
			'type:src/lib/protocol',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/license'
		],
		packages: ['svelte', '~icons/*']
	},

	'src/lib/ui/reach': {
		rooms: [
			'type:src/lib/domain',
			'src/lib/domain/hub',
			'type:src/lib/protocol',
			'type:src/lib/messages/en',
			'src/lib/ui/base'
		],
		packages: ['~icons/*']
	},

	'src/lib/ui/setup': {
		rooms: [
			'type:src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/carry',
			'src/lib/ui/license',
			'src/lib/ui/vendor'
		],
		packages: ['~icons/*']
	},

	'src/lib/ui/site': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/site',
			'type:src/lib/protocol',
			'src/lib/messages/words',
			'src/lib/messages',
			'src/lib/ui/base',
			'src/lib/ui/carry',
			'src/lib/ui/shell',
			'src/lib/ui/license'
		],
		packages: ['svelte', '~icons/*']
	},

	'src/hooks.client.ts': { rooms: [], packages: [] },
	'src/service-worker': { rooms: [], packages: ['$service-worker', 'workbox-*'] },
	'src/routes': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/domain/seats',
			'src/lib/domain/audit',
			'src/lib/domain/hub',
			'src/lib/domain/vendor',
			'src/lib/domain/site',
			'src/lib/messages/words',
			'type:src/lib/protocol',
			'type:src/lib/messages/en',
			'src/lib/search',
			'src/lib/search/licenses',
			'src/lib/search/activations',
			'src/lib/signing',
			'src/lib/messages',
			'src/lib/desk/*',
			'src/lib/ui/*'
		],
		packages: ['$app/*', 'svelte', '~icons/*']
	},

	'server/version.ts': { rooms: [], packages: [] },
	'server/fault.ts': { rooms: ['type:src/lib/domain'], packages: [] },
	'server/db/schema': {
		rooms: [
			'type:src/lib/domain',
			'type:src/lib/domain/licenses',
			'type:src/lib/domain/machines',
			'type:src/lib/domain/seats',
			'type:src/lib/domain/audit',
			'type:src/lib/domain/vendor',
			'type:src/lib/protocol',
			'type:src/lib/messages/words'
		],
		packages: ['drizzle-orm']
	},
	'server/db': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/audit',
			'src/lib/domain/vendor',
			'server/fault.ts',
			'server/db/schema'
		],
		packages: ['@electric-sql/pglite', 'drizzle-orm', 'node:*', 'pg']
	},
	'server/auth': {
		rooms: ['src/lib/domain', 'src/lib/formats', 'server/db/schema', 'server/db'],
		packages: ['@better-auth/api-key', 'better-auth', 'drizzle-orm', 'node:*', 'zod']
	},
	'server/hub': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/hub',
			'src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/metrics': {
		rooms: ['server/db/schema', 'server/db', 'type:server/hub'],
		packages: ['drizzle-orm', 'node:os', 'prom-client']
	},
	'server/keys': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/hub',
			'src/lib/formats',
			'src/lib/signing',
			'server/fault.ts'
		],
		packages: ['@peculiar/x509', 'node:*', 'reflect-metadata']
	},
	'server/http': {
		rooms: ['src/lib/domain', 'src/lib/messages', 'server/fault.ts', 'server/db'],
		packages: ['@hono/node-server', 'hono', 'node:*', 'rate-limiter-flexible', 'zod']
	},
	'server/ledger/held': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/domain/seats',
			'type:src/lib/domain/audit',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'type:server/hub'
		],
		packages: ['drizzle-orm']
	},
	'server/ledger/allotments': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/domain/seats',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/ledger/held'
		],
		packages: ['drizzle-orm']
	},
	'server/ledger': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/machines',
			'src/lib/domain/seats',
			'src/lib/domain/audit',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/ledger/held',
			'server/ledger/allotments',
			'type:server/hub'
		],
		packages: ['drizzle-orm', 'node:*']
	},

	'server/mail': {
		rooms: [
			'type:src/lib/domain',
			'src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/messages/words',
			'src/lib/formats',
			'server/db/schema',
			'type:server/db',
			'server/hub'
		],
		packages: ['drizzle-orm', 'node:*', 'nodemailer']
	},

	'server/operations/audit': {
		rooms: [
			'type:src/lib/domain',
			'type:src/lib/domain/audit',
			'type:src/lib/protocol',
			'server/db/schema',
			'type:server/db'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/people': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/licenses',
			'type:src/lib/messages/words',
			'src/lib/formats',
			'server/db/schema',
			'server/db',
			'server/auth',
			'type:server/hub',
			'server/mail'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/catalog': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/licenses',
			'type:src/lib/protocol',
			'src/lib/formats',
			'server/db/schema',
			'server/db',
			'type:server/hub'
		],
		packages: ['drizzle-orm']
	},
	'server/webhooks': { rooms: ['type:src/lib/domain'], packages: ['node:*'] },
	'server/operations/webhooks': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/vendor',
			'src/lib/formats',
			'type:src/lib/protocol',
			'server/db/schema',
			'server/db',
			'type:server/hub',
			'server/webhooks'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/orders': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/formats',
			'server/db/schema',
			'server/db',
			'type:server/hub',
			'server/mail',
			'server/ledger',
			'server/operations/catalog',
			'server/operations/licenses',
			'server/operations/people'
		],
		packages: ['drizzle-orm', 'node:*', 'zod']
	},
	'server/operations/allotments': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/seats',
			'type:src/lib/protocol',
			'src/lib/formats',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger/held',
			'server/ledger/allotments',
			'server/ledger'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/facts': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/machines',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub',
			'type:server/ledger/held',
			'type:server/ledger/allotments',
			'server/ledger'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/licenses': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'type:src/lib/domain/audit',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger/held',
			'server/ledger'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/activations': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/licenses',
			'src/lib/domain/machines',
			'type:src/lib/domain/seats',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger/held',
			'server/ledger/allotments',
			'server/ledger',
			'server/operations/facts'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/texts': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'server/hub',
			'type:server/ledger/held',
			'server/operations/licenses',
			'server/operations/activations'
		],
		packages: []
	},
	'server/operations/restore': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'type:src/lib/domain/seats',
			'type:src/lib/domain/audit',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db/schema',
			'server/db',
			'type:server/hub',
			'server/ledger/held',
			'server/ledger/allotments',
			'server/ledger',
			'server/operations/facts',
			'server/operations/licenses',
			'server/operations/push'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/devices': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/seats',
			'type:src/lib/protocol',
			'server/db/schema',
			'server/db',
			'server/auth',
			'server/hub',
			'server/operations/allotments'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/attach': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'type:src/lib/messages/words',
			'src/lib/formats',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/mail',
			'server/operations/people',
			'server/operations/licenses'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/site-servers': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/operations/licenses'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/usage': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/site',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger'
		],
		packages: ['drizzle-orm']
	},
	'server/operations/releases': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'type:src/lib/domain/audit',
			'src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/db/schema',
			'server/db',
			'server/hub'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/operations/pull': {
		rooms: [
			'src/lib/domain',
			'src/lib/protocol',
			'src/lib/formats',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger/held',
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
			'type:src/lib/domain/audit',
			'src/lib/protocol',
			'type:src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/ledger/held',
			'server/ledger',
			'server/operations/allotments',
			'server/operations/devices',
			'server/operations/facts',
			'server/operations/licenses',
			'server/operations/activations',
			'server/operations/texts'
		],
		packages: ['drizzle-orm', 'node:*']
	},

	'server/rest': { rooms: ['type:src/lib/formats'], packages: ['hono'] },
	'server/jobs': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'type:src/lib/domain/audit',
			'src/lib/domain/hub',
			'src/lib/domain/vendor',
			'server/db/schema',
			'server/db',
			'server/hub',
			'server/mail',
			'server/ledger/allotments',
			'server/ledger',
			'server/operations/attach',
			'server/operations/allotments',
			'server/operations/facts',
			'server/operations/webhooks',
			'server/webhooks'
		],
		packages: ['drizzle-orm']
	},
	'server/rest/v1': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/vendor',
			'src/lib/formats',
			'src/lib/messages',
			'server/hub',
			'server/http',
			'server/ledger/held',
			'server/operations/facts',
			'server/operations/activations',
			'server/operations/restore',
			'server/operations/site-servers',
			'server/operations/releases',
			'server/operations/usage',
			'server/operations/orders',
			'server/operations/people',
			'server/operations/push'
		],
		packages: ['hono', 'node:*', 'zod']
	},
	'server/rpc': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/seats',
			'src/lib/domain/audit',
			'src/lib/domain/hub',
			'src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/messages',
			'src/lib/messages/words',
			'server/hub',
			'server/http',
			'server/mail',
			'server/operations/audit',
			'server/operations/people',
			'server/operations/catalog',
			'server/operations/allotments',
			'server/operations/licenses',
			'server/operations/activations',
			'server/operations/restore',
			'server/operations/devices',
			'server/operations/attach',
			'server/operations/releases',
			'server/operations/site-servers',
			'server/operations/usage',
			'server/operations/orders',
			'server/operations/webhooks',
			'server/operations/pull',
			'server/operations/push'
		],
		packages: ['@trpc/server', 'hono', 'zod']
	},
	'server/providers': { rooms: [], packages: ['jose', 'node:*', 'zod'] },
	'server/sign-in': {
		rooms: [
			'src/lib/domain',
			'src/lib/messages',
			'src/lib/messages/words',
			'server/auth',
			'server/db/schema',
			'server/db',
			'type:server/hub',
			'server/http',
			'server/operations/people',
			'server/operations/orders',
			'server/providers',
			'server/rpc'
		],
		packages: ['drizzle-orm', 'hono', 'zod']
	},
	'server/reach': {
		rooms: ['src/lib/domain', 'type:src/lib/protocol', 'server/db', 'server/keys', 'server/http'],
		packages: ['node:*', 'rate-limiter-flexible']
	},
	'server/setup': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/hub',
			'type:src/lib/protocol',
			'src/lib/messages/words',
			'src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/auth',
			'server/hub',
			'server/keys',
			'server/http',
			'server/reach',
			'server/mail',
			'server/operations/people',
			'server/operations/catalog',
			'server/operations/licenses',
			'server/rpc'
		],
		packages: ['@trpc/server', 'node:*', 'zod']
	},
	'server/doctor': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/machines',
			'type:src/lib/formats',
			'src/lib/messages',
			'type:src/lib/messages/en',
			'src/lib/messages/words',
			'src/lib/sdk/node/sources',
			'src/lib/sdk/node',
			'server/fault.ts',
			'server/db',
			'server/http',
			'server/keys',
			'server/mail'
		],
		packages: ['node:*', 'pg']
	},
	'server/workers': {
		rooms: [
			'src/lib/domain',
			'server/fault.ts',
			'server/db/schema',
			'server/db',
			'type:server/hub',
			'server/http',
			'type:server/ledger/held',
			'server/metrics',
			'type:server/providers',
			'server/operations/activations'
		],
		packages: ['drizzle-orm', 'node:*']
	},
	'server/roles': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/hub',
			'src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/fault.ts',
			'server/db/schema',
			'server/db',
			'server/auth',
			'server/hub',
			'server/keys',
			'server/http',
			'server/mail',
			'server/operations/audit',
			'server/operations/people',
			'server/operations/catalog',
			'server/operations/licenses',
			'server/operations/activations',
			'server/operations/restore',
			'server/operations/releases',
			'server/rest',
			'server/metrics',
			'server/jobs',
			'server/rest/v1',
			'server/rpc',
			'server/providers',
			'server/sign-in',
			'server/reach',
			'server/doctor',
			'server/setup',
			'src/lib/sdk/node/sources',
			'type:server/workers',
			'server/site',
			'server/site/v1',
			'server/site/watching',
			'server/site/operator',
			'server/site/admin',
			'server/site/pages'
		],
		packages: ['@hono/node-server', '@trpc/server', 'drizzle-orm', 'hono', 'node:*', 'pino']
	},
	'server/site/log': { rooms: [], packages: ['node:*'] },
	'server/site/resources': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/licenses',
			'src/lib/domain/site',
			'type:src/lib/protocol',
			'src/lib/formats'
		],
		packages: ['csv-parse', 'node:*', 'pg']
	},
	'server/site/usage': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/site',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/sdk/node'
		],
		packages: ['node:*']
	},
	'server/site/store': { rooms: [], packages: ['node:*'] },
	'server/site/leases': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/site',
			'src/lib/formats',
			'type:src/lib/protocol',
			'type:src/lib/signing',
			'src/lib/sdk/node/lease-keys.ts',
			'type:server/site/store'
		],
		packages: ['node:*']
	},
	'server/site': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/machines',
			'type:src/lib/domain/site',
			'src/lib/formats',
			'type:src/lib/signing',
			'type:src/lib/sdk/node/sources',
			'type:src/lib/sdk',
			'src/lib/sdk/node',
			'src/lib/sdk/node/lease-keys.ts',
			'server/fault.ts',
			'server/site/log',
			'server/site/resources',
			'server/site/usage',
			'server/site/store',
			'server/site/leases'
		],
		packages: ['bonjour-service', 'node:*']
	},
	'server/site/watching': {
		rooms: ['type:server/site'],
		packages: ['node:*', 'prom-client']
	},
	'server/site/v1': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/site',
			'src/lib/protocol',
			'src/lib/sdk/node/lease-keys.ts',
			'server/version.ts',
			'server/http',
			'type:server/site/leases',
			'type:server/site'
		],
		packages: ['hono', 'node:*', 'zod']
	},
	'server/listening.ts': {
		rooms: ['server/fault.ts', 'server/http'],
		packages: ['@hono/node-server', 'node:*']
	},
	'server/serve-site.ts': {
		rooms: ['server/db', 'server/http', 'type:server/reach', 'server/roles', 'server/listening.ts'],
		packages: []
	},
	'server/site/unlock': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/sdk/node',
			'server/db',
			'type:server/site'
		],
		packages: ['node:*']
	},
	'server/site/admin': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/site',
			'type:src/lib/messages/words',
			'type:src/lib/protocol',
			'server/db',
			'server/auth',
			'server/http',
			'server/reach',
			'type:server/site',
			'server/site/unlock'
		],
		packages: ['better-auth', 'node:*']
	},
	'server/site/rpc': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/site',
			'src/lib/messages/words',
			'src/lib/messages',
			'type:src/lib/protocol',
			'src/lib/formats',
			'server/http',
			'server/rpc',
			'server/site/log',
			'server/site/resources',
			'server/site/usage',
			'server/site/unlock',
			'type:server/site/admin'
		],
		packages: ['@trpc/server', 'zod']
	},
	'server/site/operator': {
		rooms: [
			'src/lib/domain',
			'server/fault.ts',
			'server/http',
			'server/site/store',
			'server/site/admin',
			'type:server/site/rpc'
		],
		packages: ['@trpc/client', 'node:*']
	},
	'server/site/pages': {
		rooms: ['server/http', 'server/reach', 'server/site/admin', 'server/site/rpc'],
		packages: ['@hono/node-server', '@trpc/server', 'hono', 'node:*']
	},
	'server/serve.ts': {
		rooms: [
			'server/fault.ts',
			'server/db',
			'server/http',
			'server/setup',
			'server/roles',
			'server/listening.ts',
			'server/serve-workers.ts'
		],
		packages: ['@hono/node-server', 'node:*']
	},
	'server/serve-workers.ts': {
		rooms: ['server/http', 'server/workers', 'server/roles', 'server/listening.ts'],
		packages: ['node:*']
	},
	'server/serve-worker.ts': {
		rooms: [
			'server/http',
			'server/workers',
			'server/roles',
			'server/listening.ts',
			'server/serve.ts'
		],
		packages: ['node:*']
	},

	'server/cli/base': {
		rooms: [
			'src/lib/domain',
			'type:src/lib/domain/licenses',
			'src/lib/messages/words',
			'src/lib/messages',
			'src/lib/sdk/node',
			'type:server/doctor',
			'type:server/rpc'
		],
		packages: ['citty', 'node:*']
	},
	'server/cli/courier': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/signing',
			'server/cli/base'
		],
		packages: ['node:*']
	},
	'server/cli/field': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/machines',
			'src/lib/messages/words',
			'src/lib/formats',
			'src/lib/signing',
			'src/lib/messages',
			'src/lib/sdk/node/sources',
			'src/lib/sdk',
			'src/lib/sdk/node/client',
			'src/lib/sdk/node',
			'type:server/doctor',
			'server/cli/base'
		],
		packages: ['node:*', 'uqr']
	},
	'server/cli/office': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/licenses',
			'src/lib/domain/audit',
			'src/lib/domain/vendor',
			'type:src/lib/protocol',
			'src/lib/formats',
			'src/lib/messages',
			'type:server/mail',
			'type:server/operations/catalog',
			'type:server/operations/allotments',
			'type:server/operations/licenses',
			'type:server/operations/people',
			'type:server/operations/devices',
			'type:server/operations/activations',
			'type:server/operations/restore',
			'type:server/rpc',
			'server/cli/base'
		],
		packages: ['citty', 'csv-parse', 'node:*']
	},
	'server/cli/operator': {
		rooms: [
			'src/lib/domain',
			'src/lib/domain/audit',
			'src/lib/domain/hub',
			'type:src/lib/protocol',
			'src/lib/sdk/node/sources',
			'server/fault.ts',
			'server/doctor',
			'server/http',
			'server/keys',
			'server/site',
			'server/roles',
			'server/site/store',
			'server/site/admin',
			'server/site/operator',
			'type:server/listening.ts',
			'server/serve-site.ts',
			'server/serve.ts',
			'server/cli/base',
			'server/cli/field',
			'server/cli/office'
		],
		packages: ['citty', 'node:*']
	},
	'server/cli': {
		rooms: ['server/cli/*', 'server/roles', 'server/version.ts'],
		packages: ['citty', 'node:*']
	}
};
