/**
 * What verifiers fetch online: hub keys, roots, the trust file, the local authority.
 *
 * @module
 */
import { Hono } from 'hono';
import type { PublicJwk } from '#lib/formats/tokens.ts';

export type Published = {
	hubKeys: readonly { kid: string; jwk: PublicJwk }[];
	roots: readonly PublicJwk[];
	trustFile: string;
	/** PEM of the local authority that `init --tls` made. */
	authority?: string;
};

/** @param published - Asked each time: keys are rotated while the hub runs. */
export function wellKnown(published: () => Published): Hono {
	const app = new Hono();
	const cached = { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' };
	const keySet = (keys: object[]) =>
		new Response(JSON.stringify({ keys }), {
			headers: { ...cached, 'content-type': 'application/jwk-set+json' }
		});

	app.get('/jwks.json', () =>
		keySet(published().hubKeys.map(({ kid, jwk }) => ({ ...jwk, kid, alg: 'EdDSA', use: 'sig' })))
	);
	app.get('/keyferry-roots.json', () => keySet([...published().roots]));
	app.get(
		'/keyferry.kftrust',
		() =>
			new Response(published().trustFile, {
				headers: { ...cached, 'content-type': 'text/plain; charset=utf-8' }
			})
	);
	app.get('/keyferry-ca.crt', (context) => {
		const { authority } = published();
		return authority === undefined
			? context.notFound()
			: new Response(authority, {
					headers: {
						...cached,
						'content-type': 'application/x-x509-ca-cert',
						'content-disposition': 'attachment; filename="keyferry-ca.crt"'
					}
				});
	});
	return app;
}
