/**
 * The language that screens are drawn in, and its words. English is always there; another language
 * is loaded when it is chosen.
 *
 * @module
 */
import { deskEn, type DeskTexts } from '#lib/messages/en/desk.ts';
import { en } from '#lib/messages/en/refusals.ts';
import { explainFrom } from '#lib/messages/explain-code.ts';
import type { Language, Message, MessageTable } from '#lib/messages/message.ts';
import type { Refusal } from '#lib/domain/refusal.ts';

type Texts = { desk: DeskTexts; refusals: MessageTable };

const loaders: Record<Language, () => Texts | Promise<Texts>> = {
	en: () => ({ desk: deskEn, refusals: en }),
	de: async () => {
		const [{ deskDe }, { de }] = await Promise.all([
			import('#lib/messages/de/desk.ts'),
			import('#lib/messages/de/refusals.ts')
		]);
		return { desk: deskDe, refusals: de };
	}
};

class Words {
	language = $state<Language>('en');
	/** False until the words of the first language are there. */
	isReady = $state(false);
	#texts = $state.raw<Texts>({ desk: deskEn, refusals: en });
	#wanted: Language | undefined;

	constructor() {
		this.choose('auto');
	}

	/** The texts of screens in the chosen language. */
	get t(): DeskTexts {
		return this.#texts.desk;
	}

	choose(choice: Language | 'auto'): void {
		const language = choice === 'auto' ? preferred() : choice;
		if (language === this.#wanted) return;
		this.#wanted = language;
		const texts = loaders[language]();
		if (texts instanceof Promise) void texts.then((loaded) => this.#speak(language, loaded));
		else this.#speak(language, texts);
	}

	explain({ refused: code, facts }: Refusal): Message {
		// Refusals in files may come from a newer hub, whatever the type promises. [FI7]
		return explainFrom(this.#texts.refusals, { code, facts, language: this.language });
	}

	#speak(language: Language, texts: Texts): void {
		// Another one was chosen while this one was on its way.
		if (language !== this.#wanted) return;
		this.#texts = texts;
		this.language = language;
		this.isReady = true;
		document.documentElement.lang = language;
	}
}

function preferred(): Language {
	return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

export const words = new Words();
