import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeEntitlement } from './entitlement.ts';

const since = { 'remote-management': '5.2' };
const entitlement = 'remote-management';

test('[P7] before the version that it works from, both versions are said', () => {
	const asked = { entitlement, since, version: '5.1.9' };
	expect(judgeEntitlement([entitlement], asked)).toEqual({
		refused: 'ENTITLEMENT_NEEDS_VERSION',
		facts: { entitlement, since: '5.2', version: '5.1.9' }
	});
	for (const version of ['5.2', '5.2.0', '5.10', '6', undefined])
		expect(judgeEntitlement([entitlement], { ...asked, version })).toBeUndefined();
	expect(judgeEntitlement(['backup'], { ...asked, entitlement: 'backup' })).toBeUndefined();
});

test('[K4, P7] what the license lacks is locked in every version', () => {
	const version = fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 4 });
	fc.assert(
		fc.property(version, (numbers) => {
			const asked = { entitlement, since, version: numbers.join('.') };
			expect(judgeEntitlement(['backup'], asked)).toEqual({
				refused: 'ENTITLEMENT_MISSING',
				facts: { entitlement }
			});
		})
	);
	expect(judgeEntitlement([], { entitlement: 'constructor', version: '1' })?.refused).toBe(
		'ENTITLEMENT_MISSING'
	);
	expect(judgeEntitlement(['constructor'], { entitlement: 'constructor', version: '1' })).toBe(
		undefined
	);
});
