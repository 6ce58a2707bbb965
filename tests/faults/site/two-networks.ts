/**
 * Two networks joined by one cable that can be pulled: a program runs in this one, a server in the
 * other. Linux gives ordinary users both inside a user namespace of their own.
 *
 * @module
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export const HERE = '10.83.0.1';
export const THERE = '10.83.0.2';

/** What comes before a program that is to have networks of its own. */
export const inOwnNetwork = ['unshare', '-rn'] as const;

/** What comes before a program in the other network. The cable comes once it runs: {@link joinNetworks}. */
export const inOtherNetwork = ['unshare', '-n', '--'] as const;

/** Why there can be no two networks on this machine, or nothing where there can. */
export function noNetworks(): string | undefined {
	const [command, ...args] = [...inOwnNetwork, 'ip', 'link', 'add', 'a0', 'type', 'veth'];
	const { status } = spawnSync(command, args);
	return status === 0 ? undefined : 'this system gives ordinary users no networks of their own';
}

const ip = (...args: string[]): void => void execFileSync('ip', args);

const networkOf = (process: string): string => readlinkSync(`/proc/${process}/ns/net`);

/**
 * @param pid - A process that goes into the other network. Until it is there, which may take a moment
 * after it was started, it is still in this one. Inside {@link inOwnNetwork} only.
 */
export async function joinNetworks(pid: number): Promise<{ pull: () => void; plug: () => void }> {
	while (networkOf(String(pid)) === networkOf('self')) await sleep(5);
	ip('link', 'add', 'here', 'type', 'veth', 'peer', 'name', 'there', 'netns', String(pid));
	ip('addr', 'add', `${HERE}/24`, 'dev', 'here');
	ip('link', 'set', 'here', 'up');
	const other = ['-t', String(pid), '-n', 'ip'];
	execFileSync('nsenter', [...other, 'addr', 'add', `${THERE}/24`, 'dev', 'there']);
	for (const device of ['lo', 'there'])
		execFileSync('nsenter', [...other, 'link', 'set', device, 'up']);
	return {
		pull: () => ip('link', 'set', 'here', 'down'),
		plug: () => ip('link', 'set', 'here', 'up')
	};
}
