/**
 * Activating in three steps: which of them is open, and which is the next. [DK4]
 *
 * @module
 */

export const activateSteps = ['license', 'machine', 'who'] as const;
export type ActivateStep = (typeof activateSteps)[number];

/** Which steps have their answer. */
export type StepAnswers = Record<ActivateStep, boolean>;

/**
 * The step that is open; none where all are answered. Whoever opens one, or is at work in it, keeps it.
 *
 * @param at - The step that somebody opened or works in.
 */
export function openStep(answers: StepAnswers, at?: ActivateStep): ActivateStep | undefined {
	return at ?? activateSteps.find((step) => !answers[step]);
}

/** The step to go on with: the next without an answer, in a circle. */
export function stepAfter(answers: StepAnswers, step: ActivateStep): ActivateStep | undefined {
	const place = activateSteps.indexOf(step);
	const rest = [...activateSteps.slice(place + 1), ...activateSteps.slice(0, place)];
	return rest.find((each) => !answers[each]);
}
