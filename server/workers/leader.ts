/**
 * What a worker has of the process that leads: what is counted for all, what is done once for all.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import type { Counts } from '#server/http/rate-limit.ts';
import type { Places } from '#server/http/slots.ts';
import type { Metrics } from '#server/metrics/metrics.ts';
import { LEADER, type Line } from './line.ts';
import { passStopped } from './stops.ts';
import type { LeaderQuestions, Nudge, Stopped } from './questions.ts';

export type Leader = {
	counts: Counts;
	slots: Places;
	metrics: Metrics['read'];
	/** Somebody asks too often. */
	stop: (stopped: Stopped) => void;
	nudge: (what: Nudge) => void;
	learn: (kid: string, grant: string) => Promise<void>;
};

export function askLeader(line: Line<LeaderQuestions>): Leader {
	const stops = passStopped((passed) => line.ask(LEADER, 'count', passed));
	return {
		stop: stops.stop,
		counts: {
			take: (kind, key, points) =>
				kind === 'address'
					? stops.pass(kind, key, points)
					: line.ask(LEADER, 'take', { kind, key, points }),
			waitOf: async (kind, key) => stops.waitOf(kind, key),
			giveBack: async (kind, key) => {
				await line.ask(LEADER, 'giveBack', { kind, key });
			}
		},
		slots: {
			take: async (kind, address) => {
				const slot = await line.ask(LEADER, 'takeSlot', { kind, address });
				if (isRefusal(slot)) return slot;
				return () => void line.ask(LEADER, 'freeSlot', slot).catch(() => undefined);
			}
		},
		metrics: () => line.ask(LEADER, 'metrics', undefined),
		nudge: (what) => void line.ask(LEADER, 'nudge', what).catch(() => undefined),
		learn: async (kid, grant) => {
			await line.ask(LEADER, 'learn', { kid, grant });
		}
	};
}
