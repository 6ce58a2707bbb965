/** The package `@keyferry/sdk`: its types, its vectors on every runtime, and the program of its page. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { build, transformSync } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/find-chromium.ts';
import type { FileVector } from '../../scripts/vectors/vector.ts';
import { KEYFERRY } from '../fixtures/program.ts';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { complaints, findNode, install, nodes, root, type Installed } from './tarball.ts';

const page = readFileSync(join(root, 'docs/sdk.md'), 'utf8');
const [program = '', atServer = '', inBrowser = ''] = Array.from(
	page.matchAll(/```ts\n([^]*?)```/g),
	([, code]) => code
);
const names = Object.keys(nodes) as (keyof typeof nodes)[];
const vectors = ['activation', 'activation-state'].flatMap((name) => {
	const file = join(root, `tests/vectors/${name}.json`);
	return (JSON.parse(readFileSync(file, 'utf8')) as { vectors: FileVector[] }).vectors;
});
const expected = vectors.map(({ name, expect: code }) => [name, code]);

/** Judges vectors by the package; prints nothing, so that a page can run it too. */
const judge = `
import { emptyTrustState, isRefusal, verifyActivation } from '@keyferry/sdk';
export async function judge(vectors) {
	const codes = [];
	for (const { name, file, voided, state, why, expect, ...asked } of vectors) {
		const said = await verifyActivation(file, { ...asked, state: { ...emptyTrustState, voided, ...state } });
		codes.push([name, isRefusal(said) ? said.refused : 'ok']);
	}
	return codes;
}`;

let installed: Installed;
let inside: string;
beforeAll(() => {
	installed = install('sdk', ['fflate', 'zod']);
	inside = join(installed.folder, 'node_modules/@keyferry/sdk');
	writeFileSync(join(installed.folder, 'judge.js'), judge);
}, 600_000);
afterAll(() => installed.clear());

describe('what is inside', () => {
	test('publint and arethetypeswrong find nothing', () => {
		expect(complaints('publint', ['run', installed.tarball, '--strict'])).toBe('');
		expect(complaints('attw', [installed.tarball, '--profile', 'esm-only'])).toBe('');
	});

	test('modules import each other, fflate, zod, and below sdk/node what Node has; no hub and no desk is there', () => {
		const files = readdirSync(join(inside, 'lib'), { recursive: true, encoding: 'utf8' }).filter(
			(file) => /\.(js|ts)$/.test(file)
		);
		const isThere = (file: string, name: string) => {
			const path = join(inside, 'lib', dirname(file), name);
			return existsSync(file.endsWith('.d.ts') ? path.replace(/\.js$/, '.d.ts') : path);
		};
		const isAllowed = (file: string, name: string) => {
			if (name.startsWith('.')) return isThere(file, name);
			return (
				['fflate', 'zod/mini'].includes(name) ||
				(name.startsWith('node:') && file.startsWith('sdk/node/')) ||
				(name === 'bonjour-service' && file.startsWith('sdk/node/client/discover.'))
			);
		};
		const foreign = files.flatMap((file) => {
			const text = readFileSync(join(inside, 'lib', file), 'utf8');
			const names = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
			return names.filter((name) => !isAllowed(file, name)).map((name) => `${file}: ${name}`);
		});
		expect(foreign).toEqual([]);
		const rooms = new Set(files.map((file) => file.split('/')[0]));
		expect([...rooms].sort()).toEqual([
			'domain',
			'formats',
			'messages',
			'protocol',
			'sdk',
			'signing'
		]);
	});
});

describe('its types', () => {
	const problemsOf = (file: string, options: ts.CompilerOptions) => {
		const compiler = ts.createProgram([join(installed.folder, file)], {
			strict: true,
			noUncheckedIndexedAccess: true,
			noEmit: true,
			skipLibCheck: false,
			target: ts.ScriptTarget.ES2022,
			...options
		});
		return ts
			.getPreEmitDiagnostics(compiler)
			.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
	};
	const resolutions = {
		nodenext: {
			module: ts.ModuleKind.NodeNext,
			moduleResolution: ts.ModuleResolutionKind.NodeNext
		},
		bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
	};

	test.for(Object.entries(resolutions))(
		'the program of the page compiles strictly, with %s',
		([, options]) => {
			writeFileSync(join(installed.folder, 'program.ts'), program);
			const node = { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] };
			const lib = ['lib.es2023.d.ts', 'lib.dom.d.ts'];
			expect(problemsOf('program.ts', { ...options, ...node, lib })).toEqual([]);
		}
	);

	test('so does what it says of a license server', () => {
		const given = `import { explain } from '@keyferry/sdk/explain';
			import { isRefusal, openLicensing, type PublicJwk } from '@keyferry/sdk/node';
			declare const roots: PublicJwk[];\n`;
		writeFileSync(join(installed.folder, 'server.ts'), given + atServer);
		const node = { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] };
		expect(problemsOf('server.ts', { ...resolutions.nodenext, ...node })).toEqual([]);
	});

	test.for(Object.entries(resolutions))(
		'so does the page for browsers, where Node has no types, with %s',
		([, options]) => {
			const given = `import type { PublicJwk } from '@keyferry/sdk';
				declare const roots: PublicJwk[]; declare const file: File;\n`;
			writeFileSync(join(installed.folder, 'page.ts'), given + inBrowser);
			const lib = ['lib.es2022.d.ts', 'lib.dom.d.ts'];
			expect(problemsOf('page.ts', { ...options, types: [], lib })).toEqual([]);
		}
	);

	test('a wrong program does not compile', () => {
		const wrong = program.replace("product: 'atlas'", 'product: 8');
		writeFileSync(join(installed.folder, 'wrong.ts'), wrong);
		const node = { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] };
		expect(problemsOf('wrong.ts', { ...resolutions.nodenext, ...node })).not.toEqual([]);
	});
});

describe('every vector of activation files', () => {
	test.for(names)('[FI7] on Node %s', (name, context) => {
		const found = findNode(name);
		if ('missing' in found) return context.skip(found.missing);
		const run = `import { judge } from './judge.js';
			let text = '';
			for await (const chunk of process.stdin) text += chunk;
			console.log(JSON.stringify(await judge(JSON.parse(text))));`;
		const { stdout, stderr } = spawnSync(found.node, ['--input-type=module', '--eval', run], {
			cwd: installed.folder,
			encoding: 'utf8',
			input: JSON.stringify(vectors),
			maxBuffer: 1 << 24
		});
		expect(stdout, stderr).not.toBe('');
		expect(JSON.parse(stdout)).toEqual(expected);
	});

	test('[FI7] in Chromium, from a bundle', async () => {
		const { outputFiles } = await build({
			entryPoints: [join(installed.folder, 'judge.js')],
			bundle: true,
			format: 'iife',
			globalName: 'packaged',
			platform: 'browser',
			write: false,
			logLevel: 'error'
		});
		const browser = await chromium.launch({
			executablePath: findChromium().executable,
			args: ['--no-sandbox', '--disable-gpu']
		});
		try {
			const page = await browser.newPage();
			// A secure context, which has Web Crypto.
			await page.route('http://localhost/', (route) =>
				route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
			);
			await page.goto('http://localhost/');
			await page.addScriptTag({ content: outputFiles[0]!.text });
			const said = await page.evaluate(
				(all) =>
					(globalThis as unknown as { packaged: { judge(all: unknown): unknown } }).packaged.judge(
						all
					),
				vectors
			);
			expect(said).toEqual(expected);
		} finally {
			await browser.close();
		}
	});
});

describe('the program of the page', () => {
	let hub: RunningHub;
	beforeAll(async () => {
		hub = await startHub();
	}, 600_000);
	afterAll(() => hub.stop());

	test('has 20 lines', () => {
		const lines = program.trim().split('\n');
		expect(lines.filter((line) => line && !line.startsWith('//')).length).toBeLessThanOrEqual(20);
	});

	test.for(names)('is unlocked on Node %s', (name, context) => {
		const found = findNode(name);
		if ('missing' in found) return context.skip(found.missing);
		const work = join(installed.folder, `on ${name}`);
		mkdirSync(work);
		const { keys } = JSON.parse(readFileSync(hub.roots, 'utf8')) as { keys: { x: string }[] };
		const { code } = transformSync(program.replace('YOUR_ROOT_KEY', keys[0]!.x), { loader: 'ts' });
		writeFileSync(join(work, 'program.js'), code);
		const env = { ...process.env, KEYFERRY_STATE: join(work, 'state'), ATLAS_NODE: `on ${name}` };
		const run = (...args: string[]) => {
			const ran = spawnSync(found.node, args, { cwd: work, encoding: 'utf8', env });
			expect(ran, ran.stderr).toMatchObject({ status: 0 });
			return ran.stdout;
		};
		expect(run('program.js')).toBe('Export is locked.\n');
		const license = hub.demo.licenses.find(
			({ product, seats }) => product === 'atlas' && seats > 20
		)!;
		run('program.js', 'unlock', license.key, 'Ada Example');
		const [request = ''] = readdirSync(work).filter((file) => file.endsWith('.kfreq'));
		const submit = spawnSync(
			process.execPath,
			[KEYFERRY, ...['submit', request, '--hub', hub.address, '--token', hub.demo.token]],
			{ cwd: work, encoding: 'utf8' }
		);
		expect(submit, submit.stderr).toMatchObject({ status: 0 });
		expect(run('program.js', 'load', request.replace('.kfreq', '.kfact'))).toBe('loaded\n');
		expect(run('program.js')).toBe('Exporting …\n');
	});
});
