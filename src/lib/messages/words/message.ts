/**
 * What a person reads when something is refused: what happened, and what to do next.
 *
 * @module
 */
import type { RefusalCode, Refusals } from '#lib/domain/refusal.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** `title` says what happened with its facts; `next` says the next step. Neither blames anyone. */
export type Message = { title: string; next: string };

/** One text for every code: a code without a text does not compile. */
export type MessageTable = { [C in RefusalCode]: (facts: Refusals[C]) => Message };
