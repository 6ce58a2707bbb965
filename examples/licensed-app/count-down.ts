/**
 * A countdown in few words: at its begin, at half of it, and more often towards its end.
 *
 * @module
 */

/** @returns What stops it. */
export function countDown(seconds: number, say: (left: string) => void): () => void {
	if (!Number.isFinite(seconds)) return () => {};
	const end = performance.now() + seconds * 1000;
	let timer: NodeJS.Timeout | undefined;
	const tell = () => {
		const left = Math.round((end - performance.now()) / 1000);
		if (left <= 0) return;
		say(inWords(left));
		timer = setTimeout(tell, Math.max(1, left / 2) * 1000).unref();
	};
	tell();
	return () => clearTimeout(timer);
}

export function inWords(seconds: number): string {
	if (seconds < 120) return `${seconds} s`;
	return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
