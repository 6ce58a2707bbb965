/**
 * What is unsent, as files that anybody can bring to the hub: the signed pushes themselves. Each
 * command keeps its id, so whoever brings it, it is done once. [SY8]
 *
 * @module
 */
import { utcDay } from '#lib/domain/calendar.ts';
import { writePushFile } from '#lib/formats/push.ts';
import { writeZip } from '#lib/formats/zip.ts';
import { nextBatch, signBatch } from './batch.ts';
import { deskNow } from '#lib/desk/store/database.ts';
import { readDeskName } from '#lib/desk/store/desk-name.ts';
import { waitingCommands } from '#lib/desk/store/outbox.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';

export type UnsentFile = {
	fileName: string;
	/** A `.kfpush` file. */
	text: string;
	/** How many commands are in it. */
	commands: number;
};

/** One file for each push that it would take: whoever queued it, each in its own order. */
export async function exportUnsent(): Promise<UnsentFile[]> {
	const batches: OutboxRow[][] = [];
	let rest = await waitingCommands();
	while (rest.length > 0) {
		const batch = nextBatch(rest);
		const taken = new Set(batch.map(({ id }) => id));
		rest = rest.filter(({ id }) => !taken.has(id));
		batches.push(batch);
	}
	const stem = `unsent-${timestamp()}`;
	const files: UnsentFile[] = [];
	for (const [at, batch] of batches.entries()) {
		const text = writePushFile(await signBatch(batch), await linesOf(batch));
		const fileName = batches.length === 1 ? `${stem}.kfpush` : `${stem}-${at + 1}.kfpush`;
		files.push({ fileName, text, commands: batch.length });
	}
	return files;
}

/** The same as one file: an archive where several are needed. `undefined`: nothing is unsent. */
export async function packUnsent(): Promise<{ blob: Blob; fileName: string } | undefined> {
	const files = await exportUnsent();
	const [only, ...more] = files;
	if (!only) return undefined;
	if (more.length === 0) return { blob: new Blob([only.text]), fileName: only.fileName };
	const encoder = new TextEncoder();
	const entries = files.map(({ fileName: name, text }) => ({ name, bytes: encoder.encode(text) }));
	const blob = new Blob([writeZip(entries)], { type: 'application/zip' });
	return { blob, fileName: `unsent-${timestamp()}.zip` };
}

/** The desk's own time, as part of a file's name. */
function timestamp(): string {
	return new Date(deskNow() * 1000).toISOString().slice(0, 16).replace(/[:T]/g, '-');
}

async function linesOf(batch: readonly OutboxRow[]): Promise<string[]> {
	const since = Math.min(...batch.map(({ createdAt }) => createdAt));
	return [
		'Keyferry unsent work',
		`Desk: ${await readDeskName()}`,
		`Commands: ${batch.length}`,
		`Since: ${utcDay(since)}`
	];
}
