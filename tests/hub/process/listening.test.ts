/** Where a server listens that was set up. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { keepReach } from '#server/http/kept-reach.ts';
import { withKept } from '#server/listening.ts';

test('[HT1] what was said at the set-up holds at each start, and options go before it', () => {
	const data = mkdtempSync(join(tmpdir(), 'keyferry-listening-'));
	onTestFinished(() => rmSync(data, { recursive: true }));
	keepReach(data, { url: 'http://hub.example', port: 4881, host: '0.0.0.0' });
	expect(withKept({ data })).toMatchObject({ port: 4881, host: '0.0.0.0' });
	const given = { data, port: 0, host: '127.0.0.1' };
	expect(withKept(given)).toMatchObject(given);
});
