/**
 * The address of a new server as its form is filled in.
 *
 * @module
 */
import type { SetupReach, SetupState, SetupTls } from '#lib/protocol/setup.ts';

export type ReachForm = {
	vendor: string;
	url: string;
	tls: SetupTls;
	cert: string;
	key: string;
	proxies: string;
};

export type ReachField = Exclude<keyof ReachForm, 'tls'>;

type Known = Pick<SetupState, 'reach' | 'given' | 'listening'> & {
	/** A first guess that is better than where it listens. */
	proposed?: string;
};

/** What was said before, or what the server was started with. */
export function formOfReach({ reach, given, listening, proposed }: Known): ReachForm {
	const url = reach?.url ?? given.url ?? proposed ?? listening;
	const isProxied = given.proxies || given.url?.startsWith('https:');
	const usual = given.tls ? 'options' : isProxied ? 'proxy' : 'none';
	return {
		vendor: reach?.vendor ?? '',
		url,
		tls: reach?.tls ?? usual,
		cert: reach?.cert ?? '',
		key: reach?.key ?? '',
		proxies: reach?.proxies ?? ''
	};
}

/** The ways there are: an option of the command line leaves no other. */
export function waysOf({ given }: Pick<SetupState, 'given'>): SetupTls[] {
	return given.tls ? ['options'] : ['authority', 'files', 'proxy', 'none'];
}

/** The same address with the scheme that goes with it. */
export function withScheme(url: string, tls: SetupTls): string {
	const scheme = tls === 'none' ? 'http://' : 'https://';
	return scheme + url.trim().replace(/^\w*:?\/*/, (start) => (start.includes('/') ? '' : start));
}

/** @returns What is said, and the fields that say nothing usable. */
export function readReach(form: ReachForm): { reach: SetupReach; wrong: ReachField[] } {
	const { tls } = form;
	const url = originIn(form.url);
	const wrong: ReachField[] = [];
	const need = (field: ReachField) => {
		if (form[field].trim() === '') wrong.push(field);
	};
	need('vendor');
	if (url === undefined || url.startsWith('https:') === (tls === 'none')) wrong.push('url');
	if (tls === 'files') ['cert', 'key'].forEach((field) => need(field as ReachField));
	if (tls === 'proxy') need('proxies');
	const reach: SetupReach = { vendor: form.vendor.trim(), url: url ?? '', tls };
	if (tls === 'files') Object.assign(reach, { cert: form.cert.trim(), key: form.key.trim() });
	if (tls === 'proxy') reach.proxies = form.proxies.trim();
	return { reach, wrong };
}

/** The same scheme and port under another name. */
export function withHost(url: string, host: string): string {
	return url.trim().replace(/^(\w+:\/\/)(\[[^\]]*\]|[^/:]*)/, `$1${host}`);
}

/** Only there a browser works without encryption. */
export function isThisMachine(url: string): boolean {
	const host = URL.parse(url.trim())?.hostname;
	return host !== undefined && /^(localhost|127(\.\d+){3}|\[::1\]|.*\.localhost)$/.test(host);
}

function originIn(text: string): string | undefined {
	const url = URL.parse(text.trim());
	if (!url || !/^https?:$/.test(url.protocol)) return undefined;
	const isWhole = url.pathname === '/' && !url.search && !url.hash && !url.username;
	return isWhole ? url.origin : undefined;
}
