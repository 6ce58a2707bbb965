import adapter from '@sveltejs/adapter-static';

/** `KEYFERRY_BUILD=one-file` builds the kit's desk: the same app as one HTML file, for file://. */
const oneFile = process.env.KEYFERRY_BUILD === 'one-file';
const out = oneFile ? 'build/one-file' : 'build/desk';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ pages: out, assets: out, fallback: 'index.html' }),
		router: { type: 'hash' },
		outDir: oneFile ? '.svelte-kit/one-file' : '.svelte-kit',
		output: { bundleStrategy: oneFile ? 'inline' : 'split' },
		serviceWorker: { register: false },
		files: { serviceWorker: oneFile ? 'src/no-service-worker' : 'src/service-worker' },
		typescript: { config: (config) => ({ ...config, include: [] }) }
	}
};
