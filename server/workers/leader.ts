/**
 * What a worker has of the process that leads: what is counted for all, what is done once for all.
 *
 * @module
 */
import type { Counts } from '#server/http/rate-limit.ts';
import type { Metrics } from '#server/metrics/metrics.ts';
import { LEADER, type Line } from './line.ts';
import type { LeaderQuestions, Nudge } from './questions.ts';

export type Leader = {
	counts: Counts;
	metrics: Metrics['read'];
	nudge: (what: Nudge) => void;
	learn: (kid: string, grant: string) => Promise<void>;
};

export function askLeader(line: Line<LeaderQuestions>): Leader {
	return {
		counts: {
			take: (kind, key, points) => line.ask(LEADER, 'take', { kind, key, points }),
			waitOf: (kind, key) => line.ask(LEADER, 'waitOf', { kind, key }),
			giveBack: async (kind, key) => {
				await line.ask(LEADER, 'giveBack', { kind, key });
			}
		},
		metrics: () => line.ask(LEADER, 'metrics', undefined),
		nudge: (what) => void line.ask(LEADER, 'nudge', what).catch(() => undefined),
		learn: async (kid, grant) => {
			await line.ask(LEADER, 'learn', { kid, grant });
		}
	};
}
