/**
 * The page's side of the service worker: updates that cut nothing short.
 *
 * @module
 */
import { ROUND_LOCK } from './sync.ts';

export type Update = {
	/** Another tab has changed the version already: this one should be reloaded soon. */
	changedElsewhere: boolean;
	/** Changes to the new version and reloads, after any push in flight has its answer. */
	apply: () => Promise<void>;
};

/**
 * Makes the desk work without a network from the second visit on.
 *
 * @param onUpdate - A newer version is there. Nothing happens until it is applied.
 * @param onRefused - The browser keeps no desk from this address, for example because it does not
 * trust the certificate. A line that broke is no refusal: the next visit tries again.
 */
export async function registerServiceWorker(
	onUpdate: (update: Update) => void,
	onRefused: () => void
): Promise<void> {
	if (__ONE_FILE__ || import.meta.env.DEV || !('serviceWorker' in navigator)) return;
	const container = navigator.serviceWorker;
	const hadController = container.controller !== null;
	let asked = false;
	const registration = await container
		.register(workerUrl(), { scope: '/' })
		.catch((cause: unknown) => {
			if (cause instanceof DOMException && cause.name === 'SecurityError') onRefused();
		});
	if (!registration) return;

	const offer = (worker: ServiceWorker) =>
		onUpdate({
			changedElsewhere: false,
			apply: () => {
				asked = true;
				return atRest(async () => {
					// Another tab may have changed the version while this one waited: then nothing changes any more.
					if (worker.state === 'installed') {
						const isChanged = changed(container);
						worker.postMessage('skip-waiting');
						await isChanged;
					}
					location.reload();
				});
			}
		});
	if (registration.waiting && hadController) offer(registration.waiting);
	registration.addEventListener('updatefound', () => {
		const worker = registration.installing;
		worker?.addEventListener('statechange', () => {
			if (worker.state === 'installed' && container.controller) offer(worker);
		});
	});
	container.addEventListener('controllerchange', () => {
		if (!hadController || asked) return;
		onUpdate({ changedElsewhere: true, apply: () => atRest(async () => location.reload()) });
	});
	const { active } = await container.ready;
	// The scanner is large: it is fetched when the page has nothing better to do.
	whenIdle(() => active?.postMessage('keep-scanner'));
}

/** Waits until no round of sync is under way, and holds off the next. */
function atRest(run: () => Promise<void>): Promise<void> {
	return navigator.locks.request(ROUND_LOCK, run);
}

function changed(container: ServiceWorkerContainer): Promise<void> {
	return new Promise((resolve) =>
		container.addEventListener('controllerchange', () => resolve(), { once: true })
	);
}

function whenIdle(run: () => void): void {
	if ('requestIdleCallback' in globalThis) requestIdleCallback(run, { timeout: 10_000 });
	else setTimeout(run, 3_000);
}

/** The page's CSP lets nothing but this policy name a script, and this policy names one. */
function workerUrl(): string {
	const url = '/service-worker.js';
	const { trustedTypes } = globalThis as {
		trustedTypes?: {
			createPolicy(
				name: string,
				rules: { createScriptURL: (url: string) => string }
			): { createScriptURL(url: string): string };
		};
	};
	if (!trustedTypes) return url;
	policy ??= trustedTypes.createPolicy('keyferry', {
		createScriptURL: (asked) => (asked === url ? asked : '')
	});
	return policy.createScriptURL(url);
}

let policy: { createScriptURL(url: string): string } | undefined;
