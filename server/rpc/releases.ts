/** Releases: for the vendor's people, and what licenses may run for whoever holds them. [P8] */
import * as z from 'zod';
import { isFileName, isReleaseVersion, platforms } from '#lib/domain/vendor/release.ts';
import type { DownloadLink, LicenseOffer, ListedRelease } from '#lib/protocol/releases.ts';
import { downloadLink, uploadLink } from '#server/operations/releases/links.ts';
import {
	fileForLicense,
	licenseForAsker,
	licensesWithReleases,
	offersOf
} from '#server/operations/releases/offers.ts';
import { listReleases } from '#server/operations/releases/read-releases.ts';
import {
	addReleaseFile,
	saveRelease,
	withdrawRelease
} from '#server/operations/releases/save-release.ts';
import { code, end, id, licenseNumber, longText, text, webAddress } from './inputs.ts';
import { orThrow, routerOf, signedIn, vendorMay } from './procedures.ts';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';

const version = z.string().max(120).refine(isReleaseVersion);
const platform = z.enum(platforms);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Bytes of one file: 64 GiB. */
const fileSize = z
	.int()
	.min(1)
	.max(64 * 1024 ** 3);

const named = z.strictObject({ product: code, version });

const file = named.extend({
	platform,
	name: z.string().max(160).refine(isFileName),
	size: fileSize
});

export const releaseRouter = routerOf({
	list: vendorMay('catalog.change')
		.input(z.strictObject({ product: code.optional() }))
		.query(({ ctx: { hub }, input }): Promise<ListedRelease[]> => listReleases(hub, input.product)),
	save: vendorMay('catalog.change')
		.input(
			named.extend({
				releasedAt: end.optional(),
				notes: longText.optional(),
				entitlements: z.array(code).max(64).optional()
			})
		)
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<{ isNew: boolean }> =>
			orThrow(await saveRelease(hub, input, asker.userId))
		),
	addLink: vendorMay('catalog.change')
		.input(file.extend({ sha256, url: webAddress }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<{ isNew: boolean }> => {
			const { isNew } = orThrow(await addReleaseFile(hub, input, asker.userId));
			return { isNew };
		}),
	upload: vendorMay('catalog.change')
		.input(file.extend({ sha256: sha256.optional() }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<{ href: string }> =>
			orThrow(await uploadLink(hub, { ...input, actor: asker.userId }))
		),
	withdraw: vendorMay('catalog.change')
		.input(named.extend({ reason: text }))
		.mutation(async ({ ctx: { hub, asker }, input }): Promise<null> => {
			orThrow(await withdrawRelease(hub, input, asker.userId));
			return null;
		}),
	offers: signedIn
		.input(
			z.strictObject({
				number: licenseNumber.optional(),
				product: code.optional(),
				platform: platform.optional()
			})
		)
		.query(async ({ ctx: { hub, asker }, input }): Promise<LicenseOffer[]> => {
			const { number: typed, product } = input;
			const number = typed === undefined ? undefined : orThrow(parseLicenseNumber(typed));
			const found =
				number === undefined
					? await licensesWithReleases(hub, { product }, asker)
					: [orThrow(await licenseForAsker(hub, number, asker))];
			return offersOf(hub, found, input.platform);
		}),
	// A query: a read-only key may download.
	link: signedIn
		.input(z.strictObject({ number: licenseNumber, version, file: id }))
		.query(async ({ ctx: { hub, asker }, input }): Promise<DownloadLink> => {
			const number = orThrow(parseLicenseNumber(input.number));
			const license = orThrow(await licenseForAsker(hub, number, asker));
			const { release, artefact } = orThrow(await fileForLicense(hub, license, input));
			return downloadLink(hub, release, artefact);
		})
});
