import { sveltekit } from '@sveltejs/kit/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

type Group = Rolldown.CodeSplittingGroup;

/** While the desk is being written (`npm run dev`), what belongs to the hub goes there. */
const hub = 'http://localhost:4870';
const ofHub = ['/rpc', '/auth', '/v1', '/health', '/.well-known'];

const isOneFile = process.env.KEYFERRY_BUILD === 'one-file';

/** What only the vendor's people open, online: one chunk, which is not kept for offline use. */
const VENDOR =
	/\/src\/(routes\/vendor\/(?!\+(layout|error))|lib\/(desk|ui)\/vendor\/|lib\/messages\/(\w\w\/)?(vendor|console)\.ts)/;

/** Downloads, and what staff release: made of what the hub says, likewise. */
const DOWNLOADS =
	/\/src\/(routes\/(downloads\/(?!\+error)|vendor\/releases\/)|lib\/ui\/release\/|lib\/messages\/(\w\w\/)?releases\.ts)/;

/** What only the first run of a hub needs, likewise. */
const SETUP = /\/src\/(routes\/setup\/|lib\/(desk|ui)\/setup\/|lib\/messages\/(\w\w\/)?setup\.ts)/;

/** The pages of a site server, likewise. */
const SITE =
	/\/src\/(routes\/site\/|lib\/(desk|ui)\/site\/|lib\/messages\/(\w\w\/)?site(-\w+)?\.ts)/;

/** What both of these need, and nobody else. */
const REACH = /\/src\/(lib\/ui\/reach\/|lib\/messages\/(\w\w\/)?reach\.ts)/;

/** What attaches licenses: the server looks for them, and mails the codes. */
const ATTACH =
	/\/src\/(routes\/attach\/(?!\+error)|lib\/(desk|ui)\/attach\/|lib\/messages\/(\w\w\/)?attach\.ts)/;

/** What is done with a license: activating, importing, requests, offline seats. */
const FIELD =
	/\/src\/routes\/(licenses\/\[id\]\/|activate\/|import\/|requests\/|allotments\/|sync\/|settings\/\+).*page\.svelte$/;

/** Who works with this desk, and how he gets in. */
const ACCOUNT = /\/src\/routes\/(settings\/\w+|join|sign-in)\/.*\+page\.svelte$/;

/** Files that come from the server when they are needed. */
const ASIDE = ['downloads', 'vendor', 'setup', 'site', 'reach', 'attach'];

/**
 * What is shown first, what it looks up, and the card that follows come in one file each and not in
 * forty. So does each set of screens that follow one another: together their texts and styles weigh
 * a fifth less than one by one. A set takes what those above it have left.
 */
const sets: Omit<Group, 'priority'>[] = [
	{ name: 'downloads', test: DOWNLOADS, includeDependenciesRecursively: false },
	{ name: 'vendor', test: VENDOR, includeDependenciesRecursively: false },
	{ name: 'setup', test: SETUP, includeDependenciesRecursively: false },
	{ name: 'site', test: SITE, includeDependenciesRecursively: false },
	{ name: 'reach', test: REACH, includeDependenciesRecursively: false },
	{ name: 'attach', test: ATTACH, includeDependenciesRecursively: false },
	{ name: 'first', test: /\/src\/routes\/\+(layout|error|page)\.svelte$/ },
	{ name: 'lookup', test: /\/src\/routes\/lookup\/\+page\.svelte$/ },
	{ name: 'card', test: /\/ui\/license\/LicenseCard\.svelte$/ },
	{ name: 'list', test: /\/src\/routes\/(licenses\/\+(layout|page)|activations\/\+page)\.svelte$/ },
	{ name: 'home', test: /\/src\/routes\/FirstScreen\.svelte$/ },
	// Each alone is smaller than what its file costs.
	{ name: 'icons', test: /~icons\// },
	{ name: 'shared', test: /\/src\/(lib\/|routes\/settings\/places\.ts$)/, minShareCount: 3 },
	{ name: 'field', test: FIELD },
	{ name: 'account', test: ACCOUNT }
];
const isAside = (name: string) => ASIDE.includes(name);
const isKept = (name: string) => !isAside(name) && sets.some((set) => set.name === name);
const groups = sets.map((set, at) => ({ ...set, priority: sets.length - at }));

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

/** What is kept for offline use must not wait for a file that is not. */
const keepWhole: Plugin = {
	name: 'keep-whole',
	generateBundle: {
		order: 'post',
		handler(_, bundle) {
			const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
			const aside = new Set(
				chunks.filter(({ name }) => isAside(name)).map((part) => part.fileName)
			);
			for (const { name, imports } of chunks)
				if (isKept(name) && imports.some((file) => aside.has(file)))
					this.error(`${name} is kept for offline use and imports ${ASIDE.join(' or ')}`);
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
				isAside(name) ? chunkFileNames.replace('[hash]', `${name}.[hash]`) : chunkFileNames
		};
	}
};

/** The one-file desk reaches no hub, and has none of it. */
const withoutVendor: Plugin = {
	name: 'without-vendor',
	enforce: 'pre',
	load: (id) => {
		if (
			/\/src\/routes\/(vendor\/\+layout|site\/\+layout|(setup|downloads)\/\+page|attach\/(.*\/)?\+page)\.svelte$/.test(
				id
			)
		)
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
		...(isOneFile ? [withoutVendor] : [compileFirst, keepWhole, nameVendor])
	],
	// As the package names it, it would be the form for browsers that have no classes.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
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
