/**
 * What is unsent, as files that anybody can bring to the hub: the signed pushes themselves. Each
 * command keeps its id, so whoever brings it, it is done once. [SY8]
 *
 * @module
 */
import { writePushFile } from '#lib/formats/push.ts';
import { writeZip } from '#lib/formats/zip.ts';
import { nextBatch, signBatch } from './batch.ts';
import { deskNow } from './database.ts';
import { readDeskName } from './desk-name.ts';
import { waitingCommands } from './outbox.ts';
import type { OutboxRow } from './rows.ts';

export type UnsentFile = {
	blob: Blob;
	fileName: string;
	/** Commands in it. */
	count: number;
};

/** @returns One push file, or an archive where several are needed. `undefined`: nothing is unsent. */
export async function exportUnsent(): Promise<UnsentFile | undefined> {
	const waiting = await waitingCommands();
	const pushes: string[] = [];
	let rest = waiting;
	while (rest.length > 0) {
		const batch = nextBatch(rest);
		const taken = new Set(batch.map(({ id }) => id));
		rest = rest.filter(({ id }) => !taken.has(id));
		pushes.push(writePushFile(await signBatch(batch), await linesOf(batch)));
	}
	const [only, ...more] = pushes;
	if (only === undefined) return undefined;
	const day = new Date(deskNow() * 1000).toISOString().slice(0, 16).replace(/[:T]/g, '-');
	const stem = `unsent-${day}`;
	const count = waiting.length;
	if (more.length === 0) {
		const blob = new Blob([only], { type: 'application/octet-stream' });
		return { blob, fileName: `${stem}.kfpush`, count };
	}
	const encoder = new TextEncoder();
	const entries = pushes.map((text, at) => ({
		name: `${stem}-${at + 1}.kfpush`,
		bytes: encoder.encode(text)
	}));
	const blob = new Blob([writeZip(entries)], { type: 'application/zip' });
	return { blob, fileName: `${stem}.zip`, count };
}

async function linesOf(batch: readonly OutboxRow[]): Promise<string[]> {
	const since = Math.min(...batch.map(({ createdAt }) => createdAt));
	return [
		'Keyferry unsent work',
		`Desk: ${await readDeskName()}`,
		`Commands: ${batch.length}`,
		`Since: ${new Date(since * 1000).toISOString().slice(0, 10)}`
	];
}
