/**
 * The vendor's face as this device knows it: asked for while the desk syncs, and there before anything is
 * drawn, with a network or without. It is the hub's, whoever is signed in. [VF1]
 *
 * @module
 */
import type { Face } from '#lib/protocol/face.ts';
import { hubOrigin } from '#lib/desk/store/origin.ts';

/** Beside the databases: those open when the first screen is drawn already. */
const KEY = 'keyferry-face';

/** It changes once in years. */
const ASK_MS = 60 * 60_000;

/** What a hub says that nobody has reached yet. */
const unsaid: Face = { version: '' };

let askedAt = -Infinity;

/** `undefined` where a hub was never asked: then nothing is known, not even that it has none. */
export function readFace(): Face | undefined {
	if (hubOrigin() === undefined || !isSecureContext) return unsaid;
	try {
		const kept = localStorage.getItem(KEY);
		// Sound: written below, as this hub said it.
		return kept === null ? undefined : (JSON.parse(kept) as Face);
	} catch {
		return unsaid;
	}
}

/**
 * Asks at most once an hour. Where there is no answer the desk goes on with what it knows.
 *
 * @param atOnce - It was changed here.
 */
export async function learnFace({ atOnce = false } = {}): Promise<void> {
	if (!atOnce && performance.now() - askedAt < ASK_MS) return;
	askedAt = performance.now();
	const known = readFace();
	const input = known ? { known: known.version } : {};
	// A first screen is drawn with what is kept: the way to the hub is not read with it.
	const { hubClient } = await import('./hub.ts');
	const face = await hubClient.face.read.query(input).catch(() => {
		askedAt = -Infinity;
		return known ? null : unsaid;
	});
	if (face) keepFace(face);
}

function keepFace(face: Face): void {
	try {
		localStorage.setItem(KEY, JSON.stringify(face));
	} catch {
		// No room: it is asked for again.
	}
	for (const listener of listeners) listener(face);
}

const listeners = new Set<(face: Face) => void>();

/** Hears of what this tab or another was told, for as long as the page lives. */
export function onFace(listener: (face: Face) => void): void {
	listeners.add(listener);
	window.addEventListener('storage', ({ key }) => {
		const face = key === KEY ? readFace() : undefined;
		if (face) listener(face);
	});
}
