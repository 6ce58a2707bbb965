/**
 * How waiting ends without a seat. [RE1]
 *
 * @module
 */
import { expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { WAITING_SECONDS } from '#lib/domain/seats/waiting.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { endWaiting } from '#server/jobs/end-waiting.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { customerCalled, askFor, claimsOf, makeMachine } from '../../fixtures/hub.ts';
import type { Waiters } from '../../fixtures/waiters.ts';

export function endedWaitsContract({
	made,
	send,
	takenLicense,
	waiter,
	answerOf,
	giveBack,
	check
}: Waiters): void {
	test('[RE1] withdrawn, it is refused as before, and no seat comes to it', async () => {
		const { license, holders } = await takenLicense();
		const { jti, request } = await waiter(license);
		expect((await send('request.withdraw', request, license.manager)).refusal).toBeUndefined();
		expect(await answerOf(license, jti)).toMatchObject({
			state: 'refused',
			code: 'SEAT_LIMIT_REACHED'
		});
		await giveBack(holders[0]!);
		expect((await answerOf(license, jti))?.state).toBe('refused');
		expect(await check(license)).toMatchObject({ active: 0, waiting: 0 });
		const again = await send('request.wait', request, license.manager);
		expect(kindOf(again.file ?? ''), 'a seat is free: there is nothing to wait for').toBe('act');
	});

	test('[RE1] withdrawn too late, it stays granted', async () => {
		const { license, holders } = await takenLicense();
		const { jti, request } = await waiter(license);
		await giveBack(holders[0]!);
		const result = await send('request.withdraw', request, license.manager);
		expect(kindOf(result.file ?? '')).toBe('act');
		expect((await answerOf(license, jti))?.state).toBe('granted');
		await check(license);
	});

	test('[RE1, CL3] after thirty days it is refused again, but not by a clock that leapt', async () => {
		const { license, holders } = await takenLicense();
		const { jti } = await waiter(license);
		const { now } = made.clock;
		made.clock.now = now + WAITING_SECONDS;
		made.clock.freeing = now;
		await endWaiting(made.hub);
		expect((await answerOf(license, jti))?.state, 'nobody confirmed the time').toBe('waiting');
		made.clock.freeing = undefined;
		made.clock.now -= 1;
		await endWaiting(made.hub);
		expect((await answerOf(license, jti))?.state, 'a second early').toBe('waiting');
		made.clock.now += 1;
		await endWaiting(made.hub);
		expect(await answerOf(license, jti)).toMatchObject({
			state: 'refused',
			waitingUntil: undefined,
			code: 'SEAT_LIMIT_REACHED'
		});
		await giveBack(holders[0]!);
		expect((await answerOf(license, jti))?.state).toBe('refused');
		expect((await check(license)).actions).toContain('request.expired');
	});

	test('[RE1] a request that its renewed license no longer covers is told so', async () => {
		const { license } = await takenLicense();
		const machine = await makeMachine();
		const request = await askFor({ number: license.number }, machine, { pv: '8.1' });
		await send('request.wait', request, license.manager);
		await renewLicense(made.hub, license, { seats: 2, versions: { from: 9, to: 9 } });
		const { jti } = claimsOf<'activation'>(request);
		expect(await answerOf(license, jti)).toMatchObject({
			state: 'refused',
			code: 'VERSION_NOT_COVERED'
		});
		expect(await check(license)).toMatchObject({ active: 1, waiting: 0 });
	});

	test('[RE1, SE7] whoever waits for a seat of a license that moves is told so', async () => {
		const { license } = await takenLicense();
		const { jti } = await waiter(license);
		const to = await customerCalled(made.hub, `Sample ${uuidv7()}`);
		const moved = await moveLicense(made.hub, license, to, 'staff');
		if (isRefusal(moved)) throw new Error(moved.refused);
		expect(await answerOf(license, jti)).toMatchObject({
			state: 'refused',
			code: 'LICENSE_MOVED'
		});
		expect(await check(license)).toMatchObject({ active: 1, waiting: 0 });
	});
}

/** `act` of an activation file, the code of a refusal. */
function kindOf(file: string): string {
	const claims = claimsOf<'refusal'>(file) as { code?: string };
	return claims.code ?? 'act';
}
