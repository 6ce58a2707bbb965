/**
 * Files of several requests or answers, saved at once.
 *
 * @module
 */
import type { SavedFiles } from '#lib/desk/files/save-answers.ts';
import { carryingTexts } from '#lib/messages/carrying.ts';
import { notices } from '#lib/ui/base/notices.svelte.ts';
import { words } from '#lib/ui/base/words.svelte.ts';
import { saveBlob } from '#lib/ui/carry/save.ts';

/** @param say - What is said of more than one. */
export function keepFiles(
	{ blob, fileName, count }: SavedFiles,
	say: (count: number) => string
): void {
	saveBlob(blob, fileName);
	notices.say(count === 1 ? words.of(carryingTexts).carry.saved(fileName) : say(count));
}
