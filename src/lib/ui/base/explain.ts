/**
 * A refusal in the language of the screens. Apart from the other words, because its texts are as many
 * as theirs and the first screen refuses nothing.
 *
 * @module
 */
import type { Refusal } from '#lib/domain/refusal.ts';
import { explainCode } from '#lib/messages/explain.ts';
import { isolatedIn } from '#lib/messages/words/typed.ts';
import type { Message } from '#lib/messages/words/message.ts';
import { words } from './words.svelte.ts';

/** Refusals in files may come from a newer hub, whatever the type promises. [FI7] */
export function explain({ refused, facts }: Refusal): Message {
	return explainCode(refused, isolatedIn(facts), words.language);
}
