/**
 * The files of a drop, folders walked to the bottom.
 *
 * @module
 */

/** Must be called while the drop is handled: its items are gone after the first await. */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
	const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
	const loose = [...transfer.files];
	if (entries.every((entry) => entry === null)) return loose;
	const walked = await Promise.all(entries.map(async (entry) => (entry ? walk(entry) : [])));
	return walked.flat();
}

async function walk(entry: FileSystemEntry): Promise<File[]> {
	if (entry.isFile)
		return [
			await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))
		];
	const reader = (entry as FileSystemDirectoryEntry).createReader();
	const files: File[] = [];
	// A reader hands out at most about a hundred entries at a time.
	for (;;) {
		const batch = await new Promise<FileSystemEntry[]>((done, failed) =>
			reader.readEntries(done, failed)
		);
		if (batch.length === 0) return files;
		for (const child of batch) files.push(...(await walk(child)));
	}
}
