import { describe, expect, test, vi } from 'vitest';
import { refuse } from '#lib/domain/refusal.ts';
import { WAITING_SECONDS } from '#lib/domain/seats/waiting.ts';
import { statusOf, type Known } from './request-status.ts';
import type { FileRow } from '#lib/desk/store/file-rows.ts';
import type { OutboxRow } from '#lib/desk/store/desk-rows.ts';

// Whose desk it is is asked when the store is loaded.
vi.hoisted(() => vi.stubGlobal('location', { protocol: 'http:', origin: 'http://hub.example' }));

const noSeat = refuse('SEAT_LIMIT_REACHED', { number: 'KF', seats: 1, used: 1, contact: 'c' });
const NOW = 1_000_000;

function command(n: number, type: OutboxRow['type'], rest: Partial<OutboxRow> = {}): OutboxRow {
	const base = { id: `c${n}`, outbox: 'o', n, version: 1, hash: '', subject: 'r' };
	return { ...base, type, args: { request: '' }, createdAt: n, state: 'settled', ...rest };
}

const refused = command(1, 'activation.request', {
	result: { id: 'c1', n: 1, refusal: noSeat, file: 'refusal file' },
	settledAt: NOW
});
const waits = (rest: Partial<OutboxRow> = {}) =>
	command(2, 'request.wait', { result: { id: 'c2', n: 2 }, settledAt: NOW, ...rest });
const file = (rest: Partial<FileRow>): FileRow => ({
	jti: 'f',
	kind: 'activation',
	request: 'r',
	text: 'drawn',
	summary: {},
	verified: true,
	fileName: 'f',
	storedAt: 1,
	...rest
});
const see = (known: Partial<Known>) => statusOf({ commands: [], carried: [], now: NOW, ...known });

describe('[RE1] where a request stands', () => {
	test('a draft, queued, then refused with its reason and file', () => {
		expect(see({})).toEqual({ state: 'draft' });
		expect(see({ commands: [command(1, 'activation.request', { state: 'waiting' })] })).toEqual({
			state: 'queued'
		});
		expect(see({ commands: [refused] })).toMatchObject({
			state: 'refused',
			refusal: noSeat,
			answer: 'refusal file',
			answeredAt: NOW
		});
	});

	test('kept waiting: at once on this desk, then until when, as the hub says', () => {
		const unsent = [refused, waits({ state: 'waiting', result: undefined })];
		expect(see({ commands: unsent })).toMatchObject({
			state: 'waiting',
			unsent: 'wait',
			refusal: noSeat,
			answer: 'refusal file'
		});
		const mirrored = { state: 'waiting', file: 'refusal file', waitingUntil: NOW + 9 } as const;
		const told = see({ commands: [refused, waits()], mirrored });
		expect(told).toMatchObject({ state: 'waiting', waitingUntil: NOW + 9 });
		expect(told.unsent).toBeUndefined();
	});

	test('withdrawn: refused again, at once on this desk', () => {
		const mirrored = { state: 'waiting', file: 'f', waitingUntil: NOW + 9 } as const;
		const leaving = command(3, 'request.withdraw', { state: 'waiting' });
		const told = see({ commands: [leaving, waits(), refused], mirrored });
		expect(told).toMatchObject({ state: 'refused', unsent: 'withdraw', refusal: noSeat });
		expect(told.waitingUntil).toBeUndefined();
	});

	test('granted by itself outweighs everything that was summary before', () => {
		const mirrored = { state: 'granted', file: 'activation file' } as const;
		expect(see({ commands: [refused, waits()], mirrored })).toEqual({
			state: 'granted',
			answer: 'activation file'
		});
	});

	test('granted, as the mirror has its machine: nothing is asked while the answer is on its way', () => {
		expect(see({ isGranted: true })).toEqual({ state: 'granted' });
		const queued = command(1, 'activation.request', { state: 'waiting' });
		expect(see({ isGranted: true, commands: [queued] })).toEqual({ state: 'granted' });
	});

	test('asked again while it waits, it is still waiting', () => {
		const again = { ...refused, id: 'c4', n: 4, createdAt: 4 };
		const mirrored = { state: 'waiting', file: 'f', waitingUntil: NOW } as const;
		expect(see({ commands: [refused, waits(), again], mirrored }).state).toBe('waiting');
	});

	test('waited in vain is told, and so is a "no" to waiting', () => {
		const mirrored = { state: 'refused', file: 'f' } as const;
		const late = { commands: [refused, waits()], mirrored, now: NOW + WAITING_SECONDS };
		expect(see(late)).toMatchObject({ state: 'refused', waitedInVain: true });
		const suspended = refuse('LICENSE_SUSPENDED', { number: 'KF', contact: 'c' });
		const told = waits({ result: { id: 'c2', n: 2, refusal: suspended, file: 'newer' } });
		expect(see({ commands: [refused, told], mirrored })).toMatchObject({
			state: 'refused',
			refusal: suspended,
			answer: 'newer'
		});
	});

	test('[SE7] who waited and is refused for another reason since hears that one', () => {
		const reason = refuse('LICENSE_MOVED', { number: 'KF', successor: 'KF2', contact: 'c' });
		const own = file({
			kind: 'refusal',
			summary: { refusal: noSeat },
			text: 'refusal file',
			storedAt: NOW
		});
		const later = file({
			kind: 'refusal',
			summary: { refusal: reason },
			text: 'newer',
			storedAt: NOW + 5
		});
		const mirrored = { state: 'refused', file: 'newer' } as const;
		const told = { commands: [refused, waits()], mirrored, carried: [own, later] };
		const newer = { state: 'refused', refusal: reason, answer: 'newer', answeredAt: NOW + 5 };
		expect(see(told)).toMatchObject(newer);
		expect(see({ ...told, carried: [own] })).toMatchObject({
			refusal: noSeat,
			answer: 'refusal file'
		});
		// Asked anew, the newest answer to that counts.
		const again = { ...refused, id: 'c3', n: 3, createdAt: 3, settledAt: NOW + 9 };
		expect(see({ ...told, commands: [refused, waits(), again] })).toMatchObject({
			refusal: noSeat
		});
	});

	test('[AL5] a contested draw is no grant, a file of the hub’s own is', () => {
		const drawn = file({ summary: { allotment: 'a', generation: 1 } });
		const contested = refuse('SLOT_CONTESTED', { allotment: 'a', slot: 1 } as never);
		const told = file({
			kind: 'refusal',
			summary: { refusal: contested },
			text: 'no',
			storedAt: 2
		});
		expect(see({ carried: [drawn] }).state).toBe('granted');
		expect(see({ carried: [drawn, told] })).toMatchObject({ state: 'refused', answer: 'no' });
		const own = file({ summary: { generation: 2 }, text: 'own', storedAt: 3 });
		expect(see({ carried: [drawn, told, own] })).toMatchObject({ state: 'granted', answer: 'own' });
	});
});
