/// <reference lib="webworker" />
/**
 * The service worker: the desk opens with no network at all, and nothing that belongs to the hub is
 * ever answered from a cache. [SY7]
 *
 * @module
 */
import { build, files, version } from '$service-worker';
import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

// Sound: this file is only ever run as a service worker; the DOM types belong to the pages.
const worker = self as unknown as ServiceWorkerGlobalScope;

/** Large and not needed by everybody, so it is kept on its own, once a page has settled. */
const SCANNER_CACHE = 'keyferry-scanner';
const SHARED_CACHE = 'keyferry-shared';

const isScanner = (path: string) => path.endsWith('.wasm');
const scanner = build.filter(isScanner);

/** The vendor's console, downloads, the set-up, the pages of a site server and attaching work with a server alone: they come from there. */
const isVendor = (path: string) =>
	/\/(vendor|downloads|setup|site|reach|attach)\.[^/]+$/.test(path);

/** Pictures for the system, which asks for them while it installs the desk and keeps its own copies. */
const isForSystem = (path: string) => path.endsWith('.png');

// Names below build/ carry a hash of their content; the others change with the version.
precacheAndRoute([
	...build
		.filter((path) => !isScanner(path) && !isVendor(path))
		.map((url) => ({ url, revision: null })),
	...files.filter((path) => !isForSystem(path)).map((url) => ({ url, revision: version })),
	{ url: '/', revision: version }
]);

// The hash router needs one page. Every other address is the hub's: /auth, /rpc, /v1, /health …
registerRoute(
	new NavigationRoute(createHandlerBoundToURL('/'), { allowlist: [/^\/(index\.html)?(\?.*)?$/] })
);

registerRoute(({ url }) => url.origin === location.origin && isScanner(url.pathname), readScanner);

/** What the system's share sheet sends is put aside, and the page that opens takes it in. */
registerRoute(
	({ url }) => url.origin === location.origin && url.pathname === '/share',
	async ({ request }) => {
		await stashShared(await request.formData());
		return Response.redirect('/#/import?shared=1', 303);
	},
	'POST'
);

worker.addEventListener('activate', (event) => {
	event.waitUntil(Promise.all([worker.clients.claim(), dropOldScanners()]));
});

worker.addEventListener('message', (event: ExtendableMessageEvent) => {
	if (event.data === 'skip-waiting') event.waitUntil(worker.skipWaiting());
	if (event.data === 'keep-scanner') event.waitUntil(keepScanner());
});

async function readScanner({ request }: { request: Request }): Promise<Response> {
	const cache = await caches.open(SCANNER_CACHE);
	const kept = await cache.match(request);
	if (kept) return kept;
	const fetched = await fetch(request);
	if (fetched.ok) await cache.put(request, fetched.clone());
	return fetched;
}

async function keepScanner(): Promise<void> {
	const cache = await caches.open(SCANNER_CACHE);
	for (const path of scanner) if (!(await cache.match(path))) await cache.add(path);
}

async function dropOldScanners(): Promise<void> {
	const cache = await caches.open(SCANNER_CACHE);
	for (const request of await cache.keys())
		if (!scanner.includes(new URL(request.url).pathname)) await cache.delete(request);
}

async function stashShared(form: FormData): Promise<void> {
	const cache = await caches.open(SHARED_CACHE);
	let count = (await cache.keys()).length;
	for (const value of [...form.getAll('files'), ...form.getAll('text')]) {
		const shared = typeof value === 'string' ? new File([value], 'shared-text.txt') : value;
		if (shared.size === 0) continue;
		count += 1;
		const headers = { 'x-name': encodeURIComponent(shared.name) };
		await cache.put(`/shared/${Date.now()}-${count}`, new Response(shared, { headers }));
	}
}
