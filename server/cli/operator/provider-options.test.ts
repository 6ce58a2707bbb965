import { expect, test } from 'vitest';
import { providersOf } from './provider-options.ts';

const own = (name: string, more: Record<string, string> = {}) => ({
	[`KEYFERRY_OIDC_${name}_CLIENT_ID`]: 'id',
	[`KEYFERRY_OIDC_${name}_CLIENT_SECRET`]: 'secret',
	...more
});

test('[PE7] providers are named by the environment, and some are known by name', () => {
	expect(providersOf({ PATH: '/bin', KEYFERRY_OIDC: 'x' })).toEqual([]);
	const named = providersOf({
		...own('HEAD_OFFICE', {
			KEYFERRY_OIDC_HEAD_OFFICE_ISSUER: 'https://login.example.com/realms/all',
			KEYFERRY_OIDC_HEAD_OFFICE_TITLE: 'Head Office'
		}),
		...own('GOOGLE'),
		...own('FACEBOOK')
	});
	const both = { clientId: 'id', clientSecret: 'secret' };
	const issuer = 'https://login.example.com/realms/all';
	expect(named).toMatchObject([
		{ id: 'head-office', title: 'Head Office', issuer, ...both },
		{ id: 'google', title: 'Google', issuer: 'https://accounts.google.com', ...both },
		{ id: 'facebook', title: 'Facebook', endpoints: {}, ...both }
	]);
});

test('[PE7] what is missing or unsafe is said by its name', () => {
	for (const [said, names] of [
		[{ KEYFERRY_OIDC_X_ISSUER: 'https://login.example.com' }, 'KEYFERRY_OIDC_X_CLIENT_ID'],
		[own('X'), 'KEYFERRY_OIDC_X_ISSUER'],
		[own('X', { KEYFERRY_OIDC_X_ISSUER: 'http://login.example.com' }), 'KEYFERRY_OIDC_X_ISSUER'],
		[own('X', { KEYFERRY_OIDC_X_ISSUER: 'login' }), 'KEYFERRY_OIDC_X_ISSUER']
	] as const)
		expect(() => providersOf(said)).toThrow(names);
	const local = own('X', { KEYFERRY_OIDC_X_ISSUER: 'http://localhost:3000' });
	expect(providersOf(local)).toHaveLength(1);
});
