import { sveltekit } from '@sveltejs/kit/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';

/** While the desk is being written (`npm run dev`), what belongs to the hub goes there. */
const hub = 'http://localhost:4870';
const ofHub = ['/rpc', '/auth', '/v1', '/health', '/.well-known'];

export default defineConfig({
	plugins: [sveltekit(), icons({ compiler: 'svelte' })],
	define: { __ONE_FILE__: JSON.stringify(process.env.KEYFERRY_BUILD === 'one-file') },
	server: { proxy: Object.fromEntries(ofHub.map((path) => [path, hub])) }
});
