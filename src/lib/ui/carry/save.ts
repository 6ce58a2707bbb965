/**
 * Puts something into the person's download folder.
 *
 * @module
 */

/** Long enough for slow devices to begin the download before its source goes. */
const KEEP_MILLISECONDS = 60_000;

export function saveText(text: string, fileName: string): void {
	saveBlob(new Blob([text], { type: 'application/octet-stream' }), fileName);
}

export function saveBlob(blob: Blob, fileName: string): void {
	const url = URL.createObjectURL(blob);
	const link = document.createElement('a');
	link.href = url;
	link.download = fileName;
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(url), KEEP_MILLISECONDS);
}
