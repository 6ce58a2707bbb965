/**
 * What a product that is online sends to its hub by itself: its requests and its returns. [O7]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';

const SECONDS = 20;
const CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** Files that the hub answered with, to be loaded as carried ones are. */
export type Submitted = { files: string[] };

/**
 * @param text - A request or return file.
 * @returns The hub's answer, its signed "no" included; a bare refusal where it signed none.
 */
export async function submitToHub(hub: string, text: string): Promise<Submitted | Refusal> {
	const file = readFile(text);
	if (isRefusal(file)) return file;
	const isReturn = file.body.type === 'return';
	if (!isReturn && file.body.type !== 'activation-request')
		return refuse('TOKEN_TYPE_UNEXPECTED', {
			expected: ['activation-request', 'return'],
			found: file.body.type
		});
	const answer = await post(
		`${hub.replace(/\/+$/, '')}/v1/${isReturn ? 'returns' : 'activations'}`,
		isReturn ? { return: text } : { request: text }
	);
	if (!answer || answer.status === 429 || answer.status >= 500)
		return readProblem(answer?.body) ?? refuse('HUB_UNREACHABLE', { hub });
	const { file: said, receipts } = answer.body as { file?: unknown; receipts?: unknown };
	const carried: unknown[] = Array.isArray(receipts) ? receipts : [];
	const files = [...carried, said];
	const texts = files.filter((each): each is string => typeof each === 'string');
	if (texts.length > 0) return { files: texts };
	return readProblem(answer.body) ?? refuse('HUB_UNREACHABLE', { hub });
}

/** @returns Nothing where nobody answered, or no hub did. */
async function post(
	url: string,
	body: object
): Promise<{ status: number; body: object } | undefined> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal: AbortSignal.timeout(SECONDS * 1000)
		});
		const answer: unknown = await response.json();
		return typeof answer === 'object' && answer !== null
			? { status: response.status, body: answer }
			: undefined;
	} catch {
		return undefined;
	}
}

function readProblem(body: object | undefined): Refusal | undefined {
	const { code, facts } = (body ?? {}) as { code?: unknown; facts?: unknown };
	if (typeof code !== 'string' || !CODE.test(code)) return undefined;
	// Sound: whoever explains it looks at facts before they are said; a newer hub has others.
	return { refused: code, facts: typeof facts === 'object' ? (facts ?? {}) : {} } as Refusal;
}
