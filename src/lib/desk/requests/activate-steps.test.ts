import { expect, test } from 'vitest';
import { openStep, stepAfter, type ActivateStep } from './activate-steps.ts';

function answered(...steps: ActivateStep[]) {
	const has = (step: ActivateStep) => steps.includes(step);
	return { license: has('license'), machine: has('machine'), who: has('who') };
}

test.each([
	[[], undefined, 'license'],
	[['who'], undefined, 'license'],
	[['license', 'who'], undefined, 'machine'],
	[['license', 'machine'], undefined, 'who'],
	[['license', 'machine', 'who'], undefined, undefined],
	// Whoever is at work in a step, or has opened it again, keeps it open.
	[['license', 'machine', 'who'], 'machine', 'machine'],
	[['license'], 'license', 'license']
] as const)('[DK4] of the answers %j, at %s, the open step is %s', (steps, at, open) => {
	expect(openStep(answered(...steps), at)).toBe(open);
});

test.each([
	['license', ['license'], 'machine'],
	['machine', ['license', 'machine'], 'who'],
	['machine', ['machine', 'who'], 'license'],
	['who', ['license', 'machine', 'who'], undefined]
] as const)('[DK4] after %s, with %j answered, comes %s', (step, steps, next) => {
	expect(stepAfter(answered(...steps), step)).toBe(next);
});
