import { expect, test } from 'vitest';
import { syncEn as t } from '#lib/messages/en/sync.ts';
import { outcomeText, standingText, standingTitle } from '#lib/ui/sync/sync-sentences.ts';
import type { SyncStanding } from '#lib/ui/sync/sync-state.ts';

const settled: SyncStanding = {
	is: 'settled',
	line: 'open',
	isSyncing: false,
	isSignedIn: true,
	waiting: 0,
	asOf: 900
};
const text = (changes: Partial<SyncStanding>) =>
	standingText({ ...settled, ...changes }, t.state, (seconds) => `[${seconds}]`);

test('[DK1] a standing says as of when, why something waits, and when it is tried again', () => {
	expect(text({})).toBe('As of [900].');
	expect(text({ line: 'offline' })).toMatch(/^As of \[900\]\. This device is offline\./);
	const waiting = { is: 'waiting', waiting: 2, oldestAt: 0 } as const;
	expect(text({ ...waiting, line: 'unreachable', nextTryAt: 950 })).toBe(
		'The server does not answer. Next try at [950]. The oldest has waited since 1 January 1970. Nothing is lost.'
	);
	expect(text({ ...waiting, isSyncing: true })).toMatch(/^Being sent now\./);
	expect(standingTitle({ ...settled, ...waiting }, t.state)).toBe('2 items wait for the server');
	expect(standingTitle(settled, t.state, { isShared: true })).toBe(
		'All your work is with the server'
	);
	expect(standingTitle(settled, t.state, { undecided: 1 })).toBe(
		'All but 1 changed text is with the server'
	);
});

test('[DK1] what came of a sync is never nothing at all', () => {
	const said = (round: Parameters<typeof outcomeText>[0], line: SyncStanding['line'] = 'open') =>
		outcomeText(round, t.outcome, { line, isSignedIn: true });
	expect(said({ settled: 3 })).toBe('Done: 3 items sent.');
	expect(said({ settled: 0 })).toBe(t.outcome.nothing);
	expect(said({ settled: 0, fault: 'unreachable' })).toBe(t.outcome.unreachable);
	expect(said({ settled: 0, fault: 'unreachable' }, 'offline')).toBe(t.outcome.offline);
	expect(said({ settled: 0, held: 'restored' })).toBe(t.outcome.held);
	expect(said({ settled: 0, fault: 'the hub answered 502' })).toContain('502');
	expect(said(undefined)).toBe(t.outcome.silent);
});
