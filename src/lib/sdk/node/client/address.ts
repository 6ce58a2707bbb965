/**
 * Addresses of site servers as people type them. [S6]
 *
 * @module
 */

/** Where `keyferry serve` listens unless it is told otherwise. */
const PORT = 4870;

/**
 * @param typed - `licenses.lan`, `licenses.lan:4870` or `https://licenses.lan`; several with commas or
 * spaces between them.
 * @returns Origins in that order, each once. What is no address is left out.
 */
export function readAddresses(typed: string | readonly string[]): string[] {
	const parts = (typeof typed === 'string' ? [typed] : typed).flatMap((each) =>
		each.split(/[\s,;]+/)
	);
	return [...new Set(parts.flatMap((each) => originOf(each) ?? []))];
}

function originOf(text: string): string | undefined {
	const hasScheme = /^https?:\/\//i.test(text);
	if (text === '' || (!hasScheme && text.includes('://'))) return undefined;
	const whole = hasScheme ? text : `http://${text}${/:\d+\/?$/.test(text) ? '' : `:${PORT}`}`;
	if (!URL.canParse(whole)) return undefined;
	const url = new URL(whole);
	return url.hostname === '' || url.username !== '' || url.password !== '' ? undefined : url.origin;
}
