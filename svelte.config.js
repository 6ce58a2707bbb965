import adapter from '@sveltejs/adapter-static';
import { finishOneFile } from './scripts/one-file.js';

/** `KEYFERRY_BUILD=one-file` builds the kit's desk: the same app as one HTML file, for file://. */
const oneFile = process.env.KEYFERRY_BUILD === 'one-file';
const out = oneFile ? 'build/one-file' : 'build/desk';
const toFolder = adapter({
	pages: out,
	assets: out,
	fallback: 'index.html',
	precompress: !oneFile
});

/** @type {import('@sveltejs/kit').Adapter} */
const toOneFile = {
	name: 'one-file',
	async adapt(builder) {
		await toFolder.adapt(builder);
		finishOneFile(out);
	}
};

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: oneFile ? toOneFile : toFolder,
		router: { type: 'hash' },
		outDir: oneFile ? '.svelte-kit/one-file' : '.svelte-kit',
		output: { bundleStrategy: oneFile ? 'inline' : 'split' },
		serviceWorker: { register: false },
		files: { serviceWorker: oneFile ? 'src/no-service-worker' : 'src/service-worker' },
		// As a meta element with hashes. What only a header can say (frame-ancestors) the hub adds.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': oneFile ? ['wasm-unsafe-eval'] : ['self', 'wasm-unsafe-eval'],
				// Styles set by scripts (positions, meters) are inline; nothing a file says becomes one.
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'media-src': ['self', 'blob:', 'mediastream:'],
				'font-src': ['self', 'data:'],
				// The one-file desk can reach nothing, by its own word.
				'connect-src': oneFile ? ['none'] : ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none'],
				'object-src': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'keyferry']
			}
		},
		typescript: { config: (config) => ({ ...config, include: [] }) }
	}
};
