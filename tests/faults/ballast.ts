/**
 * A disk filled up, on purpose: only one that was made small for it, and never by more than that.
 *
 * @module
 */
import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The largest disk that is ever filled, in bytes. */
export const LARGEST_DISK = 256 * 2 ** 20;

const ballast = (disk: string) => join(disk, 'ballast');

/** Writes until nothing more fits. @throws Where the disk is larger than `LARGEST_DISK`. */
export function fillDisk(disk: string): void {
	const { blocks, bsize } = statfsSync(disk);
	if (blocks * bsize > LARGEST_DISK)
		throw new Error(`${disk} has ${blocks * bsize} bytes: only a disk made small is filled`);
	const descriptor = openSync(ballast(disk), 'w');
	let written = 0;
	try {
		for (let piece = 2 ** 20; piece >= 1; piece >>= 4) {
			try {
				while (written < LARGEST_DISK) written += writeSync(descriptor, Buffer.alloc(piece));
			} catch {
				// Smaller pieces may still fit.
			}
		}
	} finally {
		closeSync(descriptor);
	}
}

export function freeDisk(disk: string): void {
	rmSync(ballast(disk));
}
