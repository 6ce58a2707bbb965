import { expect, test } from 'vitest';
import { judgeClientVersion, warnOfVersions } from './client-version.ts';

test.each([
	['8.2', '8.2', undefined],
	['8.2', '8', undefined],
	['8.1.9', '8.2', undefined],
	['8.3', '8.2', 'server'],
	['9.0', '8.9', 'server'],
	['7.9', '8.0', 'client'],
	['8.2.1-beta', '8.2', undefined],
	[undefined, '8.2', undefined],
	['8.2', undefined, undefined]
])('[LE8] a client %s at a server %s: update %s', (client, server, update) => {
	expect(warnOfVersions(client, server)).toEqual(update && { client, server, update });
});

test.each([
	['8.0', true],
	['9.9.9', true],
	['7.9', false],
	['10', false],
	[undefined, true]
])('[LE8] of clients from 8 to 9, %s is served: %s', (version, isServed) => {
	const refusal = judgeClientVersion(version, { from: '8', to: '9' });
	expect(refusal).toEqual(
		isServed
			? undefined
			: { refused: 'CLIENT_VERSION_REFUSED', facts: { version, from: '8', to: '9' } }
	);
});
