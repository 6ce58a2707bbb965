/**
 * The vendor's hub, as a site server asks it: only where its admin allows it, written into the connection
 * log, and never with anybody's password. [ST4]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { Site } from '#server/site/site.ts';

const TIMEOUT_MS = 20_000;
/** More than any answer of ours has. */
const ANSWER_LIMIT = 4 * 1024 * 1024;

export type VendorAnswer = {
	status: number;
	body: Record<string, unknown>;
	/** Where it is one of ours. */
	refusal?: Refusal;
};

/**
 * @param event - What it is about, for the log.
 * @returns Why nothing was asked, or that nobody answers.
 */
export async function askVendorHub(
	site: Site,
	{ hub, path, body, token, event }: HubCall
): Promise<VendorAnswer | Refusal<'HUB_CONTACT_FORBIDDEN' | 'HUB_UNREACHABLE'>> {
	if (site.settings.read('neverContactHub')) return refuse('HUB_CONTACT_FORBIDDEN', {});
	const log = (level: 'info' | 'error', more: { status?: number; code?: string }) =>
		site.log.write({ with: 'hub', level, event, address: hub, ...more });
	const unreachable = (code: string) => {
		log('error', { code });
		return refuse('HUB_UNREACHABLE', { hub });
	};
	const signal = AbortSignal.timeout(TIMEOUT_MS);
	const headers: Record<string, string> = { 'content-type': 'application/json' };
	if (token !== undefined) headers.authorization = `Bearer ${token}`;
	const answer = await fetch(new URL(path, hub), {
		method: 'POST',
		headers,
		body: JSON.stringify(body),
		signal,
		redirect: 'error'
	}).catch(() => undefined);
	if (!answer) return unreachable('UNREACHABLE');
	const text = await answer.text().catch(() => undefined);
	if (text === undefined || text.length > ANSWER_LIMIT) return unreachable('UNREADABLE');
	const read = objectIn(text);
	if (!read || answer.status >= 500) return unreachable(String(answer.status));
	const refusal = answer.ok ? undefined : refusalIn(read);
	log(answer.ok ? 'info' : 'error', { status: answer.status, code: refusal?.refused });
	return { status: answer.status, body: read, refusal };
}

type HubCall = {
	/** Origin. */
	hub: string;
	path: string;
	body: unknown;
	/** For this call alone. */
	token?: string;
	event: string;
};

function refusalIn({ code, facts }: Record<string, unknown>): Refusal | undefined {
	const said = { refused: code, facts };
	return typeof code === 'string' && typeof facts === 'object' && isRefusal(said)
		? said
		: undefined;
}

function objectIn(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? { ...value } : undefined;
	} catch {
		return undefined;
	}
}
