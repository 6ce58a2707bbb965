/**
 * What `/auth` answers, in words: half of it is the sign-in library's, whose shapes are not ours.
 *
 * @module
 */
import { code, table } from './markdown.ts';

/** A route that is missing here ends the script. */
const about: Record<string, [body: string, says: string]> = {
	'POST /auth/sign-in/email': [
		'`email`, `password`',
		'Signs in by password: 200 with the session’s cookie, 401 for a pair that is none.'
	],
	'POST /auth/sign-up/email': [
		'`name`, `email`, `password`',
		'Makes an account whose address is unproven; the same answer for one that is known. `NOT_PERMITTED` where sign-up is closed.'
	],
	'POST /auth/code/send': [
		'`email`, `language` (optional)',
		'Mails a code to sign in, to make an account or to set a password: `{"flow","until"}`, whether or not anybody is mailed anything.'
	],
	'POST /auth/code/enter': [
		'`flow`, `code`, `name` (of somebody new), `password` (to be set)',
		'Signs in whoever read the mail; with a password `apiKeys` says which keys go on. `CODE_INVALID`, `NAME_REQUIRED`.'
	],
	'GET /auth/ways': [
		'',
		'How one may sign in: `signUp`, whether anybody may make an account, and `providers` that have answered, each `{"id","title"}`.'
	],
	'POST /auth/provider/start': [
		'`provider`, `back` (a place in the desk), `link` (optional)',
		'`{"url"}` of the provider’s page, to which the browser goes; a cookie says for ten minutes that it was this one. `link`: to add the account there to one’s own (`SIGN_IN_STALE`).'
	],
	'GET /auth/provider/:id/callback': [
		'',
		'Where the provider sends the browser, by redirect: to the desk, signed in, or with `refused` and its facts.'
	],
	'GET /auth/provider/links': [
		'',
		'One’s own accounts at providers: `{"id","provider","since"}` each.'
	],
	'POST /auth/provider/unlink': ['`id`', 'Takes one of them off.'],
	'GET /auth/second-factor': [
		'',
		'Whether an authenticator app is set up: `isSet`, `since`, and how many `backupCodes` are left.'
	],
	'POST /auth/second-factor/begin': [
		'',
		'A new secret, and the address that an app reads from a QR code: `{"secret","address"}` (`SIGN_IN_STALE`).'
	],
	'POST /auth/second-factor/confirm': [
		'`code`',
		'Its first code: from now on it is asked for. `backupCodes` are told this once.'
	],
	'POST /auth/second-factor/enter': [
		'`code`, of the app or a backup code',
		'Makes a session whole whose answer said `"secondFactor":"required"`; until then it opens nothing (`SECOND_FACTOR_REQUIRED`).'
	],
	'POST /auth/second-factor/remove': ['`code`', 'Takes it off.'],
	'POST /auth/sign-out': ['`{}`', 'Ends the session.'],
	'GET /auth/get-session': ['', 'The session and its user, or `null`.'],
	'POST /auth/change-password': [
		'`currentPassword`, `newPassword`',
		'Ends all other sessions; `apiKeys` says which keys go on.'
	],
	'POST /auth/api-key/create': [
		'`name`, `password`, `expiresIn` (seconds, optional)',
		'Makes an API key and tells it once.'
	],
	'GET /auth/api-key/list': ['', 'One’s own keys, without the keys themselves.'],
	'POST /auth/api-key/delete': ['`keyId`', 'Ends one of one’s own keys.']
};

/** @param routes - As the hub serves them. */
export function signInTable(routes: readonly { method: string; path: string }[]): string {
	const rows = routes
		.filter(({ path }) => path.startsWith('/auth/') && !path.endsWith('*'))
		.map(({ method, path }) => {
			const route = `${method} ${path}`;
			const words = about[route];
			if (!words) throw new Error(`say in scripts/spec/sign-in.ts what ${route} answers`);
			return [code(route), ...words];
		});
	return table(['route', 'body', 'answers'], rows);
}
