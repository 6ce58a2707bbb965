import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inlineScriptHashes } from './desk-files.ts';

const hashOf = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;

test('a desk built again under a running hub is allowed its new scripts, and only those', () => {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-desk-'));
	const page = join(folder, 'index.html');
	const build = (code: string, at: number) => {
		writeFileSync(page, `<script src="a.js"></script><script type="module">${code}</script>`);
		utimesSync(page, at, at);
	};
	try {
		expect(inlineScriptHashes(page)).toEqual([]);
		build('first()', 1000);
		expect(inlineScriptHashes(page)).toEqual([hashOf('first()')]);
		build('second()', 2000);
		expect(inlineScriptHashes(page)).toEqual([hashOf('second()')]);
		rmSync(page);
		expect(inlineScriptHashes(page)).toEqual([]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
