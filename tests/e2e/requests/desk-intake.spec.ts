import type { Page } from '@playwright/test';
import { startHub } from '../../fixtures/running-hub.ts';
import { countStates, makeRequests, openDesk, signIn } from '../desk-page.ts';
import { expectSoundEverywhere } from '../expect-sound.ts';
import { openAt } from '../open-at.ts';
import { expect, test } from '../fixtures.ts';
import { issueOwn } from '../own-license.ts';
import { signInAs } from '../signing-in.ts';

type Piece = { name: string; text: string };

const requestTexts = (page: Page): Promise<Piece[]> =>
	page.evaluate(async () =>
		(await globalThis.desk.listRequests()).map(({ fileName, text }) => ({ name: fileName, text }))
	);

/** Takes pieces in as files of one folder, and keeps what is new. */
const takeInFolder = (page: Page, pieces: readonly Piece[]) =>
	page.evaluate(
		async (pieces) => {
			const files = pieces.map(({ name, text }) => new File([text], name));
			const intake = await globalThis.desk.importFiles(files);
			const kept = await globalThis.desk.keepItems(intake.items);
			return { ...intake, kept };
		},
		[...pieces]
	);

/** Cuts the fourth line of the armour, as a bad stick does. */
function damage({ text }: Piece): string {
	const lines = text.split('\n');
	const begin = lines.findIndex((line) => line.startsWith('-----BEGIN'));
	lines[begin + 4] = '\u0000\u0000\u0000\u0000';
	return lines.join('\n');
}

test('forty files: every one accounted for, the answers saved in one step under matching names', async ({
	browser
}) => {
	// So many seats are taken that the other tests would miss them; and another vendor's hub, with
	// its own root and its own licenses.
	const [hub, other] = await Promise.all([startHub(), startHub()]);
	const { demo } = hub;
	const [field, maker, stranger] = await Promise.all([
		browser.newContext(),
		browser.newContext(),
		browser.newContext()
	]);
	try {
		const making = await openDesk(maker, hub.address);
		const labels = Array.from({ length: 18 }, (_, at) => `rack-${at + 1}`);
		await makeRequests(making, demo.licenses.find(({ seats }) => seats === 25)!.key, labels);
		const strange = await openDesk(stranger, other.address);
		await makeRequests(strange, other.demo.licenses[1]!.key, ['their-1', 'their-2', 'their-3']);
		const ours = await requestTexts(making);
		const theirs = await requestTexts(strange);
		const damaged = ours.slice(0, 2).map((piece) => damage(piece));
		const pieces: Piece[] = [
			...ours,
			...theirs,
			...damaged.map((text, at) => ({ name: `damaged-${at}.kfreq`, text })),
			{ name: 'again.kfreq.txt', text: ours[0]!.text },
			...Array.from({ length: 16 }, (_, at) => ({ name: `notes-${at}.txt`, text: 'Rack plan' }))
		];
		expect(pieces).toHaveLength(40);

		const page = await openDesk(field, hub.address);
		await signIn(page, demo, 'manager');
		await field.setOffline(true);
		const { items, counts, kept } = await takeInFolder(page, pieces);
		expect(items).toHaveLength(40);
		expect(counts).toEqual({
			new: 21,
			known: 0,
			twice: 1,
			elsewhere: 0,
			incomplete: 0,
			damaged: 2,
			foreign: 16
		});
		expect(kept).toBe(21);
		const broken = items.filter(({ state }) => state === 'damaged');
		expect(broken.map(({ refusal }) => refusal?.refused)).toEqual([
			'FILE_MALFORMED',
			'FILE_MALFORMED'
		]);
		const { facts } = broken[0]!.refusal as { facts: { line: number } };
		expect(damaged[0]!.split('\n')[facts.line - 1]).toContain('\u0000');
		expect(items.find(({ state }) => state === 'twice')?.source).toBe('again.kfreq.txt');

		// The same folder once more: nothing new.
		const again = await takeInFolder(page, pieces);
		expect(again.counts).toEqual({
			new: 0,
			known: 21,
			twice: 1,
			elsewhere: 0,
			incomplete: 0,
			damaged: 2,
			foreign: 16
		});

		expect(await page.evaluate(() => globalThis.desk.submitDrafts())).toBe(21);
		await page.evaluate(() => void globalThis.desk.startSync());
		await field.setOffline(false);
		await expect.poll(() => countStates(page)).toEqual({ granted: 18, refused: 3 });
		const refused = await page.evaluate(async () =>
			(await globalThis.desk.listRequests()).filter(({ state }) => state === 'refused')
		);
		expect(refused.map(({ refusal }) => refusal?.refused)).toEqual(
			Array<string>(3).fill('LICENSE_NOT_FOUND')
		);

		const names = await page.evaluate(async () => {
			const { blob } = await globalThis.desk.saveAnswers();
			const bytes = new Uint8Array(await blob.arrayBuffer());
			const entries = globalThis.desk.readZip(bytes, 65_536);
			if ('refused' in entries) throw new Error(entries.refused);
			return entries.map(({ name }) => name).sort();
		});
		// A folder for the customer, and one for what belongs to nobody that is known here.
		const stemsIn = (folder: string, pieces: readonly Piece[]) =>
			pieces.map(({ name }) => `${folder}/${name.replace('.kfreq', '')}`);
		const stems = [...stemsIn('example-gmbh', ours), ...stemsIn('other', theirs)];
		expect(names.map((name) => name.replace(/\.kf(act|ref)$/, ''))).toEqual(stems.sort());
		expect(names.filter((name) => name.endsWith('.kfact'))).toHaveLength(18);

		// The desk that asked takes the answers in, and each one finds its request.
		const back = await page.evaluate(async () =>
			(await globalThis.desk.listAnswers()).map(({ fileName, text }) => ({ name: fileName, text }))
		);
		const returned = await takeInFolder(making, back);
		expect(returned.items.filter(({ answers }) => answers)).toHaveLength(18);
		expect(returned.items.filter(({ machine }) => machine?.same)).toHaveLength(18);
		expect(await countStates(making)).toEqual({ granted: 18 });

		// For the other hub these are answers of a stranger: it knows no root that leads to them.
		await strange.evaluate(() => globalThis.desk.learnRoots());
		const abroad = await takeInFolder(strange, back);
		expect(abroad.counts.elsewhere).toBe(back.length);
	} finally {
		await Promise.all([field.close(), maker.close(), stranger.close()]);
		await Promise.all([hub.stop(), other.stop()]);
	}
});

test('[DK7] ten files to answers in four taps, and what another desk was granted is not missed', async ({
	browser,
	hub,
	demo
}) => {
	const contexts = await Promise.all(
		['maker', 'phone', 'office'].map(() => browser.newContext({ locale: 'en-GB' }))
	);
	const [maker, phone, office] = contexts;
	try {
		const { key } = await issueOwn(
			{ address: hub.address, demo },
			{ seats: 10, givenFingerprints: true }
		);
		const making = await openDesk(maker!, hub.address);
		const labels = Array.from({ length: 10 }, (_, at) => `tap-${at + 1}`);
		// Nobody else's: other tests ask in names of their own.
		const name = 'Tess Sample';
		await makeRequests(making, key, labels, name);
		const pieces = await requestTexts(making);
		const buffers = pieces.map(({ name, text }) => ({
			name,
			mimeType: 'application/octet-stream',
			buffer: Buffer.from(text)
		}));

		const page = await phone!.newPage();
		await page.setViewportSize({ width: 1280, height: 760 });
		await signInAs(page, hub, 'technician');
		let taps = 0;
		const tap = async (name: string | RegExp, role: 'button' | 'link' = 'button') => {
			taps += 1;
			await page
				.getByRole(role, { name, exact: typeof name === 'string' })
				.first()
				.click();
		};
		await tap('Import', 'link');
		const chooser = page.waitForEvent('filechooser');
		await tap('Choose files');
		await (await chooser).setFiles(buffers);
		await tap('Submit 10');
		const saved = page.waitForEvent('download');
		await tap('Save 10 answers');
		expect((await saved).suggestedFilename()).toMatch(/^example-gmbh-\d{4}-\d\d-\d\d\.zip$/);
		expect(taps).toBeLessThanOrEqual(4);
		await expect(page.getByRole('listitem').filter({ hasText: /Saved \d\d:\d\d/ })).toHaveCount(10);
		await expectSoundEverywhere(page, 'import, saved');

		await test.step('the list says so, and its address is the pile', async () => {
			await page.getByRole('link', { name: 'Requests', exact: true }).first().click();
			await expect(page.getByRole('button', { name: 'To carry back 0' })).toBeVisible();
			await page.getByRole('button', { name: 'Done 10' }).click();
			await expect(page).toHaveURL(/#\/requests\?is=done$/);
			await expect(page.getByRole('link', { name: /tap-3 .*Saved/ })).toBeVisible();
			await page.getByRole('searchbox').fill('tap-10');
			await expect(page).toHaveURL(/#\/requests\?is=done&q=tap-10$/);
			await expect(page.getByRole('button', { name: 'Done 1', exact: true })).toBeVisible();
			await expectSoundEverywhere(page, 'requests, searched');

			// Columns and a view under a name, as of every list. [DK3]
			await page.getByRole('button', { name: 'View options' }).click();
			await page.getByLabel('Requested by').check();
			await expect(page.getByRole('button', { name: 'Requested by', exact: true })).toBeVisible();
			await page.getByLabel('Save this view as').fill('Tenth');
			await page.getByRole('button', { name: 'Save view' }).click();
			await page.getByRole('searchbox').fill('');
			await page.getByRole('button', { name: 'All 10' }).click();
			await page.getByRole('button', { name: 'Tenth' }).click();
			await expect(page.getByRole('searchbox')).toHaveValue('tap-10');
		});

		await test.step('at the office: one request is here, the others are offered by name', async () => {
			const calls = await openDesk(office!, hub.address);
			await signIn(calls, demo, 'technician');
			const desk = await office!.newPage();
			await openAt(desk, '/requests', hub.address);
			await calls.evaluate((name) => globalThis.desk.changeSettings({ name }), name);
			const offered = desk.getByRole('region', { name: 'From another device' });
			await expect(offered).toContainText('10 answers in your name');
			// Its answer came before it did, and to another desk.
			await takeInFolder(calls, pieces.slice(0, 1));
			await expect(offered).toContainText('9 answers in your name');
			const one = desk.waitForEvent('download');
			await desk.getByRole('button', { name: 'Save 1 answer' }).click();
			expect((await one).suggestedFilename()).toBe(pieces[0]!.name.replace('kfreq', 'kfact'));
			const nine = desk.waitForEvent('download');
			await offered.getByRole('button', { name: 'Save them here' }).click();
			expect((await nine).suggestedFilename()).toMatch(/^example-gmbh-.*\.zip$/);
			await expect(offered).toHaveCount(0);
		});
	} finally {
		await Promise.all(contexts.map((context) => context.close()));
	}
});

test('[FI4] a zip, several files in one paste, and mail quotes are taken in alike', async ({
	context,
	hub,
	demo
}) => {
	const page = await openDesk(context, hub.address);
	await makeRequests(page, demo.licenses[0]!.key, ['zip-1', 'zip-2', 'zip-3']);
	const pieces = await requestTexts(page);
	const counts = await page.evaluate(async (pieces) => {
		const { importFiles, importText, writeZip } = globalThis.desk;
		await globalThis.desk.strict.requests.clear();
		const encoder = new TextEncoder();
		const zip = writeZip(pieces.map(({ name, text }) => ({ name, bytes: encoder.encode(text) })));
		const quoted = pieces.map(({ text }) => text.replace(/^/gm, '> ')).join('\r\n\r\n');
		const fromZip = await importFiles([new File([zip], 'stick.zip')]);
		const fromPaste = await importText(quoted, 'Pasted text', { before: fromZip });
		return [fromZip.counts, fromPaste.counts];
	}, pieces);
	expect(counts[0]).toMatchObject({ new: 3, damaged: 0 });
	expect(counts[1]).toMatchObject({ new: 3, twice: 3, damaged: 0 });
});

test('[FI6] codes seen by a camera are taken in, and a hub key completes the chain', async ({
	context,
	hub,
	demo
}) => {
	const page = await openDesk(context, hub.address);
	await page.evaluate(() => globalThis.desk.learnRoots());
	const result = await page.evaluate(async (key) => {
		const { emptyBatch, qrCodes, importToken, QrReader } = globalThis.desk;
		const codes = qrCodes(key).reverse();
		let intake = emptyBatch;
		for (const [at, code] of codes.entries()) {
			const token = new QrReader().add(code);
			if (!token || 'refused' in token) throw new Error('not a whole code');
			intake = await importToken(token, `Scan ${at + 1}`, { before: intake });
		}
		const kept = await globalThis.desk.keepItems(intake.items);
		return { kept, intake, keys: await globalThis.desk.listKeys() };
	}, demo.licenses[0]!.key);
	expect(result.keys.map(({ number, verified }) => ({ number, verified }))).toEqual([
		{ number: demo.licenses[0]!.number, verified: true }
	]);
});

test('an export holds everything, and another desk takes it over', async ({
	browser,
	hub,
	demo
}) => {
	const [from, to] = await Promise.all([browser.newContext(), browser.newContext()]);
	try {
		const source = await openDesk(from, hub.address);
		const jtis = await makeRequests(source, demo.licenses[1]!.key, ['moved-1', 'moved-2']);
		await source.evaluate((jti) => globalThis.desk.submitRequests([jti]), jtis[0]!);
		await source.evaluate(
			async (key) => globalThis.desk.keepItems((await globalThis.desk.importText(key, 'x')).items),
			demo.licenses[1]!.key
		);
		const text = await source.evaluate(async () =>
			(await globalThis.desk.exportDesk()).blob.text()
		);
		expect(await source.evaluate(() => globalThis.desk.readExportState())).toMatchObject({
			changed: false
		});

		const target = await openDesk(to, hub.address);
		const takeOver = (text: string) =>
			target.evaluate((text) => globalThis.desk.importDesk(text), text);
		expect(await takeOver(text)).toBe(4);
		expect(await takeOver(text)).toBe(0);
		expect(await countStates(target)).toEqual({ queued: 1, draft: 1 });
		expect(await takeOver(text.replace('"text"', '"tex"'))).toMatchObject({
			refused: 'FILE_MALFORMED'
		});
	} finally {
		await Promise.all([from.close(), to.close()]);
	}
});
