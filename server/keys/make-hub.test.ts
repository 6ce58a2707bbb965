import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	unlinkSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { writeFile } from '#lib/formats/file.ts';
import { signToken } from '#lib/signing/jws.ts';
import { readHubKeys } from './folder.ts';
import { makeHub } from './make-hub.ts';
import { sealWith } from './seal.ts';

describe('keyferry init', () => {
	let home: string;
	let folder: string;
	let rootFile: string;
	beforeEach(() => {
		home = mkdtempSync(join(tmpdir(), 'keyferry-init-'));
		folder = join(home, 'data');
		rootFile = join(home, 'root.json');
	});
	afterEach(() => rmSync(home, { recursive: true, force: true }));

	const make = (changes = {}) => makeHub({ folder, rootFile, iss: 'Example Software', ...changes });

	test.skipIf(process.platform === 'win32')(
		'keys and secrets are their owner’s alone',
		async () => {
			await make();
			const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
			expect(mode(rootFile)).toBe('600');
			expect(mode(join(folder, 'secrets.json'))).toBe('600');
			expect(mode(join(folder, 'roots.json'))).toBe('644');
			expect(mode(join(folder, 'keys'))).toBe('700');
			for (const name of readdirSync(join(folder, 'keys')))
				expect(mode(join(folder, 'keys', name))).toBe('600');
		}
	);

	test('the root’s private key is nowhere in the folder', async () => {
		await make();
		const { d } = JSON.parse(readFileSync(rootFile, 'utf8')) as { d: string };
		const files = readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
		expect(files.length).toBeGreaterThan(3);
		for (const text of files) expect(text).not.toContain(d);
	});

	test('[FI8] the root vouches for the hub key, and the hub key for its files', async () => {
		await make();
		const keys = await readHubKeys(folder);
		const iat = Math.floor(Date.now() / 1000);
		const refusal = await signToken(
			'refusal',
			{
				v: 1,
				jti: uuidv7(),
				iat,
				iss: keys.iss,
				req: uuidv7(),
				code: 'LICENSE_EXPIRED',
				facts: {}
			},
			keys.signer
		);
		const file = readFile(writeFile([keys.hubKeys[0]!.token, refusal], []));
		const verified = isRefusal(file) ? file : await verifyFile(file, { roots: keys.roots });
		if (isRefusal(verified)) throw new Error(verified.refused);
		const { nbf, exp, use } = verified.hubKey!.claims;
		expect(exp - nbf).toBe(2 * 365 * 86_400);
		expect(use).toContain('activation');

		const trust = readFile(keys.trustFile);
		const learned = isRefusal(trust) ? trust : await verifyFile(trust, { roots: keys.roots });
		expect(learned).toMatchObject({ body: { type: 'trust' } });
	});

	test('nothing is ever overwritten, and the root never lies in the folder', async () => {
		await expect(make({ rootFile: join(folder, 'root.json') })).rejects.toMatchObject({
			code: 'FILE_EXISTS'
		});
		expect(existsSync(folder)).toBe(false);
		await make();
		const before = readFileSync(rootFile, 'utf8');
		await expect(make({ rootFile: join(home, 'other.json') })).rejects.toMatchObject({
			code: 'FILE_EXISTS'
		});
		const again = makeHub({ folder: join(home, 'second'), rootFile, iss: 'Example Software' });
		await expect(again).rejects.toMatchObject({ code: 'FILE_EXISTS' });
		expect(readFileSync(rootFile, 'utf8')).toBe(before);
	});

	test('a folder that is not whole says what is missing', async () => {
		await expect(readHubKeys(folder)).rejects.toMatchObject({ code: 'FOLDER_NOT_READY' });
		await make();
		unlinkSync(join(folder, 'roots.json'));
		await expect(readHubKeys(folder)).rejects.toThrow(/roots\.json is missing/);
	});

	test('what is sealed opens under the same key and for the same row only', () => {
		const seal = sealWith(Buffer.alloc(32, 1));
		const sealed = seal.seal('the key', 'license-1');
		expect(sealed).not.toContain('the key');
		expect(seal.open(sealed, 'license-1')).toBe('the key');
		expect(() => seal.open(sealed, 'license-2')).toThrow();
		expect(() => sealWith(Buffer.alloc(32, 2)).open(sealed, 'license-1')).toThrow();
	});
});
