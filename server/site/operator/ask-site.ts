/**
 * Asking a running site server from its own machine: whoever may write to its folder opens a session in its
 * store, asks what its pages ask, and ends it again. [ST3]
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as encryptedRequest } from 'node:https';
import { join } from 'node:path';
import { createTRPCClient, httpLink, TRPCClientError, type TRPCClient } from '@trpc/client';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { Fault } from '#server/fault.ts';
import { ADMIN_COOKIE, openAccount } from '#server/site/admin/account.ts';
import type { SiteRouter } from '#server/site/rpc/router.ts';
import { openSiteStore } from '#server/site/store/site-store.ts';
import { readListening } from './listening-note.ts';

type SitePages = TRPCClient<SiteRouter>;

const PATIENCE_MS = 30_000;

/** @throws Fault where no site server runs on the folder. */
export async function askRunningSite<T>(
	folder: string,
	call: (site: SitePages) => Promise<T>
): Promise<T | Refusal> {
	const file = join(folder, 'site.db');
	const listening = readListening(folder);
	if (!existsSync(file) || !listening) throw notRunning(folder);
	const store = openSiteStore(file);
	const account = openAccount(store.db, () => Math.floor(Date.now() / 1000));
	const token = account.open();
	try {
		const { url, host } = listening;
		const headers = { host, cookie: `${ADMIN_COOKIE}=${token}`, 'x-keyferry': '1' };
		const site = createTRPCClient<SiteRouter>({
			links: [
				httpLink({
					url: `${url}/site/rpc`,
					headers: { ...headers, 'content-type': 'application/json' },
					// Sound: the link is given its address as a text.
					fetch: (address, init) => fetchHere(address as string, init ?? {})
				})
			]
		});
		return await call(site);
	} catch (error) {
		return refusalIn(error) ?? fail(error, folder);
	} finally {
		account.end(token);
		await store.close();
	}
}

/**
 * On this machine alone. Its certificate is for the name that others use: what it serves is proven by the
 * session, which only the store of this folder knows.
 */
function fetchHere(
	address: string,
	{ method = 'GET', headers, body }: { method?: string; headers?: unknown; body?: unknown }
): Promise<Response> {
	const url = new URL(address);
	const send = url.protocol === 'https:' ? encryptedRequest : plainRequest;
	return new Promise((resolve, reject) => {
		const asked = send(
			url,
			{
				method,
				// Sound: what is given above, by name.
				headers: headers as Record<string, string>,
				rejectUnauthorized: false,
				timeout: PATIENCE_MS
			},
			(answer) => {
				const parts: Buffer[] = [];
				answer.on('data', (part: Buffer) => parts.push(part));
				answer.on('end', () =>
					resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 500 }))
				);
				answer.on('error', reject);
			}
		);
		asked.on('timeout', () => asked.destroy(new Error('no answer')));
		asked.on('error', reject);
		asked.end(body);
	});
}

function refusalIn(error: unknown): Refusal | undefined {
	if (!(error instanceof TRPCClientError)) return undefined;
	const data: unknown = error.data;
	const refusal =
		typeof data === 'object' && data !== null && 'refusal' in data ? data.refusal : undefined;
	return isRefusal(refusal) ? refusal : undefined;
}

function fail(cause: unknown, folder: string): never {
	if (!(cause instanceof TRPCClientError) || cause.data !== undefined) throw cause;
	throw notRunning(folder, cause);
}

function notRunning(folder: string, cause?: unknown): Fault {
	return new Fault(
		'SITE_NOT_RUNNING',
		`No site server runs on the folder ${folder}.`,
		'Start it by keyferry serve --role site, or name its folder by --data.',
		{ cause }
	);
}
