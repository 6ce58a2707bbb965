import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { tallyReporter } from './scripts/tally-vitest.ts';

/** What is random, counts, or breaks something: `npm run test:faults`. */
const faults = ['tests/{faults,model,fuzz}/**/*.test.ts'];

/** What packs, or takes many processes: likewise. */
const processes = [
	'tests/packages/**/*.test.ts',
	'tests/{kit,verify-examples}.test.ts',
	'tests/hub/**/{adopting,fault,http-proxy,keeping,key-ended,moving,odd-queue,older-backup,process,workers}.test.ts',
	'tests/security/{attach-guesses,canaries,foreign-calls,guesses,matrix-dimensions,second-factor,sign-in-by-code,sign-in-matrix}.test.ts',
	'tests/site/{licensed-app,licensing-types,sdk-client}.test.ts',
	'tests/journeys/{command-line,courier-lines,dates,gap,hostile-files,own-authority,own-hub,people,refusals,repair,restore,return,sticks,strange-machines,ten-desks}.test.ts',
	'server/db/{durable-files,embedded}.test.ts'
];

/** However busy the machine is: a test ends by what it waits for, never by the time. */
const PATIENCE_MS = 300_000;

/**
 * What the machine refuses such a test (a process that does not start, a network) is tried once more, and
 * named in the end. What is found to be wrong never is: a difference once is a difference.
 */
const unlessWrong = { count: 1, condition: /^(?!.*(\bexpected\b|Property failed))/s };

/** As of browsers: the second attempt counts in a whole run, and is named. */
const again = process.env.CI ? 1 : 0;

export default defineConfig({
	define: { __ONE_FILE__: 'false' },
	test: {
		testTimeout: PATIENCE_MS,
		hookTimeout: PATIENCE_MS,
		expect: { poll: { timeout: 60_000 } },
		maxWorkers: Math.max(2, availableParallelism() - 1),
		reporters: ['default', tallyReporter],
		projects: [
			{
				extends: true,
				// They keep nothing between files, so they need no process each.
				test: { name: 'unit', include: ['src/**/*.test.ts'], isolate: false }
			},
			{
				extends: true,
				test: {
					name: 'hubs',
					include: ['{server,scripts,tests,bench,examples}/**/*.test.ts'],
					exclude: [...faults, ...processes],
					retry: again
				}
			},
			{ extends: true, test: { name: 'faults', include: faults, retry: unlessWrong } },
			{ extends: true, test: { name: 'processes', include: processes, retry: again } }
		]
	}
});
