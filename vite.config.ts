import { sveltekit } from '@sveltejs/kit/vite';
import icons from 'unplugin-icons/vite';
import { defineConfig } from 'vite';

export default defineConfig({
	plugins: [sveltekit(), icons({ compiler: 'svelte' })],
	define: { __ONE_FILE__: JSON.stringify(process.env.KEYFERRY_BUILD === 'one-file') }
});
