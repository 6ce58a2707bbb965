/**
 * What a hub promises to a site server that asks for a license, and to the person who answers it.
 *
 * @module
 */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access.ts';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { audit } from '#server/db/schema/hub.ts';
import { member, serverCodes, user } from '#server/db/schema/people.ts';
import type { Asker } from '#server/hub/hub.ts';
import {
	approveServerCode,
	denyServerCode
} from '#server/operations/site-servers/answer-server-code.ts';
import {
	beginServerCode,
	type AskingServer
} from '#server/operations/site-servers/begin-server-code.ts';
import { openServerCode } from '#server/operations/site-servers/open-server-code.ts';
import { pollServerCode } from '#server/operations/site-servers/poll-server-code.ts';
import {
	CODE_SECONDS,
	GRANT_SECONDS,
	KEPT_SECONDS,
	POLL_SECONDS
} from '#server/operations/site-servers/server-codes.ts';
import { findServerGrant } from '#server/operations/site-servers/server-grant.ts';
import { makeLicense, type TestLicense } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const server: AskingServer = {
	name: 'Rack 7',
	organization: 'Example GmbH',
	product: 'atlas',
	jkt: 'A'.repeat(43),
	machineCode: 'KF1-ABCD'
};

export function siteServersContract(name: string, makeStore: MakeStore): void {
	describe(`site servers that ask for a license, on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let license: TestLicense;
		let technician: Asker;
		beforeAll(async () => {
			license = await makeLicense(made, { clients: 10 });
			technician = await join(license.customerId, 'technician');
		});

		const join = async (customerId: string, role: Role): Promise<Asker> => {
			const userId = uuidv7();
			const person = { id: userId, name: 'Somebody', email: `${userId}@example.com` };
			await store.db.insert(user).values({ ...person, emailVerified: true });
			await store.db
				.insert(member)
				.values({ id: uuidv7(), organizationId: customerId, userId, role });
			return { userId, roles: new Map([[customerId, role]]) };
		};
		const begin = (changes: Partial<AskingServer> = {}) =>
			beginServerCode(made.hub, { ...server, ...changes });
		const open = (code: string, asker = technician) => openServerCode(made.hub, code, asker);
		const approve = (code: string, { asker = technician, number = license.number } = {}) =>
			approveServerCode(made.hub, { code, number }, asker);
		const poll = (deviceCode: string) => pollServerCode(made.hub, deviceCode);
		const approvals = async () => {
			const rows = await store.db
				.select()
				.from(audit)
				.where(eq(audit.customerId, license.customerId));
			return rows.filter(({ action }) => action === 'site-server.approved');
		};
		const pending = refuse('AUTHORIZATION_PENDING', {});
		const spent = refuse('SERVER_CODE_INVALID', {});

		test('[GL1] a code leads to one license for one machine, and is kept as a hash', async () => {
			const { deviceCode, userCode, page, pageWithCode, expiresIn, interval } = await begin();
			expect(userCode).toMatch(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/);
			expect(page).toBe('http://hub.example.com/#/device');
			expect(pageWithCode).toBe(`${page}?code=${userCode}`);
			expect([expiresIn, interval]).toEqual([CODE_SECONDS, POLL_SECONDS]);
			const kept = JSON.stringify(await store.db.select().from(serverCodes));
			expect(kept).not.toContain(deviceCode);
			expect(kept).not.toContain(userCode.replace('-', ''));

			expect(await poll(deviceCode)).toEqual(pending);
			expect(await open(` ${userCode.replace('-', ' ').toLowerCase()}`)).toEqual({
				name: 'Rack 7',
				organization: 'Example GmbH',
				product: 'atlas',
				machineCode: 'KF1-ABCD',
				until: made.clock.now + CODE_SECONDS
			});
			const before = (await approvals()).length;
			const { number } = license;
			expect(await approve(userCode)).toEqual({ name: 'Rack 7', number, title: 'Atlas' });
			const noted = (await approvals()).slice(before);
			expect(noted).toMatchObject([
				{
					actor: technician.userId,
					subject: license.licenseId,
					facts: { license: license.licenseId, server: 'Rack 7', machine: 'KF1-ABCD' }
				}
			]);
			const given = await poll(deviceCode);
			expect(given).toMatchObject({ number, product: 'atlas', expiresIn: GRANT_SECONDS });
			if (isRefusal(given)) throw new Error(given.refused);
			expect(JSON.stringify(given)).not.toContain(license.sec);
			const { userId } = technician;
			const { customerId } = license;
			const grant = { userId, customerId, number, jkt: server.jkt };
			expect(await findServerGrant(made.hub, given.grant)).toEqual(grant);
			// An answer that was lost on its way: the next one counts instead.
			const again = await poll(deviceCode);
			if (isRefusal(again)) throw new Error(again.refused);
			expect(await findServerGrant(made.hub, given.grant)).toBeUndefined();
			made.clock.now += GRANT_SECONDS - 1;
			expect(await findServerGrant(made.hub, again.grant)).toEqual(grant);
			made.clock.now += 1;
			expect(await findServerGrant(made.hub, again.grant)).toBeUndefined();
		});

		test('[GL1] who asks too often is slowed down; others are told that nothing is there', async () => {
			const { deviceCode } = await begin();
			expect(await poll(deviceCode)).toEqual(pending);
			made.clock.now += POLL_SECONDS - 1;
			expect(await poll(deviceCode)).toEqual(refuse('SLOW_DOWN', { interval: 2 * POLL_SECONDS }));
			made.clock.now += POLL_SECONDS;
			expect(await poll(deviceCode)).toEqual(refuse('SLOW_DOWN', { interval: 3 * POLL_SECONDS }));
			made.clock.now += 3 * POLL_SECONDS;
			expect(await poll(deviceCode)).toEqual(pending);
			expect(await poll('x'.repeat(43))).toEqual(spent);
		});

		test('[GL1] an expired code is told to both sides, for a day', async () => {
			const { deviceCode, userCode } = await begin();
			const expired = refuse('SERVER_CODE_EXPIRED', { expiredAt: made.clock.now + CODE_SECONDS });
			made.clock.now += CODE_SECONDS - 1;
			expect(await open(userCode)).toMatchObject({ name: 'Rack 7' });
			made.clock.now += 1;
			expect(await poll(deviceCode)).toEqual(expired);
			expect(await open(userCode)).toEqual(expired);
			expect(await approve(userCode)).toEqual(expired);
			made.clock.now += KEPT_SECONDS + 1;
			await begin();
			expect(await poll(deviceCode)).toEqual(spent);
		});

		test('[GL2] a code that somebody has entered is nobody else’s', async () => {
			const { deviceCode, userCode } = await begin();
			const other = await join(license.customerId, 'owner');
			const taken = refuse('SERVER_CODE_TAKEN', {});
			expect(await approve(userCode), 'before it is entered').toEqual(taken);
			await open(userCode);
			expect(await open(userCode, other)).toEqual(taken);
			expect(await approve(userCode, { asker: other })).toEqual(taken);
			expect(await denyServerCode(made.hub, userCode, other)).toEqual(taken);
			expect(await poll(deviceCode)).toEqual(pending);
			expect(await open('BBBB-BBBB')).toEqual(spent);
		});

		test('[GL2, PE1] a license is given by whoever may activate machines for it', async () => {
			const { deviceCode, userCode } = await begin();
			const viewer = await join(license.customerId, 'viewer');
			await open(userCode, viewer);
			expect(await approve(userCode, { asker: viewer })).toEqual(
				refuse('NOT_PERMITTED', { action: 'activation.request' })
			);
			const { number } = await makeLicense(made);
			expect(await approve(userCode, { asker: viewer, number })).toEqual(
				refuse('LICENSE_NOT_FOUND', { number })
			);
			expect(await poll(deviceCode)).toEqual(pending);
		});

		test('[GL2, S8] a virtual machine is refused where the license refuses those', async () => {
			const strict = await makeLicense(made, { virtualMachines: false });
			const owner = await join(strict.customerId, 'owner');
			const { number } = strict;
			const { userCode } = await begin({ virtual: 'kvm' });
			expect(await open(userCode, owner)).toMatchObject({ virtual: 'kvm' });
			expect(await approve(userCode, { asker: owner, number })).toMatchObject({
				refused: 'VIRTUAL_MACHINE_REFUSED',
				facts: { number }
			});
			const { userCode: onHardware } = await begin();
			await open(onHardware, owner);
			expect(await approve(onHardware, { asker: owner, number })).toMatchObject({ number });
		});

		test('[GL2] a code is answered once, yes or no', async () => {
			const { deviceCode, userCode } = await begin();
			await open(userCode);
			expect(await denyServerCode(made.hub, userCode, technician)).toBeNull();
			expect(await poll(deviceCode)).toEqual(refuse('SERVER_DENIED', {}));
			expect(await approve(userCode)).toEqual(spent);

			const second = await begin();
			await open(second.userCode);
			const before = (await approvals()).length;
			const answers = await Promise.all([approve(second.userCode), approve(second.userCode)]);
			expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
			expect(answers).toContainEqual(spent);
			expect(await approvals()).toHaveLength(before + 1);
			expect(await denyServerCode(made.hub, second.userCode, technician)).toEqual(spent);
		});
	});
}
