/**
 * What the page that sets a hub up asks of it. [SU1]
 *
 * @module
 */
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { SetupRouter } from '#server/setup/router.ts';
import { fetchHub, judgeFailure } from '#lib/desk/hub/hub.ts';

/** There is no set-up at this address, or not for this browser: the hub does not say which. */
class SetupGone extends Error {}

const client = createTRPCClient<SetupRouter>({
	links: [
		httpLink({
			url: '/setup/rpc',
			headers: { 'x-keyferry': '1', 'content-type': 'application/json' },
			fetch: async (input, init) => {
				const answer = await fetchHub(input as string, init);
				const isText = !/json/.test(answer.headers.get('content-type') ?? '');
				if (answer.status === 404 && isText) throw new SetupGone();
				return answer;
			}
		})
	]
});

/** @returns The answer, a "no", or `gone`. */
export async function askSetup<T>(
	call: (hub: typeof client) => Promise<T>
): Promise<T | Refusal | 'gone'> {
	try {
		return await call(client);
	} catch (error) {
		if (error instanceof TRPCClientError && error.cause instanceof SetupGone) return 'gone';
		const failure = judgeFailure(error);
		if ('refusal' in failure) return failure.refusal;
		return refuse('HUB_UNREACHABLE', { hub: location.origin });
	}
}
