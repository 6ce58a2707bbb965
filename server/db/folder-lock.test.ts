import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Fault } from '#server/fault.ts';
import { lockFolder } from './folder-lock.ts';

describe('the lock of a data folder', () => {
	let folder: string;
	let holder: ChildProcess | undefined;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'keyferry-lock-'));
	});
	afterEach(() => {
		holder?.kill('SIGKILL');
		rmSync(folder, { recursive: true, force: true });
	});

	async function holdElsewhere(): Promise<ChildProcess> {
		const file = join(import.meta.dirname, 'holder.fixture.ts');
		holder = fork(file, [folder], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
		await once(holder, 'message');
		return holder;
	}

	function refusedWith(): Fault {
		try {
			lockFolder(folder, 'this test').release();
		} catch (error) {
			if (error instanceof Fault) return error;
			throw error;
		}
		throw new Error('the folder was not locked');
	}

	test('a second process is refused in one sentence that names the holder', async () => {
		const { pid } = await holdElsewhere();
		const fault = refusedWith();
		expect(fault.code).toBe('FOLDER_IN_USE');
		expect(fault.message).toMatch(
			new RegExp(`^The folder .* is in use by a test \\(process ${pid}, since 20.*Z\\)\\.$`)
		);
		expect(fault.next).toContain('--data');
		expect(refusedWith().code, 'asking does not loosen it').toBe('FOLDER_IN_USE');
	});

	test('it opens again after kill -9 of the holder, and not before', async () => {
		const child = await holdElsewhere();
		child.kill('SIGSTOP');
		expect(refusedWith().code, 'a process that hangs still holds it').toBe('FOLDER_IN_USE');
		child.kill('SIGKILL');
		await once(child, 'exit');
		lockFolder(folder, 'this test').release();
	});

	test('the same process is refused as well, and may have it after release', () => {
		const lock = lockFolder(folder, 'this test');
		expect(refusedWith().message).toContain(`process ${process.pid}`);
		lock.release();
		lockFolder(folder, 'this test').release();
	});

	test('a folder that cannot be made is said so', () => {
		const blocked = join(folder, 'lock', 'below-a-file');
		lockFolder(folder, 'this test').release();
		expect(() => lockFolder(blocked, 'this test')).toThrow(/cannot be written/);
	});
});
