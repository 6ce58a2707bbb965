import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerName, fileName, fileStem, isLeftBySystem, portableName } from './file-name.ts';

const hostile = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc
		.array(
			fc.constantFrom(
				...[
					'..',
					'.',
					'/',
					'\\',
					':',
					'C:',
					'\0',
					'\n',
					'\u202E',
					'\u0085',
					' ',
					'~',
					'$',
					'%2e%2e'
				],
				...[
					'con',
					'NUL',
					'com1',
					'LPT¹',
					'aux.',
					'?',
					'*',
					'|',
					'"',
					'<',
					'\uD800',
					'机',
					'é',
					'💾'
				]
			),
			{ maxLength: 12 }
		)
		.map((parts) => parts.join('')),
	fc.constantFrom('x'.repeat(5_000), '机'.repeat(300), '💾'.repeat(99), '.'.repeat(300))
);

function expectInside(name: string): void {
	for (const path of [posix, win32]) {
		expect(path.dirname(path.join(path.sep, 'stick', name)), name).toBe(
			path.join(path.sep, 'stick')
		);
		expect(path.basename(name), name).toBe(name);
	}
	expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029:*?"<>|]/u);
	expect(name).not.toMatch(/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i);
	expect(name).not.toMatch(/^$|^[. ]|[. ]$/);
	expect(Buffer.byteLength(name), name).toBeLessThanOrEqual(200);
	// What hides is left out by whoever reads the folder.
	expect(isLeftBySystem(name), name).toBe(name.toLowerCase() === 'desktop.ini');
	expect(portableName(name), 'twice is as once').toBe(name);
}

describe('[FI4] a name stays in its folder on every system', () => {
	test('whatever a claim, an archive or an export says', () => {
		fc.assert(
			fc.property(hostile, hostile, hostile, (one, other, third) => {
				expectInside(portableName(one));
				expectInside(fileName('activation', one));
				expectInside(answerName(one, 'receipt'));
				expectInside(answerName(`${one}.kfreq.txt`, 'refusal'));
				const stem = fileStem({ label: one, number: other, request: third });
				expectInside(fileName('return', stem));
			}),
			{ numRuns: 2_000 }
		);
	});

	test.for(['rack-07_C4X7_6789ab.kfact', 'Büro 07.kfreq', '机器_C4X7_6789ab.kfact', 'a.b.c', 'x'])(
		'%s stays as it is',
		(name) => {
			expect(portableName(name)).toBe(name);
		}
	);
});
