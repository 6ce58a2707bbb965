/** `POST /v1/releases`: which release a license may run, where its files are, and why not a newer one. [P8] */
import * as z from 'zod';
import { parseLicenseNumber } from '#lib/domain/licenses/license-number.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { compareReleases, platforms, type Release } from '#lib/domain/vendor/release.ts';
import { explain } from '#lib/messages/explain.ts';
import { readProof } from '#server/operations/releases/read-proof.ts';
import { downloadLink } from '#server/operations/releases/links.ts';
import {
	licenseForAsker,
	licenseForProof,
	licensesWithReleases,
	offersOf,
	versionForLicense,
	type OfferedLicense
} from '#server/operations/releases/offers.ts';
import type { Hub } from '#server/hub/hub.ts';
import { fileText, type RestEdge } from './endpoint.ts';
import { post, type Call } from './post.ts';

const release = z.strictObject({
	version: z.string(),
	releasedAt: z.int(),
	notes: z.string(),
	files: z.array(
		z.strictObject({
			platform: z.enum(platforms),
			name: z.string(),
			size: z.number().describe('Bytes.'),
			sha256: z.string().describe('In hexadecimal.'),
			href: z
				.string()
				.describe(
					'Where it is fetched, for a quarter of an hour: a path of the hub, or an address.'
				)
		})
	)
});

const body = z.strictObject({
	license: z.string().max(64).optional().describe('Number of the license.'),
	product: z
		.string()
		.max(64)
		.optional()
		.describe('Instead: the best that any license of the caller gets of this product.'),
	request: fileText
		.optional()
		.describe('Instead: a request of a machine that proves that its maker has the license key.'),
	proof: z
		.strictObject({ id: z.uuid(), mac: z.string().regex(/^[A-Za-z0-9_-]{22}$/) })
		.optional()
		.describe(
			'With `license`: HMAC-SHA-256 under the license key’s `sec` over `id`, a dot and `releases`; its first 16 bytes.'
		),
	version: z.string().max(120).optional().describe('This one and no other.'),
	platform: z.enum(platforms).optional().describe('Whose files come first.')
});

type Asked = z.infer<typeof body>;

export const postReleases = post({
	path: '/v1/releases',
	operationId: 'releases',
	summary: 'Ask which release a license may run.',
	description:
		'Whoever proves to hold the license key, by a request or by `proof`, needs no sign-in; else ' +
		'the caller is a member of the license’s customer.',
	signIn: 'optional',
	body,
	answer: z.strictObject({
		license: z.string(),
		product: z.string(),
		title: z.string(),
		release,
		newer: z
			.array(
				z.strictObject({
					version: z.string(),
					releasedAt: z.int(),
					why: z.array(
						z.strictObject({
							code: z.string(),
							facts: z.record(z.string(), z.unknown()),
							title: z.string(),
							next: z.string()
						})
					)
				})
			)
			.describe('Newer ones that are not offered, the newest first, with every reason.')
	}),
	answers: { description: 'The release, and why no newer one.' },
	async handle(edge, call) {
		const { version, platform } = call.body;
		const found = await findLicenses(edge, call);
		if (isRefusal(found)) return found;
		const best = await bestOf(edge.hub, found, call.body);
		if (isRefusal(best)) return best;
		const { license, offer } = best;
		const chosen =
			version === undefined
				? offer.offered
				: await versionForLicense(edge.hub, license.license, version);
		if (isRefusal(chosen)) return chosen;
		if (!chosen) {
			const refused = offer.refusal ?? offer.newer[0]?.bars[0];
			return refused ?? refuse('NOT_FOUND', { what: `a release of ${offer.product}` });
		}
		const { number, product, title, newer } = offer;
		const why = newer.map(({ bars, ...about }) => ({
			...about,
			why: bars.map((bar) => {
				const { title: said, next } = explain(bar, call.language);
				return { code: bar.refused, facts: { ...bar.facts }, title: said, next };
			})
		}));
		const shown = shownRelease(edge.hub, chosen, platform);
		return { answer: { license: number, product, title, release: shown, newer: why } };
	}
});

/** The licenses that are meant, as far as whoever asks may know of them. */
async function findLicenses(
	{ hub, limiter }: RestEdge,
	{ body: { license, product, request, proof }, address, findAsker }: Call<Asked>
): Promise<OfferedLicense[] | Refusal> {
	const asked = await readProof({ request, proof, license });
	if (isRefusal(asked)) return asked;
	if (asked) {
		const { number } = asked;
		const limited = await limiter.ofProofs(number, address);
		if (limited) return limited;
		const found = await licenseForProof(hub, number, asked.proof);
		if (!isRefusal(found)) return [found];
		await limiter.proofFailed(number, address);
		return found;
	}
	const asker = await findAsker();
	if (license !== undefined) {
		const number = parseLicenseNumber(license);
		const found = isRefusal(number) ? number : await licenseForAsker(hub, number, asker);
		return isRefusal(found) ? found : [found];
	}
	if (!asker) return refuse('SIGN_IN_REQUIRED', {});
	if (product === undefined) return refuse('BODY_INVALID', { path: 'license', reason: 'missing' });
	return licensesWithReleases(hub, { product }, asker);
}

/** Of several licenses the one that gets the newest release. */
async function bestOf(hub: Hub, found: readonly OfferedLicense[], { platform, product }: Asked) {
	const offers = await offersOf(hub, found, platform);
	const [best] = offers
		.map((offer, at) => ({ offer, license: found[at]! }))
		.sort(({ offer: a }, { offer: b }) => {
			if (a.offered && b.offered) return compareReleases(b.offered, a.offered);
			return Number(b.offered !== undefined) - Number(a.offered !== undefined);
		});
	return best ?? refuse('NOT_FOUND', { what: `a license of ${product ?? ''} with releases` });
}

function shownRelease(hub: Hub, chosen: Release, platform: Asked['platform']) {
	const { version, releasedAt, notes, artefacts } = chosen;
	const first = (each: (typeof artefacts)[number]) =>
		each.platform === platform ? 0 : each.platform === 'any' ? 1 : 2;
	const files = [...artefacts]
		.sort((a, b) => first(a) - first(b))
		.map((each) => ({ platform: each.platform, ...downloadLink(hub, chosen, each) }));
	return { version, releasedAt, notes, files };
}
