/**
 * Installing this app, by the browser's own prompt where it has one.
 *
 * The browser hands its prompt over once, soon after the page was loaded, and it may be opened from a
 * click only: so it is kept for whichever screen asks first.
 *
 * @module
 */
import { judgeInstall, type InstallState } from './install-state.ts';

/** Of Chromium alone, so no list of the web's own events has it. */
type PromptEvent = Event & { prompt: () => Promise<{ outcome: 'accepted' | 'dismissed' }> };

class Install {
	#prompt = $state.raw<PromptEvent>();
	#isInstalled = $state(false);

	get state(): InstallState {
		return judgeInstall({
			isOneFile: __ONE_FILE__,
			isStandalone: this.#isInstalled || matchMedia('(display-mode: standalone)').matches,
			hasPrompt: this.#prompt !== undefined,
			knowsPrompt: 'onbeforeinstallprompt' in window,
			userAgent: navigator.userAgent,
			touchPoints: navigator.maxTouchPoints
		});
	}

	/** Keeps the prompt when the browser hands it over, for as long as the page lives. */
	listen(): void {
		const keep = (event: Event) => {
			// Sound: the browser gives an event of this name nothing less.
			this.#prompt = event as PromptEvent;
			// Else the browser asks by itself, whatever somebody is doing.
			event.preventDefault();
		};
		const done = () => {
			this.#prompt = undefined;
			this.#isInstalled = true;
		};
		window.addEventListener('beforeinstallprompt', keep);
		window.addEventListener('appinstalled', done);
	}

	/** Opens the browser's prompt; call it from a click. @returns Whether it was accepted. */
	async ask(): Promise<boolean> {
		const prompt = this.#prompt;
		// It can be opened once.
		this.#prompt = undefined;
		const answer = await prompt?.prompt();
		if (answer?.outcome !== 'accepted') return false;
		this.#isInstalled = true;
		return true;
	}
}

export const install = new Install();
