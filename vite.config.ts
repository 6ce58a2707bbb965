import { sveltekit } from '@sveltejs/kit/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig, type Plugin } from 'vite';

/** While the desk is being written (`npm run dev`), what belongs to the hub goes there. */
const hub = 'http://localhost:4870';
const ofHub = ['/rpc', '/auth', '/v1', '/health', '/.well-known'];

const isOneFile = process.env.KEYFERRY_BUILD === 'one-file';

/** What a phone shows first, and the card that follows, come in one file each and not in forty. */
const groups = [
	{ name: 'first', test: /\/src\/routes\/(\+layout|\+error|lookup\/\+page)\.svelte$/, priority: 1 },
	{ name: 'card', test: /\/LicenseCard\.svelte$/ }
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

export default defineConfig({
	plugins: [sveltekit(), icons({ compiler: 'svelte' }), compileFirst],
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
