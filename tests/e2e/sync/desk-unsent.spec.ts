/**
 * Work that could not be sent: carried as a file, held for its author, taken over from a tab that
 * the browser froze, and brought back to a hub that was restored.
 */
import { join } from 'node:path';
import { rmSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Field } from '../../journeys/field-machine.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { countStates, makeRequests, openDesk, signIn, signOut } from '../desk-page.ts';
import { expect, test } from '../fixtures.ts';

const roomy = (licenses: { key: string; number: string; seats: number }[]) =>
	licenses.find(({ seats }) => seats === 25)!;
const submit = (page: Page, jtis: readonly string[]) =>
	page.evaluate((jtis) => globalThis.desk.submitRequests(jtis), [...jtis]);
const readSync = (page: Page) => page.evaluate(() => globalThis.desk.readSync());
const startSync = (page: Page) => page.evaluate(() => void globalThis.desk.startSync());
const answersOf = (page: Page) =>
	page.evaluate(async () =>
		(await globalThis.desk.listFiles())
			.filter(({ kind }) => kind === 'activation')
			.map(({ request, text }) => ({ request, text }))
			.sort((a, b) => (a.request! < b.request! ? -1 : 1))
	);
/** The signed token: what rides before it is added at each delivery. */
const tokenOf = ({ text = '' }: { text?: string }) =>
	text
		.replace(/-----[A-Z ]+-----|\s/g, '')
		.split('~')
		.at(-1);

test('[SY8] unsent work is carried as a file, by another desk and by the command line', async ({
	browser
}) => {
	const hub = await startHub();
	const field = new Field();
	const [author, carrier] = await Promise.all([browser.newContext(), browser.newContext()]);
	try {
		const { number } = roomy(hub.demo.licenses);
		const page = await openDesk(author, hub.address);
		await signIn(page, hub.demo, 'manager');
		// Online once, so that the hub knows whose outbox it is.
		const [first] = await makeRequests(page, number, ['known']);
		await submit(page, [first!]);
		const stop = () => page.evaluate(() => globalThis.stopDesk?.());
		await page.evaluate(() => {
			globalThis.stopDesk = globalThis.desk.startSync();
		});
		await expect.poll(() => countStates(page)).toEqual({ granted: 1 });
		await stop();
		await author.setOffline(true);
		const jtis = await makeRequests(page, number, ['carried-a', 'carried-b']);
		await submit(page, jtis);
		const [file, ...more] = await page.evaluate(() => globalThis.desk.exportUnsent());
		if (!file) throw new Error('nothing was exported');
		expect(more).toEqual([]);
		expect(file).toMatchObject({ commands: 2, fileName: expect.stringMatching(/\.kfpush$/) });

		// The carrier's desk: nobody is signed in, and the hub is out of reach at first.
		const other = await openDesk(carrier, hub.address);
		await carrier.setOffline(true);
		const kept = await other.evaluate(async ({ fileName, text }) => {
			const intake = await globalThis.desk.importFiles([new File([text], fileName)]);
			return { items: intake.items, kept: await globalThis.desk.keepItems(intake.items) };
		}, file);
		expect(kept.items).toMatchObject([{ kind: 'push', state: 'new', summary: { commands: 2 } }]);
		await startSync(other);
		await carrier.setOffline(false);
		await expect.poll(async () => (await answersOf(other)).length).toBe(2);
		const relayed = await answersOf(other);
		expect(relayed.map(({ request }) => request)).toEqual([...jtis].sort());

		// The command line brings the same again and gets the same.
		const office = field.machine('office', null);
		writeFileSync(office.path(file.fileName), file.text);
		const ran = await office.keyferry(['submit', file.fileName, '--hub', hub.address, '--json']);
		expect(ran, ran.stderr).toMatchObject({ code: 0 });
		expect(JSON.parse(ran.stdout)).toMatchObject([
			{ label: 'carried-a', outcome: 'granted' },
			{ label: 'carried-b', outcome: 'granted' }
		]);
		expect(office.files('.kfact')).toHaveLength(2);

		// Carried back by stick, the answers settle what the author sees; online, the queue empties.
		await page.evaluate(
			async (texts) => {
				let before: Awaited<ReturnType<typeof globalThis.desk.importText>> | undefined;
				for (const text of texts)
					before = await globalThis.desk.importText(text, 'stick', { before });
				await globalThis.desk.keepItems(before!.items);
			},
			relayed.map(({ text }) => text)
		);
		expect(await countStates(page)).toEqual({ granted: 3 });
		expect((await readSync(page)).waiting).toBe(2);
		await author.setOffline(false);
		await startSync(page);
		await expect.poll(async () => (await readSync(page)).waiting).toBe(0);
		const own = (await answersOf(page)).filter(({ request }) => request !== first);
		expect(own.map(tokenOf)).toEqual(relayed.map(tokenOf));
	} finally {
		await Promise.all([author.close(), carrier.close()]);
		await hub.stop();
		field.clear();
	}
});

test('[SY9] [PE5] what one person queued stays theirs while another works', async ({ browser }) => {
	const hub = await startHub();
	const context = await browser.newContext();
	try {
		const { number } = roomy(hub.demo.licenses);
		const { email } = hub.demo.users.find(({ role }) => role === 'manager')!;
		const keyId = () => page.evaluate(() => globalThis.desk.deskKey().then(({ kid }) => kid));
		const page = await openDesk(context, hub.address);
		await signIn(page, hub.demo, 'manager');
		await submit(page, await makeRequests(page, number, ['of the manager']));
		const [first, [waiting]] = [
			await keyId(),
			await page.evaluate(() => globalThis.desk.waitingCommands())
		];
		await signOut(page);
		await signIn(page, hub.demo, 'staff');
		await submit(page, await makeRequests(page, number, ['of staff']));
		expect(await keyId()).not.toBe(first);
		await startSync(page);
		await expect.poll(() => countStates(page)).toEqual({ granted: 1 });
		expect(await page.evaluate(() => globalThis.desk.listLeft())).toEqual([{ email, unsent: 1 }]);

		await signOut(page);
		await signIn(page, hub.demo, 'manager');
		expect(await keyId()).toBe(first);
		await startSync(page);
		await expect.poll(() => countStates(page)).toEqual({ granted: 1 });
		const settled = await page.evaluate(() => globalThis.desk.listOutbox());
		expect(settled.map((row) => row.id)).toEqual([waiting!.id]);
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[SY7] a visible tab takes over from one that was frozen in the middle of a round', async ({
	browser
}) => {
	const hub = await startHub();
	const context = await browser.newContext();
	try {
		const { number } = roomy(hub.demo.licenses);
		const frozen = await openDesk(context, hub.address);
		await signIn(frozen, hub.demo, 'manager');
		const quick = { askMs: 200, silenceMs: 2_000 };
		const start = (page: Page) =>
			page.evaluate((options) => void globalThis.desk.startSync(options), quick);
		await start(frozen);
		await expect.poll(async () => (await readSync(frozen)).syncedAt).toBeTruthy();
		// Its push is decided at the hub, and the answer never comes: both locks are in its hand.
		let pushes = 0;
		await frozen.route('**/rpc/sync.push**', async (route) => {
			await route.fetch();
			pushes += 1;
		});
		await submit(frozen, await makeRequests(frozen, number, ['frozen']));
		await expect.poll(() => pushes).toBe(1);
		// To the others it is as good as frozen: it holds the locks and says nothing.
		await frozen.evaluate(() => {
			const { postMessage } = BroadcastChannel.prototype;
			globalThis.speakAgain = () => (BroadcastChannel.prototype.postMessage = postMessage);
			BroadcastChannel.prototype.postMessage = () => undefined;
		});

		const visible = await openDesk(context, hub.address);
		await visible.bringToFront();
		await start(visible);
		await expect.poll(() => countStates(visible)).toEqual({ granted: 1 });

		await frozen.evaluate(() => void globalThis.speakAgain?.());
		await expect.poll(() => countStates(frozen)).toEqual({ granted: 1 });
		await frozen.unroute('**/rpc/sync.push**');
		await submit(frozen, await makeRequests(frozen, number, ['after']));
		await expect.poll(() => countStates(frozen)).toEqual({ granted: 2 });
		const license = await visible.evaluate((number) => globalThis.desk.readLicense(number), number);
		const labels = license?.activations.map(({ label }) => label).sort();
		expect(labels?.filter((label) => label === 'frozen')).toHaveLength(1);
	} finally {
		await context.close();
		await hub.stop();
	}
});

test('[SY6] a desk brings a restored hub what it has forgotten before it pulls', async ({
	browser
}) => {
	const hub = await startHub();
	const field = new Field();
	const context = await browser.newContext();
	let restored: Awaited<ReturnType<typeof startHub>> | undefined;
	try {
		const office = field.machine('office', null);
		const as = { env: { KEYFERRY_HUB: hub.address, KEYFERRY_TOKEN: hub.demo.token } };
		const operate = async (...args: string[]) => {
			const ran = await office.keyferry(args, as);
			expect(ran, ran.stderr).toMatchObject({ code: 0 });
		};
		const backup = office.path('hub.kfbackup');
		await operate('backup', backup);

		const { key, number } = roomy(hub.demo.licenses);
		const page = await openDesk(context, hub.address);
		await signIn(page, hub.demo, 'staff');
		const [kept, gone] = await makeRequests(page, key, ['kept', 'gone']);
		await submit(page, [kept!, gone!]);
		await startSync(page);
		await expect.poll(() => countStates(page)).toEqual({ granted: 2 });
		await page.evaluate(async (request) => {
			const made = await globalThis.desk.composeReturn(request);
			if ('refused' in made) throw new Error(made.refused);
			await globalThis.desk.submitRequests([made.jti]);
		}, gone!);
		await expect.poll(() => countStates(page)).toEqual({ granted: 3 });

		await context.setOffline(true);
		await hub.end('SIGKILL');
		const data = join(field.folder, 'restored');
		await operate('restore', backup, '--data', data, '--root', `${hub.data}-root.json`);
		restored = await startHub({ data, port: hub.port, demo: false });
		// Queued before the desk hears of it: kept until the freeze is lifted.
		await submit(page, await makeRequests(page, key, ['meanwhile']));
		await context.setOffline(false);
		await signIn(page, hub.demo, 'staff');
		await startSync(page);
		const states = () =>
			page.evaluate(async (number) => {
				const license = await globalThis.desk.readLicense(number);
				const rows = license?.activations ?? [];
				const label = (row: { label?: string; state: string }) => `${row.label} ${row.state}`;
				return { frozen: license?.frozenAt !== undefined, rows: rows.map(label).sort() };
			}, number);
		await expect
			.poll(states)
			.toMatchObject({ frozen: true, rows: expect.arrayContaining(['kept active']) });
		expect((await states()).rows).not.toContain('gone active');
		await expect
			.poll(() => page.evaluate(() => globalThis.desk.readHold()))
			.toMatchObject({ reason: 'restored', remedy: 'vendor-unfreezes', count: 1 });

		await operate('license', 'unfreeze', number, '--yes');
		await page.evaluate(() => globalThis.desk.syncNow());
		await expect.poll(async () => (await readSync(page)).waiting).toBe(0);
		await expect.poll(states).toMatchObject({
			frozen: false,
			rows: expect.arrayContaining(['kept active', 'meanwhile active'])
		});
	} finally {
		await context.close();
		await restored?.end();
		await hub.stop();
		rmSync(field.folder, { recursive: true, force: true });
	}
});

declare global {
	var stopDesk: (() => void) | undefined;
	var speakAgain: (() => unknown) | undefined;
}
