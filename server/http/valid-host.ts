/**
 * A `Host` that is part of no address is refused before anybody reads the address. The adapter below us
 * lets some of them through (`888888888888`: digits that are no IPv4 address).
 *
 * @see RFC 9112 section 3.2
 * @module
 */
export type Answer = (request: Request, env: object) => Response | Promise<Response>;

export function validHostOnly(answer: Answer): Answer {
	return (request, env) =>
		URL.canParse(request.url) ? answer(request, env) : new Response(null, { status: 400 });
}
