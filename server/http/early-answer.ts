/**
 * An answer to somebody who still sends. A line that is closed with bytes unread is reset, and the answer
 * is lost with it; so the answer is whole at once, and the line ends when the rest was dropped.
 *
 * @see RFC 9112 section 9.6
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** Whoever has not read the answer by then does not read while they send. */
const LINGER_MS = 2_000;

/**
 * @param answer - Its whole body is known.
 * @param rest - What was sent and is not read, or not to its end.
 */
export async function answerEarly(
	answer: Response,
	rest: ReadableStream<Uint8Array> | null
): Promise<Response> {
	const said = new Uint8Array(await answer.arrayBuffer());
	const headers = new Headers(answer.headers);
	headers.set('connection', 'close');
	headers.set('content-length', String(said.byteLength));
	const over = new AbortController();
	const body = new ReadableStream<Uint8Array>({
		start: (controller) => controller.enqueue(said),
		async pull(controller) {
			if (rest) {
				const waited = sleep(LINGER_MS, undefined, { signal: over.signal }).catch(() => undefined);
				// What somebody else has begun to read is not dropped: then the sender is only held up.
				await (rest.locked ? waited : Promise.race([waited, drop(rest)]));
				over.abort();
			}
			controller.close();
		},
		cancel: () => over.abort()
	});
	return new Response(body, { status: answer.status, headers });
}

async function drop(rest: ReadableStream<Uint8Array>): Promise<void> {
	const reader = rest.getReader();
	try {
		while (!(await reader.read()).done);
	} catch {
		// Whoever sent it has gone.
	}
}
