/**
 * Who was asked to wait for a seat after the backup was made: a restored hub has forgotten it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import { bring, giveBackFile, signIn } from '../../fixtures/field-work.ts';
import { askFor, makeLicense, makeMachine } from '../../fixtures/hub.ts';
import { Profile } from '../../fixtures/profile.ts';
import { embeddedHome, ORIGIN, serveHub } from '../../fixtures/served-hub.ts';

test('[SY6, RE1] what was asked to wait after the backup is asked again, and granted when a seat is free', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'keyferry-waiting-'));
	const hub = await serveHub(embeddedHome);
	const profile = new Profile();
	profile.line = hub.line;
	const desk: Desk = await openDesk(profile, ORIGIN);
	try {
		const license = await makeLicense(hub, { seats: 1 });
		const person = await hub.addPerson('manager');
		await hub.setRole(person, license.customerId, 'manager');
		await signIn(desk, person);
		const round = () => desk.do((calls) => calls.round());
		const ask = async () => {
			const [machine, jti] = [await makeMachine(), uuidv7()];
			await bring(desk, await askFor(license, machine, { jti }), jti);
			await round();
			return { machine, jti };
		};
		const stateOf = (jti: string) =>
			desk.do(async (calls) => (await calls.listRequests()).find((row) => row.jti === jti)?.state);

		const holder = await ask();
		await hub.backUp(join(folder, 'hub.kfbackup'));
		const second = await ask();
		expect([await stateOf(holder.jti), await stateOf(second.jti)]).toEqual(['granted', 'refused']);
		await desk.do((calls) => calls.waitForSeat(second.jti));
		await round();
		expect(await stateOf(second.jti)).toBe('waiting');

		await hub.restore(join(folder, 'hub.kfbackup'));
		await signIn(desk, person);
		await round();
		await round();
		expect(await desk.do((calls) => calls.readHold())).toMatchObject({
			reason: 'restored',
			count: 1
		});
		await unfreezeLicense(hub.hub, license, 'staff');
		await round();
		expect(await stateOf(second.jti)).toBe('waiting');

		const files = await desk.do((calls) => calls.strict.files.toArray());
		const file = files!.find(({ kind }) => kind === 'activation')!;
		const given = await giveBackFile(file.text, holder.machine);
		await bring(desk, given.text, given.jti);
		await round();
		expect(await stateOf(second.jti)).toBe('granted');
	} finally {
		desk.life.end();
		await hub.remove();
		rmSync(folder, { recursive: true, force: true });
	}
});
