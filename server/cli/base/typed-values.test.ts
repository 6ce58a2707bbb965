import { parseArgs } from 'citty';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UsageError } from './outcome.ts';
import { tieValues } from './typed-values.ts';

const known = {
	void: { type: 'string' },
	'database-url': { type: 'string' },
	yes: { type: 'boolean' },
	file: { type: 'positional', required: false }
} as const;

/** As a command reads them, after each command above it has. */
const read = (...args: string[]) => {
	const typed = tieValues(args, known);
	parseArgs(typed, {});
	return parseArgs(typed, known);
};

test.each(['-Xyz_1', '-_a-b', '--Q7x_', '-', 'a=b', ''])(
	'a value is what follows its option, whatever it begins with: %j',
	(value) => {
		expect(read('--yes', '--void', value)).toMatchObject({ void: value, yes: true });
		expect(read('--databaseUrl', value, '--yes').databaseUrl).toBe(value);
	}
);

test.each(['--yes', '--database-url=x', '--yess', '--'])('an option is no value: %s', (option) => {
	expect(() => read('--void', option, 'x')).toThrow('--void needs a value');
});

test('what follows two dashes is no option', () => {
	const typed = read('--void', '-a', 'key.txt', '--', '--yes', '-_');
	expect(typed).toMatchObject({ void: '-a', file: 'key.txt', _: ['key.txt', '--yes', '-_'] });
	expect(typed.yes).toBeUndefined();
});

test.each([
	'--_',
	'--_=x',
	'-_',
	'-ab_c',
	'--no-_',
	'--no-void',
	'--no-database-url',
	'--__proto__'
])('what the parser would take for something else is no option: %s', (arg) => {
	expect(() => read(arg, 'x')).toThrow(UsageError);
});

test('whatever is typed is read, or said to be wrong', () => {
	const word = fc.oneof(
		fc.string(),
		fc.stringMatching(/^-{0,3}[-_a-zA-Z0-9=]{0,6}$/),
		fc.constantFrom('--void', '--no-yes', '--database-url=-', '--yes=no')
	);
	fc.assert(
		fc.property(fc.array(word, { maxLength: 5 }), (args) => {
			try {
				const { void: kid, yes } = read(...args);
				expect(['string', 'undefined']).toContain(typeof kid);
				expect(['boolean', 'undefined']).toContain(typeof yes);
			} catch (fault) {
				expect(fault).toBeInstanceOf(UsageError);
			}
		})
	);
});
