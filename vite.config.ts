import { sveltekit } from '@sveltejs/kit/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig, type Plugin } from 'vite';

/** While the desk is being written (`npm run dev`), what belongs to the hub goes there. */
const hub = 'http://localhost:4870';
const ofHub = ['/rpc', '/auth', '/v1', '/health', '/.well-known'];

const isOneFile = process.env.KEYFERRY_BUILD === 'one-file';

/** What only the vendor's people open, online: one chunk, which is not kept for offline use. */
const VENDOR =
	/\/src\/(routes\/vendor\/(?!\+(layout|error))|lib\/(desk|ui)\/vendor\/|lib\/messages\/(\w\w\/)?(vendor|console)\.ts)/;

/** What only the first run of a hub needs, likewise. */
const SETUP = /\/src\/(routes\/setup\/|lib\/(desk|ui)\/setup\/|lib\/messages\/(\w\w\/)?setup\.ts)/;

/** The pages of a site server, likewise. */
const SITE =
	/\/src\/(routes\/site\/|lib\/(desk|ui)\/site\/|lib\/messages\/(\w\w\/)?site(-\w+)?\.ts)/;

/** What both of these need, and nobody else. */
const REACH = /\/src\/(lib\/ui\/reach\/|lib\/messages\/(\w\w\/)?reach\.ts)/;

/** Files that come from the server when they are needed. */
const ASIDE = ['vendor', 'setup', 'site', 'reach'];

/** What is shown first, what it looks up, and the card that follows come in one file each and not in forty. */
const groups = [
	{ name: 'first', test: /\/src\/routes\/\+(layout|error|page)\.svelte$/, priority: 2 },
	{ name: 'lookup', test: /\/src\/routes\/lookup\/\+page\.svelte$/, priority: 1 },
	{ name: 'card', test: /\/ui\/license\/LicenseCard\.svelte$/ },
	// Each alone is smaller than what its file costs.
	{ name: 'icons', test: /~icons\// },
	{ name: 'vendor', test: VENDOR, includeDependenciesRecursively: false },
	{ name: 'setup', test: SETUP, includeDependenciesRecursively: false },
	{ name: 'site', test: SITE, includeDependenciesRecursively: false },
	{ name: 'reach', test: REACH, includeDependenciesRecursively: false }
];

/** Chromium compiles all of such a file while it reads it, on a thread of its own. */
const HINT = '//# allFunctionsCalledOnLoad';
const compileFirst: Plugin = {
	name: 'compile-first',
	generateBundle: {
		order: 'post',
		handler(_, bundle) {
			for (const chunk of Object.values(bundle))
				if (chunk.type === 'chunk' && chunk.name === 'first') chunk.code = `${HINT}\n${chunk.code}`;
		}
	}
};

/** Its files are known by their names: to the service worker, and to what weighs them. */
const nameVendor: Plugin = {
	name: 'name-vendor',
	// What a chunk exports to others may stand beside what Kit asks of it.
	options: (options) => ({ ...options, preserveEntrySignatures: 'allow-extension' }),
	outputOptions(options) {
		const { chunkFileNames } = options;
		if (typeof chunkFileNames !== 'string') return options;
		return {
			...options,
			chunkFileNames: ({ name }) =>
				ASIDE.includes(name) ? chunkFileNames.replace('[hash]', `${name}.[hash]`) : chunkFileNames
		};
	}
};

/** The one-file desk reaches no hub, and has none of it. */
const withoutVendor: Plugin = {
	name: 'without-vendor',
	enforce: 'pre',
	load: (id) => {
		if (/\/src\/routes\/(vendor\/\+layout|site\/\+layout|setup\/\+page)\.svelte$/.test(id))
			return NO_SERVER;
		if (/\/src\/routes\/(vendor|site)\/.*\.svelte$/.test(id)) return '';
		return undefined;
	}
};

const NO_SERVER = `<script>
	import Page from '#lib/ui/shell/Page.svelte';
	import { words } from '#lib/ui/base/words.svelte.ts';
</script>

<Page title="Keyferry" truth={words.t.oneFile}>{''}</Page>`;

export default defineConfig({
	plugins: [
		sveltekit(),
		icons({ compiler: 'svelte' }),
		...(isOneFile ? [withoutVendor] : [compileFirst, nameVendor])
	],
	define: { __ONE_FILE__: JSON.stringify(isOneFile) },
	environments: isOneFile
		? {}
		: {
				client: {
					build: { rolldownOptions: { output: { codeSplitting: { groups } } } }
				}
			},
	server: { proxy: Object.fromEntries(ofHub.map((path) => [path, hub])) }
});
