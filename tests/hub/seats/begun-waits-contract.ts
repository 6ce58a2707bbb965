/**
 * Who may wait, and for what. [RE1]
 *
 * @module
 */
import { expect, test } from 'vitest';
import { pull } from '#server/operations/pull/pull.ts';
import { suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { askFor, claimsOf, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import type { Waiters } from '../../fixtures/waiters.ts';

export function begunWaitsContract({
	made,
	send,
	takenLicense,
	waiter,
	answerOf,
	giveBack,
	check
}: Waiters): void {
	test('[RE1] submitted or queued again, it keeps its place, and desks hear of it again', async () => {
		const { license, holders } = await takenLicense();
		const first = await waiter(license);
		made.clock.now += 60;
		const second = await waiter(license);
		const { cursor } = await pull(made.hub, undefined, license.manager);
		const again = await send('activation.request', first.request, license.manager);
		expect(again.refusal?.refused).toBe('SEAT_LIMIT_REACHED');
		const news = await pull(made.hub, cursor, license.manager);
		expect(news.answers).toMatchObject([{ request: first.jti, state: 'waiting' }]);
		await send('request.wait', first.request, license.manager);
		await giveBack(holders[0]!);
		expect((await answerOf(license, first.jti))?.state).toBe('granted');
		expect((await answerOf(license, second.jti))?.state).toBe('waiting');
		await check(license);
	});

	test('[RE1] a request that was never submitted is decided first, and then waits', async () => {
		const { license } = await takenLicense();
		const request = await askFor({ number: license.number }, await makeMachine());
		expect((await send('request.wait', request, license.manager)).refusal).toBeUndefined();
		const { jti } = claimsOf<'activation'>(request);
		expect((await answerOf(license, jti))?.state).toBe('waiting');
	});

	test('[RE1] only a missing seat is waited for', async () => {
		const { license } = await takenLicense();
		await suspendLicense(made.hub, license);
		const request = await askFor({ number: license.number }, await makeMachine());
		const result = await send('request.wait', request, license.manager);
		expect(result.refusal?.refused).toBe('LICENSE_SUSPENDED');
		expect(await check(license)).toMatchObject({ waiting: 0 });
	});

	test('[RE1, RE2] neither waits nor withdraws who may not ask', async () => {
		const { license } = await takenLicense();
		const { request, jti } = await waiter(license);
		const stranger = (await makeLicense(made)).manager;
		for (const type of ['request.wait', 'request.withdraw'] as const)
			expect((await send(type, request, stranger)).refusal?.refused).toBe('LICENSE_NOT_FOUND');
		expect((await answerOf(license, jti))?.state).toBe('waiting');
		const unknown = await askFor({ number: license.number }, await makeMachine());
		const withdrawn = await send('request.withdraw', unknown, license.manager);
		expect(withdrawn.refusal?.refused).toBe('REQUEST_UNKNOWN');
	});
}
