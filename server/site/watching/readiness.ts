/**
 * Whether a site server can do its work: it is licensed, its clock can be right, and what it is told can be
 * kept. [ST1, ST7]
 *
 * @module
 */
import { statfs } from 'node:fs/promises';
import type { Site } from '#server/site/site.ts';

export type Readiness = {
	ready: boolean;
	/** A license that serves clients is active. */
	licensed: boolean;
	/** `behind`: what was signed before lies in its future; it still works. [CL1] */
	clock: 'plausible' | 'behind';
	/** `full`: nothing can be kept, so no claim is answered. */
	disk: 'room' | 'full';
};

/** A claim takes less than a kilobyte; the database grows by pages, and so does its journal. */
const LEAST_BYTES = 16 * 2 ** 20;

export async function readReadiness(site: Site): Promise<Readiness> {
	const licensed = site.pools.summary().some(({ clients }) => clients > 0);
	const clock = site.standing().notice === undefined ? 'plausible' : 'behind';
	const { bavail, bsize } = await statfs(site.folder);
	const disk = bavail * bsize >= LEAST_BYTES ? 'room' : 'full';
	return { ready: licensed && disk === 'room', licensed, clock, disk };
}
