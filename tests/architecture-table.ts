/**
 * Which part may import what. A file belongs to the part with the longest path that begins its own;
 * within a part any file may import any other. `type:` in front of a name allows `import type` only.
 *
 * @module
 */

export type Part = {
	/** Other parts, by path. */
	parts: string[];
	/** Packages, by name; a name that ends in `*` stands for all that begin so. */
	packages: string[];
};

/** What a server's file may import, whichever part it is in. */
const ANY_SERVER = ['node:*', 'zod', 'pino'];

/** What a test beside its file may import, over what its part may. */
export const TEST_PACKAGES = ['vitest', 'fast-check', 'node:*'];

export const TABLE: Record<string, Part> = {
	'src/lib/domain': { parts: [], packages: [] },
	'src/lib/formats': { parts: ['src/lib/domain'], packages: ['zod', 'fflate'] },
	'src/lib/signing': {
		parts: ['src/lib/domain', 'src/lib/formats'],
		packages: ['jose', '@noble/curves']
	},
	'src/lib/messages': { parts: ['src/lib/domain'], packages: [] },
	'src/lib/sdk': { parts: ['src/lib/domain', 'src/lib/formats', 'src/lib/signing'], packages: [] },
	'src/lib/sdk/node': {
		parts: ['src/lib/sdk', 'src/lib/domain', 'src/lib/formats', 'src/lib/signing'],
		packages: ['node:*']
	},
	'src/lib/desk': {
		parts: ['src/lib/domain', 'src/lib/formats', 'src/lib/signing', 'type:server/rpc'],
		packages: ['dexie', '@trpc/client', 'svelte']
	},
	'src/lib/ui': {
		parts: ['src/lib/domain', 'src/lib/messages'],
		packages: ['barcode-detector', 'svelte', 'tinykeys', 'uqr', 'virtua', 'zxing-wasm', '~icons/*']
	},
	'src/routes': {
		parts: ['src/lib/ui', 'src/lib/desk', 'src/lib/domain', 'src/lib/messages'],
		packages: [
			'$app/*',
			'$service-worker',
			'@sveltejs/kit',
			'barcode-detector',
			'svelte',
			'tinykeys',
			'uqr',
			'virtua',
			'~icons/*'
		]
	},
	'src/hooks.client.ts': { parts: [], packages: [] },
	'src/service-worker': { parts: [], packages: ['$service-worker', 'workbox-*'] },

	'server/db': {
		parts: ['src/lib/domain', 'server/fault.ts'],
		packages: [...ANY_SERVER, 'drizzle-orm', 'pg', '@electric-sql/pglite']
	},
	'server/keys': {
		parts: ['src/lib/domain', 'src/lib/formats', 'src/lib/signing', 'server/fault.ts'],
		packages: [...ANY_SERVER, '@peculiar/x509', 'reflect-metadata']
	},
	'server/auth': {
		parts: ['src/lib/formats', 'server/db', 'server/fault.ts'],
		packages: [...ANY_SERVER, 'better-auth', '@better-auth/*', 'drizzle-orm']
	},
	'server/mail': { parts: ['server/fault.ts'], packages: [...ANY_SERVER, 'nodemailer'] },
	'server/operations': {
		parts: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/signing',
			'server/db',
			'server/keys',
			'server/fault.ts'
		],
		packages: [...ANY_SERVER, 'drizzle-orm']
	},
	'server/rpc': {
		parts: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/messages',
			'server/operations',
			'type:server/auth',
			'server/fault.ts'
		],
		packages: [...ANY_SERVER, '@trpc/server', 'hono']
	},
	'server/rest': {
		parts: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/messages',
			'server/operations',
			'type:server/auth',
			'server/fault.ts'
		],
		packages: [...ANY_SERVER, 'hono', '@hono/node-server', 'rate-limiter-flexible']
	},
	'server/jobs': {
		parts: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/messages',
			'server/operations',
			'server/fault.ts'
		],
		packages: ANY_SERVER
	},
	'server/cli': {
		parts: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/messages',
			'src/lib/sdk',
			'src/lib/sdk/node',
			'src/lib/signing',
			'server/operations',
			'server/main.ts',
			'server/roles/offline.ts',
			'server/fault.ts'
		],
		packages: [...ANY_SERVER, 'citty']
	},
	'server/fault.ts': { parts: [], packages: [] },
	/** The program itself: its files put the parts together. */
	server: {
		parts: [
			'src/lib/domain',
			'src/lib/formats',
			'src/lib/messages',
			'src/lib/signing',
			'server/auth',
			'server/db',
			'server/fault.ts',
			'server/jobs',
			'server/keys',
			'server/mail',
			'server/operations',
			'server/rest',
			'server/rpc'
		],
		packages: [...ANY_SERVER, 'hono', '@hono/*', 'drizzle-orm', 'rate-limiter-flexible']
	},
	'server/roles/offline.ts': {
		parts: ['server', 'server/*', 'src/lib/formats'],
		packages: ANY_SERVER
	},
	'server/main.ts': {
		parts: ['server', 'server/*'],
		packages: [...ANY_SERVER, '@hono/node-server']
	}
};
