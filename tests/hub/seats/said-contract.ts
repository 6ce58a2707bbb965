/**
 * What machines say of themselves, and when they were heard from last, whatever the hub keeps its ledger in.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import type { ActivationRow } from '#lib/protocol/rows.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { activations } from '#server/db/schema/ledger.ts';
import { audit } from '#server/db/schema/hub.ts';
import type { Hub } from '#server/hub/hub.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { writeBackup } from '#server/operations/restore/backup-file.ts';
import { restore } from '#server/operations/restore/restore.ts';
import { recordUsage } from '#server/operations/usage/record-usage.ts';
import { makeDrawingDesk } from '../../fixtures/drawing-desk.ts';
import {
	askFor,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	usageOf,
	type TestLicense
} from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function saidContract(name: string, makeStore: MakeStore): void {
	describe(`what machines say, at a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const grant = async (request: string, hub: Hub = made.hub) => {
			const answer = await activate(hub, request, {});
			if (isRefusal(answer) || answer.refusal) throw new Error('not granted');
			return answerFile(hub, answer);
		};
		/** The only machine of a license, as desks mirror it. */
		const rowOf = async (
			{ licenseId, manager }: TestLicense,
			hub: Hub = made.hub
		): Promise<ActivationRow> => {
			const page = await pull(hub, undefined, manager);
			return page.activations.find((row) => row.licenseId === licenseId)!;
		};
		const kept = ({ site, requestSite, os, version, heardAt }: ActivationRow) => ({
			...(site && { site }),
			...(requestSite && { requestSite }),
			...(os && { os }),
			...(version && { version }),
			heardAt
		});

		test('[P11] what a request says of its machine is kept; a later one replaces what it says', async () => {
			const license = await makeLicense(made);
			const machine = await makeMachine();
			const at = made.clock.now;
			await grant(await askFor(license, machine, { site: 'Hall 3', os: 'linux', pv: '8.2.1' }));
			const first = { site: 'Hall 3', os: 'linux', version: '8.2.1', heardAt: at };
			expect(kept(await rowOf(license))).toEqual(first);

			made.clock.now += 100;
			const next = await askFor(license, machine, { pv: '8.3.0' });
			await grant(next);
			const second = { ...first, version: '8.3.0', heardAt: at + 100 };
			expect(kept(await rowOf(license))).toEqual(second);

			// The same again is no news.
			made.clock.now += 100;
			await grant(next);
			expect(kept(await rowOf(license))).toEqual(second);
		});

		test('[P11, CH1] people call a site otherwise: what the request says stays beside it', async () => {
			const license = await makeLicense(made);
			await grant(await askFor(license, await makeMachine(), { site: 'Hall 3' }));
			const desk = await makeDrawingDesk(made, license.manager);
			const { id: act } = await rowOf(license);
			await desk.tell('machine.site', { act, value: 'Hamburg', was: '' });
			expect(await rowOf(license)).toMatchObject({ site: 'Hamburg', requestSite: 'Hall 3' });
			await desk.tell('machine.site', { act, value: '', was: 'Hamburg' });
			const row = await rowOf(license);
			expect(row.site).toBe('Hall 3');
			expect(row.requestSite).toBeUndefined();
		});

		test('[P11, AL4] a desk that issued a file tells what its request says; what proves nothing is passed over', async () => {
			const license = await makeLicense(made, { seats: 4 });
			const desk = await makeDrawingDesk(made, license.manager);
			const block = await desk.reserve(license.number, 1);
			const [machine, other] = [await makeMachine(), await makeMachine()];
			const said = { site: 'Hall 3', os: 'linux', pv: '8.2.1' };
			const asked = await askFor(license, machine, said);
			const drawn = await desk.draw(block, asked, made.clock.now);
			if (isRefusal(drawn)) throw new Error(drawn.refused);
			const strange = await askFor(license, other, { site: 'Elsewhere' });
			made.clock.now += 50;
			await desk.tell('activation.draw', { file: drawn, asked });
			const { site, os } = await rowOf(license);
			expect({ site, os }).toEqual({ site: 'Hall 3', os: 'linux' });

			for (const wrong of [strange, 'nothing', `${asked.slice(0, -4)}AAAA`]) {
				const again = await makeLicense(made, { seats: 4 });
				const second = await makeDrawingDesk(made, again.manager);
				const own = await second.reserve(again.number, 1);
				const file = await second.draw(own, await askFor(again, machine, said), made.clock.now);
				if (isRefusal(file)) throw new Error(file.refused);
				const result = await second.tell('activation.draw', { file, asked: wrong });
				expect(result.refusal).toBeUndefined();
				expect((await rowOf(again)).site).toBeUndefined();
			}
		});

		test('[P11, SY6] a restored hub that has forgotten what a machine said learns it from the same request', async () => {
			const folder = mkdtempSync(join(tmpdir(), 'keyferry-said-'));
			const license = await makeLicense(made);
			const backup = join(folder, 'hub.kfbackup');
			await writeBackup(made.hub, backup);
			const request = await askFor(license, await makeMachine(), { site: 'Hall 3', os: 'linux' });
			const file = await grant(request);
			const granted = await rowOf(license);

			const other = await makeStore();
			await restore(other.db, backup, { moved: false, now: made.clock.now });
			const { hub, clock } = await makeTestHub(other, { root: made.root, seal: made.hub.seal });
			clock.now = made.clock.now + 500;
			await adopt(hub, [file], 'desk');
			expect(kept(await rowOf(license, hub))).toEqual({ heardAt: granted.heardAt });
			const seen = { site: 'Hall 3', os: 'linux', heardAt: granted.heardAt };
			// The same request gets the same bytes, and says once more what it said.
			expect(await grant(request, hub)).toContain(lastLine(file));
			expect(kept(await rowOf(license, hub))).toEqual(seen);
			await grant(request, hub);
			const described = await other.db
				.select({ facts: audit.facts })
				.from(audit)
				.where(
					and(eq(audit.customerId, license.customerId), eq(audit.action, 'activation.described'))
				);
			expect(described).toEqual([
				{ facts: { license: license.licenseId, site: 'Hall 3', os: 'linux' } }
			]);
			await other.close();
			rmSync(folder, { recursive: true, force: true });
		});

		test('[P11] a return and a usage report are words of their machine; what people do is none', async () => {
			const license = await makeLicense(made, { clients: 10 });
			const machine = await makeMachine();
			const at = made.clock.now;
			const file = await grant(await askFor(license, machine, { site: 'Hall 3' }));
			const hour = Math.floor(at / 3600) - 1;
			made.clock.now += 100;
			const hours = [{ hour, peak: 3, denied: 0, waiting: 0 }];
			const report = await usageOf(file, machine, {
				site: 'Plant west',
				hours,
				from: hour,
				to: hour,
				now: made.clock.now
			});
			await recordUsage(made.hub, report);
			expect(await rowOf(license)).toMatchObject({ site: 'Hall 3', heardAt: at + 100 });
			const desk = await makeDrawingDesk(made, license.manager);
			const { id: act } = await rowOf(license);
			made.clock.now += 100;
			await desk.tell('machine.label', { act, value: 'Rack 7', was: '' });
			expect((await rowOf(license)).heardAt).toBe(at + 100);
			await returnActivations(made.hub, [await returnOf(file, machine)]);
			expect(await rowOf(license)).toMatchObject({ site: 'Hall 3', heardAt: at + 200 });
		});

		test('[P11, SE4] a machine beyond the seats is told as that', async () => {
			const license = await makeLicense(made, { seats: 1 });
			await grant(await askFor(license, await makeMachine()));
			const act = uuidv7();
			const [known] = await store.db
				.select()
				.from(activations)
				.where(eq(activations.customerId, license.customerId));
			await store.db.insert(activations).values({ ...known!, act, overage: true });
			const page = await pull(made.hub, undefined, license.manager);
			const own = page.activations.filter((row) => row.licenseId === license.licenseId);
			expect(own.map((row) => row.overage).sort()).toEqual([true, undefined]);
		});
	});
}

/** The last line of a file's armour that is no frame: its signature is in it. */
function lastLine(file: string): string {
	return file.trim().split('\n').at(-2)!;
}
