import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { allowedOf, applySwitches, decideSwitch, type Switches } from './switch.ts';

const author = { by: 'ada', at: 10, id: 'c1' };
const issued = { entitled: ['backup', 'remote'], switches: {} as Switches };
const off = { entitlement: 'remote', value: 'off', was: 'on', after: '', author };

function switched(
	state: typeof issued,
	ask: Parameters<typeof decideSwitch>[1]
): { entitled: string[]; switches: Switches } {
	const next = decideSwitch(state, ask, true);
	if (next === 'same' || isRefusal(next)) throw new Error(JSON.stringify(next));
	return next;
}

describe('[P7] what the vendor allows, and what of it is on', () => {
	test('what is off is carried no more, and stays allowed', () => {
		const next = switched(issued, off);
		expect(next).toEqual({
			entitled: ['backup'],
			switches: { remote: { value: 'off', ...author } }
		});
		expect(allowedOf(next.entitled, next.switches)).toEqual(['backup', 'remote']);
		const on = { ...off, value: 'on', was: 'off', after: 'c1', author: { ...author, id: 'c2' } };
		expect(switched(next, on).entitled).toEqual(['backup', 'remote']);
	});

	test('the vendor’s list takes away and gives; a switch goes with what it switched', () => {
		const { switches } = switched(issued, off);
		expect(applySwitches(['remote', 'export'], switches)).toEqual({
			entitled: ['export'],
			switches
		});
		expect(applySwitches(['backup'], switches)).toEqual({ entitled: ['backup'], switches: {} });
	});

	test('what the license lacks, or the catalog keeps to the vendor, is refused', () => {
		const asked = { ...off, entitlement: 'constructor' };
		expect(decideSwitch(issued, asked, true)).toMatchObject({ refused: 'ENTITLEMENT_MISSING' });
		expect(decideSwitch(issued, off, false)).toEqual({
			refused: 'ENTITLEMENT_FIXED',
			facts: { entitlement: 'remote' }
		});
		const back = { ...off, value: 'on', was: 'off', after: 'c1' };
		expect(decideSwitch(switched(issued, off), back, false)).toMatchObject({
			entitled: ['backup', 'remote']
		});
	});
});

describe('[P7, CH1] a switch names the change that it replaces', () => {
	test('on again, by somebody else, is not the on that was seen', () => {
		const first = switched(issued, off);
		const again = { ...off, value: 'on', was: 'off', after: 'c1' };
		const second = switched(first, { ...again, author: { by: 'bob', at: 20, id: 'c2' } });
		expect(decideSwitch(second, off, true)).toEqual({
			refused: 'CHANGED_MEANWHILE',
			facts: { mine: 'off', value: 'on', by: 'bob', at: 20, id: 'c2' }
		});
		expect(switched(second, { ...off, after: 'c2' }).entitled).toEqual(['backup']);
		expect(decideSwitch(second, { ...again, after: 'c9' }, true)).toBe('same');
	});

	test('whatever is asked in any order, nobody replaces what they have not seen', () => {
		const step = fc.record({
			by: fc.nat({ max: 2 }),
			value: fc.constantFrom('on', 'off'),
			looks: fc.boolean()
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				let state: { entitled: string[]; switches: Switches } = issued;
				const seen = Array.from({ length: 3 }, () => ({ was: 'on', after: '' }));
				for (const [at, { by, value, looks }] of steps.entries()) {
					const held = state.switches.remote;
					const there = { was: held?.value ?? 'on', after: held?.id ?? '' };
					if (looks) seen[by] = there;
					const ask = { entitlement: 'remote', value, ...seen[by]! };
					const id = `${at}`;
					const next = decideSwitch(state, { ...ask, author: { by: `${by}`, at, id } }, true);
					if (next === 'same') expect(there.was).toBe(value);
					else if (isRefusal(next)) expect(ask.after).not.toBe(there.after);
					else {
						expect(held === undefined || ask.after === there.after).toBe(true);
						state = next;
						seen[by] = { was: value, after: id };
					}
					expect(allowedOf(state.entitled, state.switches).sort()).toEqual(['backup', 'remote']);
					const { entitled } = applySwitches(['backup', 'remote'], state.switches);
					expect([...state.entitled].sort()).toEqual(entitled.sort());
				}
			})
		);
	});
});
