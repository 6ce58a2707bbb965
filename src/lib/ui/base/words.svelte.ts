/**
 * The language that screens are drawn in, and their texts in it. Each screen brings texts of its own,
 * in every language, so that choosing another one waits for nothing, offline either.
 *
 * @module
 */
import type { LabelsTexts } from '#lib/messages/en/labels.ts';
import { labelsTexts } from '#lib/messages/labels.ts';
import { isolating } from '#lib/messages/words/typed.ts';
import type { Language } from '#lib/messages/words/message.ts';

class Words {
	language = $state<Language>('en');

	constructor() {
		this.choose('auto');
	}

	/** What stands on every screen. */
	get t(): LabelsTexts {
		return this.of(labelsTexts);
	}

	/** Texts in the chosen language, which isolate what people typed. [NM1] */
	of<T extends object>(texts: Record<Language, T>): T {
		return isolating(texts[this.language]);
	}

	choose(choice: Language | 'auto'): void {
		this.language = choice === 'auto' ? preferred() : choice;
		document.documentElement.lang = this.language;
	}
}

function preferred(): Language {
	return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

export const words = new Words();
