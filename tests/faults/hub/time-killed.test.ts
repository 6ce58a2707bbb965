/** A hub that is ended with kill -9 and started again with its clock set back: every time that it tells. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import { issueOver, startHubProcess, type FaultLicense } from '../hub-process.ts';

const HOUR = 3600;

/** What nobody keeps but whoever asked: the time of a "no". */
async function timeTold(address: string, license: FaultLicense): Promise<number> {
	const body = JSON.stringify({ request: await askFor(license, await makeMachine()) });
	const answer = await fetch(`${address}/v1/activations`, { method: 'POST', body });
	const { file } = (await answer.json()) as { file: string };
	return claimsOf<'refusal'>(file).iat;
}

test('[CL3] kill -9 and a clock set back: no time that was told is undercut', async () => {
	const home = mkdtempSync(join(tmpdir(), 'keyferry-time-'));
	const data = join(home, 'data');
	let hub = await startHubProcess({ data });
	const license = await issueOver(hub, 1);
	const told = [await timeTold(hub.address, license)];
	/** Asks until the hub has told this many times more. */
	const ask = async (seconds: number) => {
		const until = told.at(-1)! + seconds;
		while (told.at(-1)! < until) {
			told.push(await timeTold(hub.address, license));
			await sleep(100);
		}
	};
	await ask(4);
	for (const clockAhead of [-HOUR, -2]) {
		await hub.end('SIGKILL');
		hub = await startHubProcess({ data, clockAhead });
		told.push(await timeTold(hub.address, license));
	}
	// The clock is right again, and time goes on.
	await hub.end('SIGKILL');
	hub = await startHubProcess({ data });
	await ask(2);
	expect(told).toEqual(told.toSorted((a, b) => a - b));
	await hub.end('SIGTERM');

	// A hub that stopped in order has given back what it had reserved: nothing is skipped.
	const stopped = Math.max(Math.floor(Date.now() / 1000), told.at(-1)!);
	hub = await startHubProcess({ data, clockAhead: -HOUR });
	expect(await timeTold(hub.address, license)).toBeLessThanOrEqual(stopped);
	await hub.end('SIGTERM');
	rmSync(home, { recursive: true, force: true });
});
