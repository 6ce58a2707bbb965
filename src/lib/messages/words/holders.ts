/**
 * Who holds the clients of a site server, inside a sentence. [LE7]
 *
 * @module
 */
import { list } from './wording.ts';

/** So many are named; the facts have them all. */
const NAMED = 3;

export function holderList(
	holders: readonly { user: string; machine?: string }[],
	language: 'en' | 'de'
): string {
	const named = holders
		.slice(0, NAMED)
		.map(({ user, machine }) => (machine === undefined ? user : `${user} (${machine})`));
	const more = holders.length - named.length;
	if (more === 0) return list(named, language);
	return list([...named, language === 'en' ? `${more} more` : `${more} weitere`], language);
}
