/**
 * What the pages of a site server ask of it. [ST3]
 *
 * @module
 */
import { createTRPCClient, httpLink } from '@trpc/client';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { SiteRouter } from '#server/site/rpc/router.ts';
import { fetchHub, judgeFailure } from '#lib/desk/hub/hub.ts';

const client = createTRPCClient<SiteRouter>({
	links: [
		httpLink({
			url: '/site/rpc',
			headers: { 'x-keyferry': '1', 'content-type': 'application/json' },
			fetch: (input, init) => fetchHub(input as string, init)
		})
	]
});

/** @returns The answer, or a "no"; one of them is that the server does not answer. */
export async function askSite<T>(call: (site: typeof client) => Promise<T>): Promise<T | Refusal> {
	try {
		return await call(client);
	} catch (error) {
		const failure = judgeFailure(error);
		if ('refusal' in failure) return failure.refusal;
		if (failure.retryAfterSeconds !== undefined)
			return refuse('RATE_LIMITED', { retryAfterSeconds: failure.retryAfterSeconds });
		return refuse('HUB_UNREACHABLE', { hub: location.origin });
	}
}
