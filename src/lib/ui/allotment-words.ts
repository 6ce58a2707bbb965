/**
 * The words of allotments in the language of the screens.
 *
 * @module
 */
import { allotmentsDe } from '#lib/messages/allotments-de.ts';
import { allotmentsEn, type AllotmentTexts } from '#lib/messages/allotments-en.ts';
import { words } from './words.svelte.ts';

/** Call it where the language may be read anew: in a template or in `$derived`. */
export function allotmentWords(): AllotmentTexts {
	return words.language === 'de' ? allotmentsDe : allotmentsEn;
}
