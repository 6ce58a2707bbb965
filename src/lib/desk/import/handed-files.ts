/**
 * Files that the system hands to the desk, by the share sheet or by a double click.
 *
 * @module
 */

/** The service worker keeps there what the share sheet sent. */
const SHARED_CACHE = 'keyferry-shared';

/** Files that the share sheet sent since they were last asked for. They are handed out once. */
export async function sharedFiles(): Promise<File[]> {
	if (!('caches' in globalThis)) return [];
	const cache = await caches.open(SHARED_CACHE);
	const files: File[] = [];
	for (const request of await cache.keys()) {
		const kept = await cache.match(request);
		if (!kept) continue;
		const name = decodeURIComponent(kept.headers.get('x-name') ?? 'shared.txt');
		files.push(new File([await kept.blob()], name));
	}
	await Promise.all((await cache.keys()).map((request) => cache.delete(request)));
	return files;
}

/** Files that the system opened with the installed desk. */
export function onLaunchedFiles(take: (files: File[]) => void): void {
	const { launchQueue } = globalThis as {
		launchQueue?: {
			setConsumer(consume: (launch: { files: FileSystemFileHandle[] }) => void): void;
		};
	};
	launchQueue?.setConsumer(({ files }) => {
		if (files.length === 0) return;
		void Promise.all(files.map((handle) => handle.getFile())).then(take);
	});
}
