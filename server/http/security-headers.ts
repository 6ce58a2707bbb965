/**
 * What the desk may do in a browser: nothing that did not come from this hub.
 *
 * @module
 */
import type { Context, MiddlewareHandler } from 'hono';

/**
 * @param scripts - Hashes of the page's inline scripts, as CSP sources; asked for each answer, and the
 * very same list as long as they are the same.
 */
export function securityHeaders({
	scripts,
	isSecure,
	connect = () => []
}: {
	scripts: () => readonly string[];
	/** Other origins that the page may ask. */
	connect?: () => readonly string[];
	isSecure: (context: Context) => boolean;
}): MiddlewareHandler {
	const policyOf = (inline: readonly string[], origins: string) =>
		[
			"default-src 'none'",
			// The QR reader is WebAssembly.
			["script-src 'self' 'wasm-unsafe-eval'", ...inline].join(' '),
			"style-src 'self' 'unsafe-inline'",
			"img-src 'self' data: blob:",
			"media-src 'self' blob:",
			"font-src 'self'",
			`connect-src 'self' ${origins}`.trimEnd(),
			"worker-src 'self' blob:",
			"manifest-src 'self'",
			"base-uri 'none'",
			"form-action 'self'",
			"frame-ancestors 'none'",
			"require-trusted-types-for 'script'",
			// Svelte's own for its templates; the desk's for the address of its service worker.
			'trusted-types svelte-trusted-html sveltekit-trusted-url keyferry'
		].join('; ');
	const headers: Record<string, string> = {
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY'
	};
	let said: { inline: readonly string[]; origins: string; policy: string } | undefined;
	return async (context, next) => {
		await next();
		const inline = scripts();
		const origins = connect().join(' ');
		// Made once, and not for each answer.
		if (said?.inline !== inline || said.origins !== origins)
			said = { inline, origins, policy: policyOf(inline, origins) };
		context.res.headers.set('content-security-policy', said.policy);
		for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
		if (isSecure(context)) context.res.headers.set('strict-transport-security', 'max-age=31536000');
	};
}
