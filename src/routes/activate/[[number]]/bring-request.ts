/**
 * A request that its machine has made, brought as a file, a paste or a code. It is carried on as it is:
 * made anew on this desk, it would have a key that its machine does not hold. [MA3]
 *
 * @module
 */
import { importFiles, importText } from '#lib/desk/import/import-files.ts';
import { keepItems } from '#lib/desk/import/keep-items.ts';
import { orStorageFull } from '#lib/desk/store/storage.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';

export type BroughtRequest = {
	/** Number of the license that it is for. */
	number: string;
	/** Stores it. @returns Its `jti`. */
	keep: () => Promise<string | Refusal>;
};

/**
 * @param name - Where a text came from, for people.
 * @returns Nothing where no request is in it; a refusal where one is damaged.
 */
export async function bringRequest(
	brought: string | readonly File[],
	name = ''
): Promise<BroughtRequest | Refusal | undefined> {
	const { items } =
		typeof brought === 'string' ? await importText(brought, name) : await importFiles(brought);
	const item = items.find(({ kind }) => kind === 'activation-request');
	const { jti, summary, state } = item ?? {};
	if (!item || jti === undefined || summary?.number === undefined) return undefined;
	if (state !== 'new' && state !== 'known') return item.refusal;
	const { number } = summary;
	return {
		number,
		keep: async () => {
			const kept = await orStorageFull(() => keepItems([item]));
			return isRefusal(kept) ? kept : jti;
		}
	};
}
