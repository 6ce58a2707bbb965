/**
 * The mirror: what the hub shows this person, page by page. [SY4, SY5]
 *
 * @module
 */
import type { PullPage } from '#lib/domain/sync.ts';
import { addFiles, readAnswers, type Delivered } from './answer-files.ts';
import { readFact, relaxed, strict, writeFact } from './database.ts';
import { hub } from './hub.ts';
import { bringBack } from './witness.ts';

/** Pulls until there is no more. A restored hub is first told what this desk holds. [SY6] */
export async function pull(user: string): Promise<void> {
	let broughtTo: string | undefined;
	for (;;) {
		const stored = await readFact('cursor');
		const own = stored?.user === user ? stored.cursor : undefined;
		if (stored && !own) await clearMirror();
		const page = await hub.sync.pull.query(own ? { cursor: own } : {});
		if (own && own.hubEpoch !== page.cursor.hubEpoch && broughtTo !== page.cursor.hubEpoch) {
			// The page is asked for again: what was brought back is in it then.
			await bringBack();
			broughtTo = page.cursor.hubEpoch;
			continue;
		}
		await applyPage(page, user);
		if (!page.more) return;
	}
}

/** Applies a page with its cursor in one transaction. [SY5] */
async function applyPage(page: PullPage, user: string): Promise<void> {
	// Answers to what this desk carries become files of its own, which outlive the mirror. [FI1]
	const asked = await strict.requests.bulkGet(page.answers.map(({ request }) => request));
	const renewed = await renewedRequests(page);
	const carried = page.answers.filter(({ request }, at) => asked[at] ?? renewed.has(request));
	const files = await readAnswers([
		...carried.map(({ file: text }) => ({ text })),
		...(await receiptsFor(page))
	]);
	const { licenses, activations, answers, receipts } = relaxed;
	await relaxed.transaction(
		'rw',
		[licenses, activations, answers, receipts, relaxed.files, relaxed.facts],
		async () => {
			const leaving = [...page.reset, ...page.gone];
			for (const table of [licenses, activations, answers, receipts])
				if (leaving.length > 0) await table.where('customerId').anyOf(leaving).delete();
			await licenses.bulkPut(page.licenses);
			await activations.bulkPut(page.activations);
			await answers.bulkPut(page.answers);
			await receipts.bulkPut(page.receipts);
			await addFiles(files, relaxed);
			await writeFact('cursor', { user, cursor: page.cursor }, relaxed);
		}
	);
}

/**
 * Requests of machines that got a newer file without asking: it is to be carried to them, whoever
 * asked first. [O7]
 */
async function renewedRequests({ activations }: PullPage): Promise<ReadonlySet<string>> {
	const known = await strict.activations.bulkGet(activations.map(({ id }) => id));
	const renewed = activations.filter(({ state, request, generation }, at) => {
		const before = known[at];
		return state === 'active' && before?.request === request && before.generation < generation;
	});
	return new Set(renewed.map(({ request }) => request));
}

/** Receipts of the returns that this desk made or carries. */
async function receiptsFor({ receipts }: PullPage): Promise<Delivered[]> {
	if (receipts.length === 0) return [];
	const returns = await strict.requests.filter(({ kind }) => kind === 'return').toArray();
	const own = new Map(returns.map(({ jti, said }) => [said.act, jti]));
	return receipts.flatMap(({ act, file: text }) => {
		const request = own.get(act);
		return request === undefined ? [] : [{ text, request }];
	});
}

/** Another person signed in: what the hub showed the last one is not theirs to see. */
async function clearMirror(): Promise<void> {
	const { licenses, activations, answers, receipts, facts } = relaxed;
	const mirror = [licenses, activations, answers, receipts];
	await relaxed.transaction('rw', [...mirror, facts], async () => {
		await Promise.all(mirror.map((table) => table.clear()));
		await facts.delete('cursor');
	});
}
