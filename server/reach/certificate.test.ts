import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refuse } from '#lib/domain/refusal.ts';
import { makeLocalAuthority } from '#server/keys/local-authority.ts';
import { judgeCertificate } from './certificate.ts';

let home: string;
const file = (name: string) => join(home, 'tls', name);

beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-certificate-'));
	await makeLocalAuthority(home, ['hub.example.com', '192.0.2.7']);
	writeFileSync(file('note.txt'), 'no certificate');
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

test.each([
	['server.crt', 'server.key', 'hub.example.com', undefined],
	['server.crt', 'server.key', '192.0.2.7', undefined],
	['server.crt', 'server.key', '[::1]', undefined],
	['server.crt', 'server.key', 'other.example.com', ['server.crt', 'other-name']],
	['server.crt', 'ca.key', 'hub.example.com', ['ca.key', 'no-pair']],
	['server.crt', 'note.txt', 'hub.example.com', ['note.txt', 'no-key']],
	['note.txt', 'server.key', 'hub.example.com', ['note.txt', 'no-certificate']],
	['gone.crt', 'server.key', 'hub.example.com', ['gone.crt', 'not-there']]
] as const)('[SU1] %s with %s for %s: %j', (cert, key, host, why) => {
	const judged = judgeCertificate({ cert: file(cert), key: file(key) }, { host, at: new Date() });
	expect(judged).toEqual(
		why && refuse('CERTIFICATE_UNUSABLE', { path: file(why[0]), reason: why[1] })
	);
});

test('[SU1] one that has expired is none', () => {
	const at = new Date(Date.now() + 1_000 * 86_400_000);
	const files = { cert: file('server.crt'), key: file('server.key') };
	expect(judgeCertificate(files, { host: 'hub.example.com', at })).toMatchObject({
		facts: { reason: 'ended' }
	});
});
