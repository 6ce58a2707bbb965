/**
 * Releases: what staff add, and what licenses are offered of it.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VENDOR_ID } from '#lib/domain/access.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { auditPage } from '#server/operations/audit/audit-pages.ts';
import { addProduct } from '#server/operations/catalog/save-product.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import {
	downloadLink,
	fileOfLink,
	ticketOf,
	uploadLink
} from '#server/operations/releases/links.ts';
import {
	fileForLicense,
	licenseForAsker,
	licensesWithReleases,
	offersOf
} from '#server/operations/releases/offers.ts';
import { listReleases, readReleases } from '#server/operations/releases/read-releases.ts';
import { openFile, receiveFile } from '#server/operations/releases/release-folder.ts';
import {
	addReleaseFile,
	saveRelease,
	withdrawRelease
} from '#server/operations/releases/save-release.ts';
import { makeLicense } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

const DAY = 86_400;

export function releasesContract(name: string, makeStore: MakeStore): void {
	describe(`releases on ${name}`, () => {
		const { made, store } = openHub(makeStore);
		let folder: string;
		beforeAll(() => {
			folder = mkdtempSync(join(tmpdir(), 'keyferry-releases-'));
			made.hub.releasesFolder = folder;
		});
		afterAll(async () => {
			rmSync(folder, { recursive: true, force: true });
		});

		const newProduct = async () => {
			const product = `p-${uuidv7()}`;
			const entitlements = [{ code: 'export', title: 'Export' }];
			const about = { title: 'Beacon', contact: 'licensing@example.com', entitlements };
			await addProduct(made.hub, { slug: product, ...about }, 'ada');
			return product;
		};
		const elsewhere = (product: string, version: string, platform = 'linux-x64' as const) => ({
			product,
			version,
			platform,
			name: `beacon-${version}.zip`,
			size: 10,
			sha256: 'a'.repeat(64),
			url: 'https://example.com/beacon.zip'
		});
		const released = async (product: string, version: string, releasedAt: number) => {
			await saveRelease(made.hub, { product, version, releasedAt }, 'ada');
			await addReleaseFile(made.hub, elsewhere(product, version), 'ada');
		};
		const body = (text: string) => new Blob([text]).stream();
		const sumOf = (text: string) => createHash('sha256').update(text).digest('hex');
		const actionsOf = async (subject: string) => {
			const { entries } = await auditPage(store.db, { customerId: VENDOR_ID, after: 0 });
			return entries.filter((each) => each.subject === subject).map(({ action }) => action);
		};

		test('[P8] a release is added, changed, given files and withdrawn, each audited once', async () => {
			const product = await newProduct();
			const said = { product, version: '8.2', releasedAt: 1000, notes: 'First' };
			expect(await saveRelease(made.hub, said, 'ada')).toEqual({ isNew: true });
			expect(await saveRelease(made.hub, said, 'ada')).toEqual({ isNew: false });
			const more = { product, version: '8.2', entitlements: ['export'] };
			expect(await saveRelease(made.hub, more, 'ada')).toEqual({ isNew: false });
			const file = elsewhere(product, '8.2');
			expect(await addReleaseFile(made.hub, file, 'ada')).toMatchObject({ isNew: true });
			expect(await addReleaseFile(made.hub, file, 'ada')).toMatchObject({ isNew: false });
			const changed = { ...file, sha256: 'b'.repeat(64) };
			expect(await addReleaseFile(made.hub, changed, 'ada')).toMatchObject({
				refused: 'RELEASE_FILE_TAKEN'
			});
			const [listed] = await listReleases(made.hub, product);
			expect(listed).toMatchObject({ ...said, entitlements: ['export'], missing: [] });
			expect(listed?.artefacts).toMatchObject([{ name: 'beacon-8.2.zip', size: 10 }]);

			const withdraw = { product, version: '8.2', reason: 'crashes' };
			expect(await withdrawRelease(made.hub, withdraw, 'ada')).toBeUndefined();
			expect(await withdrawRelease(made.hub, withdraw, 'ada')).toBeUndefined();
			expect(await addReleaseFile(made.hub, file, 'ada')).toMatchObject({
				refused: 'RELEASE_WITHDRAWN'
			});
			expect(await saveRelease(made.hub, said, 'ada')).toMatchObject({
				refused: 'RELEASE_WITHDRAWN'
			});
			expect((await listReleases(made.hub, product))[0]).toMatchObject({
				withdrawnAt: made.clock.now
			});
			expect(await actionsOf(product)).toEqual([
				'product.added',
				'release.added',
				'release.changed',
				'release.changed',
				'release.withdrawn'
			]);
		});

		test('[P8] what the catalog does not have is refused', async () => {
			const product = await newProduct();
			const refused = async (work: Promise<unknown>) => {
				const answer = await work;
				return isRefusal(answer) ? answer.refused : answer;
			};
			const of = { product: 'nothing', version: '8.2' };
			expect(await refused(saveRelease(made.hub, of, 'ada'))).toBe('NOT_FOUND');
			const wrong = { product, version: '8.2', entitlements: ['flying'] };
			expect(await refused(saveRelease(made.hub, wrong, 'ada'))).toBe('NOT_FOUND');
			const file = elsewhere(product, '8.9');
			expect(await refused(addReleaseFile(made.hub, file, 'ada'))).toBe('NOT_FOUND');
			const ticket = { ...file, actor: 'ada' };
			expect(await refused(uploadLink(made.hub, ticket))).toBe('NOT_FOUND');
		});

		test('[P8] a license gets the newest of its time, and a renewal the next', async () => {
			const product = await newProduct();
			const { now } = made.clock;
			await released(product, '8.1', now - 30 * DAY);
			await released(product, '8.2', now - 20 * DAY);
			await released(product, '8.3', now - 5 * DAY);
			await released(product, '10.0', now - DAY);
			const license = await makeLicense(made, { product, maintainedUntil: now - 10 * DAY });
			const offers = async () => {
				const found = await licensesWithReleases(made.hub, { product }, license.manager);
				return offersOf(made.hub, found, 'linux-x64');
			};
			const [before] = await offers();
			expect(before?.offered?.version).toBe('8.2');
			expect(before?.older.map(({ version }) => version)).toEqual(['8.1']);
			expect(before?.newer).toMatchObject([
				{
					version: '10.0',
					bars: [{ refused: 'VERSION_NOT_COVERED' }, { refused: 'MAINTENANCE_ENDED' }]
				},
				{ version: '8.3', bars: [{ refused: 'MAINTENANCE_ENDED' }] }
			]);
			await renewLicense(made.hub, license, { maintainedUntil: now + DAY }, 'ada');
			const [after] = await offers();
			expect(after?.offered?.version).toBe('8.3');
		});

		test('[P8] nobody sees offers of a license that is not theirs', async () => {
			const product = await newProduct();
			await released(product, '8.1', made.clock.now - DAY);
			const license = await makeLicense(made, { product });
			const other = await makeLicense(made);
			expect(await licensesWithReleases(made.hub, { product }, other.manager)).toEqual([]);
			expect(await licenseForAsker(made.hub, license.number, other.manager)).toMatchObject({
				refused: 'LICENSE_NOT_FOUND'
			});
			expect(await licenseForAsker(made.hub, license.number, undefined)).toMatchObject({
				refused: 'LICENSE_NOT_FOUND'
			});
		});

		test('[P8] a link opens one file for a quarter of an hour, and none that was withdrawn', async () => {
			const product = await newProduct();
			await saveRelease(made.hub, { product, version: '8.1', releasedAt: 1000 }, 'ada');
			const sha256 = await receiveFile(made.hub, body('hello'), { name: 'a.zip', size: 5 });
			if (isRefusal(sha256)) throw new Error(sha256.refused);
			const sent = { product, version: '8.1', platform: 'any' as const, name: 'a.zip', size: 5 };
			await addReleaseFile(made.hub, { ...sent, sha256 }, 'ada');
			const license = await makeLicense(made, { product });
			const found = await licenseForAsker(made.hub, license.number, license.manager);
			if (isRefusal(found)) throw new Error(found.refused);
			const [{ artefacts } = { artefacts: [] }] = await readReleases(store.db, [product]);
			const wanted = { version: '8.1', file: artefacts[0]!.id };
			const file = await fileForLicense(made.hub, found, wanted);
			if (isRefusal(file)) throw new Error(file.refused);
			const { href } = downloadLink(made.hub, file.release, file.artefact);
			const link = new URL(href, 'http://hub.example.com').searchParams.get('link')!;
			expect(await fileOfLink(made.hub, link)).toEqual({ name: 'a.zip', size: 5, sha256 });
			const invalid = { refused: 'DOWNLOAD_LINK_INVALID' };
			expect(await fileOfLink(made.hub, link.slice(0, -2))).toMatchObject(invalid);
			expect(ticketOf(made.hub, link), 'a download is no upload').toMatchObject(invalid);
			made.clock.now += 15 * 60;
			expect(await fileOfLink(made.hub, link)).toMatchObject(invalid);
			made.clock.now -= 60;
			expect(await fileOfLink(made.hub, link)).toMatchObject({ sha256 });
			await withdrawRelease(made.hub, { product, version: '8.1', reason: 'wrong' }, 'ada');
			expect(await fileOfLink(made.hub, link)).toMatchObject(invalid);
		});

		test('[P8] a file is whole or not there, and no link is followed', async () => {
			const text = `file ${uuidv7()}`;
			const size = text.length;
			const receive = (announced: { size: number; sha256?: string }) =>
				receiveFile(made.hub, body(text), { name: 'a.zip', ...announced });
			const left = () => readdirSync(join(folder, 'incoming'));
			const before = readdirSync(folder).length;
			expect(await receive({ size: size + 1 })).toMatchObject({
				refused: 'BODY_INVALID',
				facts: { reason: 'too_small' }
			});
			expect(await receive({ size: size - 1 })).toMatchObject({ facts: { reason: 'too_big' } });
			expect(await receive({ size, sha256: 'c'.repeat(64) })).toMatchObject({
				refused: 'RELEASE_FILE_DAMAGED',
				facts: { expected: 'c'.repeat(64), found: sumOf(text) }
			});
			const huge = { size: 2 ** 50 };
			expect(await receive(huge)).toMatchObject({ refused: 'HUB_STORAGE_FULL' });
			expect(left()).toEqual([]);
			expect(readdirSync(folder)).toHaveLength(Math.max(before, 1));

			expect(await receive({ size, sha256: sumOf(text) })).toBe(sumOf(text));
			expect(await receive({ size })).toBe(sumOf(text));
			expect(left()).toEqual([]);
			const known = { name: 'a.zip', size, sha256: sumOf(text) };
			const file = await openFile(made.hub, known);
			if (isRefusal(file)) throw new Error(file.refused);
			expect((await file.readFile()).toString()).toBe(text);
			await file.close();

			const missing = { refused: 'RELEASE_FILE_MISSING' };
			expect(await openFile(made.hub, { ...known, size: size + 1 })).toMatchObject(missing);
			const linked = { ...known, sha256: 'd'.repeat(64) };
			writeFileSync(join(folder, 'secret'), text);
			symlinkSync(join(folder, 'secret'), join(folder, linked.sha256));
			expect(await openFile(made.hub, linked)).toMatchObject(missing);
			await expect(openFile(made.hub, { ...known, sha256: '../secret' })).rejects.toThrow();
		});
	});
}
