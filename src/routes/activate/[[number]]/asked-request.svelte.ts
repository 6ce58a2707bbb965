/**
 * What the form comes to with all that this desk knows: the license, the machine, who asks, and whether
 * the server would say no. [DK4]
 *
 * @module
 */
import {
	openStep,
	type ActivateStep,
	type StepAnswers
} from '#lib/desk/requests/activate-steps.ts';
import { foreseeRefusal } from '#lib/desk/requests/foresee-refusal.ts';
import { factsOfKey, readLicenseFacts } from '#lib/desk/requests/license-facts.ts';
import { readIdentity } from '#lib/desk/store/identity.ts';
import { Live } from '#lib/desk/store/live.ts';
import { LiveOf } from '#lib/desk/store/live-of.svelte.ts';
import { readSettings } from '#lib/desk/store/settings.ts';
import { presentComponents } from '#lib/domain/machines/machine.ts';
import { isBlank } from '#lib/domain/typed-name.ts';
import { activateTexts } from '#lib/messages/activate.ts';
import { componentList } from '#lib/messages/words/components.ts';
import { isolated } from '#lib/messages/words/typed.ts';
import { now } from '#lib/ui/base/now.svelte.ts';
import { words } from '#lib/ui/base/words.svelte.ts';
import type { ActivateForm } from './form.svelte.ts';

export class AskedRequest {
	readonly #form: ActivateForm;
	readonly #settings = new Live(readSettings);
	readonly #identity = new Live(readIdentity);

	constructor(form: ActivateForm) {
		this.#form = form;
	}

	readonly choice = $derived.by(() => this.#form.key.choice);
	readonly #known = new LiveOf(
		async (number) => (await readLicenseFacts(number)) ?? null,
		() => this.choice?.number ?? ''
	);
	readonly facts = $derived.by(() => {
		if (!this.choice) return undefined;
		const { keyText } = this.choice;
		return this.#known.current ?? (keyText === undefined ? undefined : factsOfKey(keyText));
	});

	/** Its name given by hand stands for the machine. [MA6] */
	readonly byName = $derived.by(
		() => this.facts?.policy.given === true && !isBlank(this.#form.given)
	);
	readonly machine = $derived.by(() => (this.byName ? undefined : this.#form.code.machine));

	/** As typed, else as this desk knows them: whoever holds the license is who it is asked for. */
	readonly who = $derived.by(() => {
		const { name, organization } = this.#form;
		const settings = this.#settings.current;
		const identity = this.#identity.current;
		return {
			name: name ?? settings?.name ?? identity?.name ?? '',
			organization:
				organization ??
				this.facts?.customer ??
				settings?.organization ??
				identity?.customers[0]?.name ??
				''
		};
	});

	/** Why a request for this license would be refused. */
	readonly foreseen = $derived.by(() => this.facts && foreseeRefusal(this.facts, {}, now.seconds));
	/** Why this machine would be refused; seats are the license's matter. */
	readonly foreseenMachine = $derived.by(() =>
		this.facts && this.machine
			? foreseeRefusal({ ...this.facts, counts: undefined }, { machine: this.machine }, now.seconds)
			: undefined
	);

	readonly answers = $derived.by((): StepAnswers => {
		const isRead = this.choice !== undefined && this.#known.current !== undefined;
		const isGood = this.foreseen === undefined || this.#form.goesOnWith === this.choice?.number;
		return {
			license: isRead && isGood,
			machine: this.byName || this.machine !== undefined,
			who: !isBlank(this.who.name) && !isBlank(this.who.organization)
		};
	});
	readonly open = $derived.by(() => openStep(this.answers, this.#form.at));

	/** Each answer in one line; what people typed is isolated. */
	readonly said = $derived.by((): Partial<Record<ActivateStep, string>> => {
		const { choice, facts, machine, who } = this;
		const t = words.of(activateTexts);
		const said: Partial<Record<ActivateStep, string>> = {};
		if (choice) said.license = joined(' · ', facts && isolated(facts.title), choice.number);
		if (this.byName) said.machine = t.namedByHand(this.#form.given.trim());
		else if (machine)
			said.machine = joined(
				' · ',
				isolated(this.#form.label.trim()),
				t.byCodeOf(componentList(presentComponents(machine.fp), words.language))
			);
		if (this.answers.who)
			said.who = joined(', ', isolated(who.name.trim()), isolated(who.organization.trim()));
		return said;
	});

	/** All that this desk has to say has been read: until then no step is the open one. */
	get isKnown(): boolean {
		const isRead = !this.choice || this.#known.current !== undefined;
		return isRead && this.#settings.current !== undefined && this.#identity.current !== undefined;
	}

	/** Nobody is signed in. */
	get isAlone(): boolean {
		return this.#identity.current === null;
	}

	/** The browser has not been asked yet to keep what is stored here. */
	get isFirstSave(): boolean {
		return this.#settings.current?.persisted === undefined;
	}
}

function joined(between: string, ...parts: (string | undefined)[]): string {
	return parts.filter(Boolean).join(between);
}
