import globals from 'globals';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// Has TypeScript read a component as the linter does: else its program is made anew for each of them.
// Imported components have their types then, too. Read when the parser is loaded.
process.env.SVELTE_ESLINT_PARSER_EXPERIMENTAL_TS_SYS_HOOK = '1';
const { default: svelte } = await import('eslint-plugin-svelte');

/** A folder's `index.ts` that only passes things on hides where they are: import the file itself. */
const noBarrels = {
	patterns: [{ regex: '/(index(\\.[jt]s)?)?$|^\\.{1,2}$', message: 'Import the file itself.' }]
};

export default defineConfig(
	// Everything but what the other linter cannot read: .oxlintrc.json has the same rules, and is fast.
	globalIgnores(['.cache', '.svelte-kit', 'build', 'data', 'dist', 'bench/out']),
	globalIgnores(['**/*.{js,mjs,ts}', '!**/*.svelte.ts']),
	ts.configs.strictTypeChecked,
	svelte.configs.recommended,
	{
		languageOptions: {
			parserOptions: {
				project: './tsconfig.components.json',
				tsconfigRootDir: import.meta.dirname
			}
		},
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'no-restricted-imports': ['error', noBarrels],
			'no-restricted-syntax': [
				'error',
				{ selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
				{ selector: 'TSParameterProperty', message: 'Declare the field.' }
			],
			eqeqeq: 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			// The project says `type` for shapes, and numbers print as they are.
			'@typescript-eslint/consistent-type-definitions': 'off',
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true }
			],
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
			// `noUncheckedIndexedAccess` asks for it at every byte of a buffer whose length is known.
			'@typescript-eslint/no-non-null-assertion': 'off',
			// Our texts that are spread are ASCII: numbers, codes, base32.
			'@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
			'@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
			'@typescript-eslint/no-unnecessary-condition': [
				'error',
				{ allowConstantLoopConditions: true }
			],
			// No object here has methods that use `this` and are passed on: types just spell functions short.
			'@typescript-eslint/unbound-method': 'off',
			// An awaited value that may or may not be a promise reads better than two ways to call.
			'@typescript-eslint/require-await': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			globals: globals.browser,
			parserOptions: {
				parser: ts.parser,
				extraFileExtensions: ['.svelte'],
				svelteConfig
			}
		},
		rules: {
			// Links between pages of a hash-routed app are plain fragments.
			'svelte/no-navigation-without-resolve': 'off',
			// Sets and maps in state are replaced as a whole, never changed.
			'svelte/prefer-svelte-reactivity': 'off',
			// The linter's compiler warns of less than svelte-check, which reports unused ones itself.
			'svelte/no-unused-svelte-ignore': 'off',
			// In markup the linter sees only some of the types; svelte-check sees all.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{
		// The DOM's types promise what not every browser has.
		files: ['src/lib/desk/**', 'src/lib/ui/**', 'src/routes/**'],
		rules: { '@typescript-eslint/no-unnecessary-condition': 'off' }
	}
);
