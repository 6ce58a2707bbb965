import { expect, test } from 'vitest';
import { codesIn, thingsInLines } from './typed-lines.ts';

const NUMBER = 'KF-7Q2M-90TK-C4XR';

test.each([
	['one a line', `P-1\n  P-2  \r\n\nP-3`, ['P-1', 'P-2', 'P-3']],
	['with commas, and twice', 'P-1, P-2;P-1', ['P-1', 'P-2']],
	['a number among words', `Atlas ${NUMBER.toLowerCase()} (2 seats)`, [NUMBER]],
	['what only looks like one', 'KF-7Q2M-90TK-C4XX', ['KF-7Q2M-90TK-C4XX']],
	['nothing', ' \n,', []]
])('[AT1] what is asked for: %s', (_, text, things) => {
	expect(thingsInLines(text)).toEqual(things);
});

test.each([
	['as it is', '40291377', ['40291377']],
	['grouped', '4029 1377\n5555-6666', ['40291377', '55556666']],
	['a whole mail', 'for 60 minutes:\n\n40291377\n\nKF-7Q2M', ['40291377']],
	['twice', '40291377 40291377', ['40291377']],
	['too long or too short', '402913771 4029137', []]
])('[AT1] codes that are entered: %s', (_, text, codes) => {
	expect(codesIn(text)).toEqual(codes);
});
