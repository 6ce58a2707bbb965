/**
 * What was entered in the three steps, and which of them somebody is at. [DK4]
 *
 * @module
 */
import type { ActivateStep } from '#lib/desk/requests/activate-steps.ts';
import type { RequestDraft } from '#lib/desk/store/state-rows.ts';
import { KeyInput, MachineInput } from './inputs.svelte.ts';

export class ActivateForm {
	readonly key = new KeyInput();
	readonly code = new MachineInput();
	/** A name given by hand, instead of a code. [MA6] */
	given = $state('');
	label = $state('');
	/** As typed; what this desk knows of who asks stands in for it. */
	name = $state<string>();
	organization = $state<string>();

	/** The step that somebody opened or works in. */
	at = $state<ActivateStep>();
	/** Number of a license whose refusal was read: somebody goes on all the same. */
	goesOnWith = $state<string>();
	/** Somebody has entered something since the page was opened. */
	isAtWork = false;
	/** Somebody wanted the request: from now on what is missing is said. */
	tried = $state(false);

	/** Nothing was entered that is not known anyway. */
	get isEmpty(): boolean {
		const { key, code, given, label, name, organization } = this;
		return ![key.text, code.text, given, label, name, organization].some(Boolean);
	}

	get draft(): RequestDraft {
		const { key, code, given, label, name, organization } = this;
		const typed = { license: key.text, code: code.text, given, label, name, organization };
		return Object.fromEntries(Object.entries(typed).filter(([, text]) => text));
	}

	async restore(draft: RequestDraft): Promise<void> {
		this.given = draft.given ?? '';
		this.label = draft.label ?? '';
		this.name = draft.name;
		this.organization = draft.organization;
		await Promise.all([this.key.read(draft.license ?? ''), this.code.read(draft.code ?? '')]);
	}

	/** Nothing is left of it but what this desk knows of who asks. */
	clear(): void {
		this.at = undefined;
		this.goesOnWith = undefined;
		this.tried = false;
		void this.restore({});
	}
}
