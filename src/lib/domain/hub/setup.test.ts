import { expect, test } from 'vitest';
import { judgeSeen, mayTake, nextSetupStep, setupSteps, type SetupStep } from './setup.ts';

const first = (count: number) => new Set<SetupStep>(setupSteps.slice(0, count));

test('[SU1] the next step is the first that is not done, and the last one stays', () => {
	expect(setupSteps.map((_, count) => nextSetupStep(first(count)))).toEqual([...setupSteps]);
	expect(nextSetupStep(first(setupSteps.length))).toBe('finish');
});

test.each([
	[0, ['admin']],
	[1, ['admin', 'reach']],
	[2, ['admin', 'reach', 'keys']],
	[3, ['catalog']],
	[4, ['catalog', 'mail']],
	[5, ['catalog', 'mail', 'finish']]
])('[SU1] with %i steps done, nothing is left out and keys are made once: %j', (count, may) => {
	expect(setupSteps.filter((step) => mayTake(step, first(count)))).toEqual(may);
});

const url = 'https://hub.example.com';

test.each([
	['reached', 'none', { origin: url, isProxied: false }],
	['reached', 'proxy', { origin: url, isProxied: true }],
	['unnamed-proxy', 'proxy', { origin: 'http://hub.example.com', isProxied: false }],
	['other-address', 'proxy', { origin: 'http://127.0.0.1:4870', isProxied: false }],
	['other-address', 'proxy', { origin: 'http://hub.example.com', isProxied: true }],
	['other-address', 'files', { origin: 'https://hub.example.com:4870', isProxied: false }]
])('[SU1] %s by %s: seen as %j', (verdict, tls, seen) => {
	expect(judgeSeen({ url, tls }, seen)).toBe(verdict);
});
