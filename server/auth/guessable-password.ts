/**
 * Passwords that everybody tries first. The lists that are passed around hold some hundred words, runs
 * of a keyboard and years, put together in a few ways; what is made like that is refused, whether or
 * not it stands in a list. Made by rules, so that nothing has to be fetched or licensed.
 *
 * @module
 */

const words = new Set(
	`password passwort passwd pass kennwort geheim secret letmein welcome willkommen hello hallo login
	admin administrator root user guest gast test testing master manager access changeme change
	default temp server system computer internet windows qwerty qwertz azerty iloveyou love lovely
	dragon monkey shadow sunshine princess prinzessin football fussball baseball basketball hockey
	soccer superman batman spiderman pokemon starwars michael jennifer jordan charlie daniel thomas
	ashley jessica andrew michelle trustno trust nothing whatever freedom flower summer sommer winter
	spring autumn herbst januar january februar february maerz march april mai may juni june juli july
	august september oktober october november dezember december monday montag friday freitag sunday
	sonntag cheese chocolate schokolade cookie banana orange purple silver golden ginger pepper killer
	hunter ranger tigger buster harley mustang ferrari porsche mercedes liverpool chelsea arsenal
	barcelona bayern yankees america deutschland germany england london berlin matrix ninja samsung
	google facebook license lizenz keyferry company firma office buero support service family familie
	baby angel engel schatz hase maus katze hund mein dein my your the is me you i a abc abcd xyz
	one two three eins zwei drei new neu now go no yes ja nein nein ok best top super hot cool`
		.split(/\s+/)
		.filter((word) => word !== '')
);
const longest = Math.max(...[...words].map((word) => word.length));

/** What neighbours what: in the alphabet, in numbers and on keyboards, there and back. */
const rows = [
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890',
	'qwertyuiop',
	'qwertzuiop',
	'azertyuiop',
	'asdfghjkl',
	'yxcvbnm',
	'zxcvbnm',
	'1q2w3e4r5t6z7u8i9o0p',
	'1q2w3e4r5t6y7u8i9o0p',
	'q1w2e3r4t5y6u7i8o9p0',
	'1qaz2wsx3edc4rfv5tgb6yhn7ujm',
	'qazwsxedcrfvtgbyhnujm',
	'1a2b3c4d5e6f7g8h9i'
].flatMap((row) => [row, [...row].reverse().join('')]);

const letters: Record<string, string> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'@': 'a',
	$: 's',
	'!': 'i'
};

/** Whether a password is made of nothing but what everybody tries. */
export function isCommonPassword(password: string): boolean {
	const plain = password.normalize('NFKC').toLowerCase();
	return /^\d+$/.test(plain) || isMadeOfParts(plain);
}

/** Words, runs, repeats and numbers, one after the other to the end; at most four words or runs. */
function isMadeOfParts(text: string): boolean {
	const fewest = Array.from({ length: text.length + 1 }, () => Infinity);
	fewest[0] = 0;
	for (let at = 0; at < text.length; at++) {
		const until = fewest[at]!;
		if (until === Infinity) continue;
		for (let end = at + 1; end <= text.length; end++) {
			const cost = costOf(text.slice(at, end));
			if (cost !== undefined) fewest[end] = Math.min(fewest[end]!, until + cost);
		}
	}
	return fewest[text.length]! <= 4;
}

function spelled(part: string): string {
	return part.replace(/[013457@$!]/g, (sign) => letters[sign] ?? sign);
}

/** Parts that a word is only filled up with cost nothing. */
function costOf(part: string): number | undefined {
	if (/^(\d|[^\p{L}\d])$/u.test(part)) return 0.25;
	if (/^(.)\1+$/u.test(part) || /^(19|20)\d\d$/.test(part)) return 0.5;
	if (part.length <= longest && (words.has(part) || words.has(spelled(part)))) return 1;
	if (part.length >= 3 && rows.some((row) => row.includes(part))) return 1;
	return undefined;
}
