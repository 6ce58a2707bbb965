/**
 * Who may read what a server tells whoever watches it.
 *
 * @module
 */
import { hostname } from 'node:os';
import { sha256 } from '#server/db/sha256.ts';

/**
 * Whether somebody may read them: programs on this machine, and whoever shows the token. What comes
 * through a proxy comes from elsewhere, whatever the proxy says; and so does a page in a browser here that
 * has a name of its own led to this machine.
 *
 * @param origin - The public address, where there is one.
 */
export function mayWatch(
	{ headers, url }: Request,
	{ token, address, origin }: { token?: string; address: string; origin?: string }
): boolean {
	if (token !== undefined)
		return sha256(headers.get('authorization') ?? '') === sha256(`Bearer ${token}`);
	const isProxied = ['x-forwarded-for', 'forwarded', 'via'].some((name) => headers.has(name));
	if (isProxied || !/^(127\.|::1$|::ffff:127\.)/.test(address)) return false;
	const name = new URL(url).hostname;
	return isNameOfHere(name) || (origin !== undefined && name === new URL(origin).hostname);
}

function isNameOfHere(name: string): boolean {
	const host = hostname().toLowerCase();
	const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(name);
	return isLoopback || name === host || name === host.split('.')[0];
}
