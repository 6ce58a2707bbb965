import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	begin,
	isProvenBy,
	join,
	joinEarlier,
	laterEnd,
	learnFirstKey,
	leave,
	renew,
	type ActivationRecord,
	type SignedFile
} from './activation-record.ts';

const fp = { os: 'o', disk: 'd' };
const file = (gen: number, changes: Partial<SignedFile> = {}): SignedFile => ({
	gen,
	request: `request-${gen}`,
	key: `key-${gen}`,
	fp,
	name: 'Ada',
	exp: 100 * gen,
	...changes
});

describe('when the last file ends', () => {
	const end = fc.option(fc.nat(), { nil: null });

	test('[SE5] never, where one of them does not', () => {
		expect(laterEnd(5, null)).toBeNull();
		expect(laterEnd(null, 5)).toBeNull();
		expect(laterEnd(5, 7)).toBe(7);
	});

	test('[SE5, SY6] whatever becomes of an activation, it is no earlier than the end of any file of its own', () => {
		const happening = fc.record({
			what: fc.constantFrom('renew', 'join', 'joinEarlier', 'learnFirstKey', 'leave'),
			gen: fc.integer({ min: 1, max: 9 }),
			exp: fc.option(fc.nat(), { nil: undefined }),
			isOwn: fc.boolean()
		});
		fc.assert(
			fc.property(fc.array(happening), end, (happenings, exp) => {
				let record = begin(file(1, { exp: exp ?? undefined }), 1);
				const ends = [exp];
				for (const { what, gen, exp, isOwn } of happenings) {
					const next = file(gen, { exp });
					if (what === 'renew') record = renew(record, next);
					else if (what === 'join') record = join(record, { ...next, isOwn }, 2);
					else if (what === 'joinEarlier') record = joinEarlier(record, { exp });
					else if (what === 'leave') record = leave(record, 'return');
					else record = learnFirstKey(record, next);
					const isOfIts = what === 'renew' || what === 'joinEarlier' || (what === 'join' && isOwn);
					if (isOfIts) ends.push(exp ?? null);
				}
				const last = ends.includes(null) ? null : Math.max(...ends.map(Number));
				expect(record.filesEndAt).toBe(last);
			})
		);
	});
});

describe('the key that proves a return', () => {
	test('[SE5] is the first request’s, and no later one’s', () => {
		const renewed = renew(begin(file(1), 1), file(2));
		expect(isProvenBy(renewed, 'key-1')).toBe(true);
		expect(isProvenBy(renewed, 'key-2')).toBe(false);
	});

	test('[SE5] proves nothing where a desk holds it', () => {
		expect(isProvenBy(begin(file(1, { held: 'desk' }), 1), 'key-1')).toBe(false);
	});

	test('[SE5, SY6] is unknown where only a later file is known, and told by the first one last', () => {
		const found = begin(file(2), 1);
		expect(found.firstKey).toBeNull();
		expect(isProvenBy(found, 'key-2')).toBe(false);
		expect(isProvenBy(found, '')).toBe(false);
		expect(learnFirstKey(found, file(3))).toBe(found);
		const told = learnFirstKey(found, file(1, { held: 'desk' }));
		expect(told).toEqual({ ...found, firstKey: 'key-1', held: 'desk' });
		expect(learnFirstKey(told, file(1, { key: 'another' }))).toBe(told);
	});
});

describe('files of a desk', () => {
	const drawn = begin(file(1), 1, { overage: true, drawn: true });

	test('[AL4] the hub’s own file ends an overage; one that the hub itself counted stays', () => {
		expect(renew(drawn, file(2))).toMatchObject({ gen: 2, overage: false, drawn: false });
		expect(renew({ ...drawn, drawn: false }, file(2))).toMatchObject({ overage: true });
	});

	test('[AL4] its next generation is the activation’s, an earlier one is not', () => {
		const next = join(drawn, { ...file(2), isOwn: true }, 5);
		expect(next).toMatchObject({ gen: 2, request: 'request-2', grantedAt: 5, drawn: true });
		const back = join(next, { ...file(1), isOwn: true }, 6);
		expect(back).toMatchObject({ gen: 2, request: 'request-2' });
	});

	test('[AL5] by the file of another slot a machine joins, and its generation stays', () => {
		const known = renew(begin(file(1), 1), file(2));
		const joined = join(known, { ...file(7, { label: 'press' }), isOwn: false }, 5);
		expect(joined).toMatchObject({ gen: 2, request: 'request-2', label: 'press', drawn: true });
		expect(joined.expiresAt).toBe(known.expiresAt);
	});
});

test('[SE5, SE6] a seat that is left is free or cools; once cooled it is free', () => {
	const held: ActivationRecord = begin(file(1), 1);
	expect(leave(held, 'return')).toMatchObject({ state: 'returned', coolsUntil: null });
	expect(leave(held, 'retire')).toMatchObject({ state: 'retired', coolsUntil: null });
	const cooling = leave(held, 'retire', 900);
	expect(cooling).toMatchObject({ state: 'cooling', coolsUntil: 900 });
	expect(leave(cooling, 'retire')).toMatchObject({ state: 'retired', coolsUntil: null });
});
