/**
 * The words of allotments in the language of the screens.
 *
 * @module
 */
import { allotmentsDe } from '#lib/messages/de/allotments.ts';
import { allotmentsEn, type AllotmentTexts } from '#lib/messages/en/allotments.ts';
import { words } from '#lib/ui/base/words.svelte.ts';

/** Call it where the language may be read anew: in a template or in `$derived`. */
export function allotmentWords(): AllotmentTexts {
	return words.language === 'de' ? allotmentsDe : allotmentsEn;
}
