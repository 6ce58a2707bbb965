/**
 * What a site server lets its clients open. [RS1]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { ListedResource } from '#lib/protocol/lease.ts';
import { isPlain, parseJson, refusalOfProblem } from './proven-call.ts';
import { send, type SiteAddress } from './wire.ts';

export async function readResources(
	address: SiteAddress,
	product: string
): Promise<ListedResource[] | Refusal> {
	const path = `/v1/resources?product=${encodeURIComponent(product)}`;
	const reply = await send(address, { method: 'GET', path });
	if (isRefusal(reply)) return reply;
	const { status, body } = reply;
	const answer = status === 200 ? parseJson(body) : undefined;
	const list = isPlain(answer) ? answer.resources : answer;
	if (Array.isArray(list) && list.every(isListed)) return list;
	return refusalOfProblem(body) ?? refuse('SITE_NOT_TRUSTED', { reason: 'no-site' });
}

function isListed(value: unknown): value is ListedResource {
	if (!isPlain(value)) return false;
	const { name, kind, customer, inUse, limit } = value;
	return (
		[name, kind, customer].every((text) => typeof text === 'string') &&
		typeof inUse === 'number' &&
		(limit === undefined || typeof limit === 'number')
	);
}
