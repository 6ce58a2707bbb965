/**
 * The language that screens are drawn in, and its words.
 *
 * @module
 */
import { deskDe } from '#lib/messages/desk-de.ts';
import { deskEn, type DeskTexts } from '#lib/messages/desk-en.ts';
import { explainCode } from '#lib/messages/explain.ts';
import type { Language, Message } from '#lib/messages/message.ts';
import type { Refusal } from '#lib/domain/refusal.ts';

const tables: Record<Language, DeskTexts> = { en: deskEn, de: deskDe };

class Words {
	language = $state<Language>(preferred());
	/** The texts of screens in the chosen language. */
	readonly t: DeskTexts = $derived(tables[this.language]);

	choose(choice: Language | 'auto'): void {
		this.language = choice === 'auto' ? preferred() : choice;
		document.documentElement.lang = this.language;
	}

	explain(refusal: Refusal): Message {
		// Refusals in files may come from a newer hub, whatever the type promises. [FI7]
		return explainCode(refusal.refused, refusal.facts, this.language);
	}
}

function preferred(): Language {
	return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

export const words = new Words();
