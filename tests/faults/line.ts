/**
 * A line between a desk and its hub on which things go wrong: what is sent is lost, what is answered
 * is lost, either is cut short, comes twice, or comes once more when everything else is over.
 *
 * @module
 */
import type { Line as Send } from '../fixtures/profile.ts';

export type Trouble = 'lost' | 'unanswered' | 'cut' | 'cut answer' | 'twice' | 'late' | 'gone';

export const troubles: readonly Trouble[] = [
	...(['lost', 'unanswered', 'cut', 'cut answer', 'twice', 'late', 'gone'] as const)
];

export class Line {
	readonly #hub: Send;
	/** What happens to which call from now on, counted from 0. `gone`: to all from then on. */
	#trouble?: { what: Trouble; in: number };
	/** Calls that come once more, out of their order. */
	readonly #late: Request[] = [];
	/** How often something went wrong. */
	troubled = 0;

	constructor(hub: Send) {
		this.#hub = hub;
	}

	expect(what: Trouble | undefined, after: number): void {
		this.#trouble = what && { what, in: after };
	}

	async send(request: Request): Promise<Response> {
		const what = this.#next();
		if (what !== undefined) this.troubled++;
		switch (what) {
			case 'gone':
			case 'lost':
				throw new TypeError('fetch failed');
			case 'unanswered':
				await this.#hub(request);
				throw new TypeError('fetch failed');
			case 'cut': {
				// What the hub makes of half a request nobody hears.
				const text = await request.clone().text();
				await this.#hub(again(request, text.slice(0, text.length / 2)));
				throw new TypeError('fetch failed');
			}
			case 'cut answer': {
				const answer = await this.#hub(request);
				const text = await answer.text();
				return new Response(text.slice(0, text.length / 2), answer);
			}
			case 'twice': {
				const body = await request.clone().text();
				const [, second] = [await this.#hub(request), await this.#hub(again(request, body))];
				return second;
			}
			case 'late':
				this.#late.push(again(request, await request.clone().text()));
				return this.#hub(request);
			default:
				return this.#hub(request);
		}
	}

	/** What was held up arrives now. Nobody hears what comes of it. */
	async deliverLate(): Promise<void> {
		for (const request of this.#late.splice(0).reverse())
			await this.#hub(request).catch(() => undefined);
	}

	#next(): Trouble | undefined {
		const { what, in: left } = this.#trouble ?? {};
		if (what === undefined || left === undefined) return undefined;
		if (left > 0) {
			this.#trouble = { what, in: left - 1 };
			return undefined;
		}
		if (what !== 'gone') this.#trouble = undefined;
		return what;
	}
}

/** The same call once more. */
function again({ url, method, headers }: Request, body: string): Request {
	return new Request(url, { method, headers, body: method === 'GET' ? undefined : body });
}
