/** A new hub gets its people by the command line alone: first admin, owner, technician. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyEmptyDatabase } from '../fixtures/empty-database.ts';
import { logoOf } from '../fixtures/logo.ts';
import { startMailServer, type MailServer } from '../fixtures/mail-server.ts';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { KEYFERRY } from '../fixtures/program.ts';

const PASSWORD = 'a long enough password';
const from = 'Example Software <licenses@example.com>';

let home: string;
let data: string;
let mail: MailServer;
let hub: RunningHub | undefined;
beforeAll(async () => {
	home = mkdtempSync(join(tmpdir(), 'keyferry-people-'));
	data = join(home, 'data');
	mail = await startMailServer();
});
afterAll(async () => {
	await hub?.end();
	await mail.stop();
	rmSync(home, { recursive: true, force: true });
});

type Ran = { code: number; json: never; said: string };

/** @returns What it printed, whether it went well or not. */
async function run(...args: string[]): Promise<Ran> {
	const ran = await promisify(execFile)(process.execPath, [KEYFERRY, ...args, '--json']).catch(
		(failed: unknown) => failed as { code: number; stdout: string; stderr: string }
	);
	const json = (ran.stdout === '' ? null : JSON.parse(ran.stdout)) as never;
	return { code: 'code' in ran ? ran.code : 0, json, said: ran.stdout + ran.stderr };
}

async function ask<T>(procedure: string, input: object, headers: Record<string, string> = {}) {
	const answer = await fetch(`${hub!.address}/rpc/${procedure}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-keyferry': '1', ...headers },
		body: JSON.stringify(input)
	});
	const { result, error } = (await answer.json()) as { result?: { data: T }; error?: unknown };
	if (!result) throw new Error(JSON.stringify(error));
	return result.data;
}

/** Opens a link as the desk does, and makes an API key as the settings do. @returns The key. */
async function joinBy(link: string, name: string): Promise<string> {
	const code = link.split('/').at(-1)!;
	const { email } = await ask<{ email: string }>('people.accept', {
		code,
		newcomer: { name, password: PASSWORD }
	});
	const headers = { 'content-type': 'application/json', origin: hub!.address };
	const post = (path: string, body: object, cookie = '') =>
		fetch(`${hub!.address}/auth${path}`, {
			method: 'POST',
			headers: { ...headers, cookie },
			body: JSON.stringify(body)
		});
	const signedIn = await post('/sign-in/email', { email, password: PASSWORD });
	const [cookie = ''] = signedIn.headers.getSetCookie()[0]?.split(';') ?? [];
	const body = { name: 'Script', password: PASSWORD };
	const made = await post('/api-key/create', body, cookie);
	return ((await made.json()) as { key: string }).key;
}

const linkIn = (text: string) => /^http\S+#\/join\/\S+$/m.exec(text)![0];

describe('[PE2] people by the command line', () => {
	let admin: string;
	let owner: string;

	test('init prints a link by which the first admin signs in, before any mail works', async () => {
		await copyEmptyDatabase(data);
		const made = await run(
			...[
				'init',
				'--data',
				data,
				'--root-out',
				join(home, 'root.json'),
				'--name',
				'Example Software'
			],
			...['--admin', 'Ada@Example.com', '--url', 'https://licenses.example.com/']
		);
		expect(made.json).toMatchObject({
			admin: {
				email: 'ada@example.com',
				role: 'admin',
				link: expect.stringMatching(/^https:\/\/licenses\.example\.com\/#\/join\/[\w-]{32}$/)
			}
		});
		// What is refused is refused before any key is made.
		const wrong = await run(
			'init',
			'--data',
			join(home, 'other'),
			'--root-out',
			join(home, 'r2'),
			'--admin',
			'ada'
		);
		expect([wrong.code, readdirSync(home).includes('other')]).toEqual([2, false]);
		hub = await startHub({
			data,
			demo: false,
			env: { KEYFERRY_SMTP: mail.url, KEYFERRY_MAIL_FROM: from }
		});
		admin = await joinBy((made.json as { admin: { link: string } }).admin.link, 'Ada Admin');
	});

	test('the admin invites an owner, who gets a mail; nobody else is shown its link', async () => {
		const at = ['--hub', hub!.address, '--token', admin];
		expect((await run('customer', 'add', 'Example GmbH', ...at)).code).toBe(0);
		const asked = [
			'user',
			'invite',
			'olga@example.com',
			'--customer',
			'example gmbh',
			'--role',
			'owner'
		];
		const invited = await run(...asked, '--language', 'de', ...at);
		expect(invited.json).toMatchObject({ email: 'olga@example.com', role: 'owner' });
		expect(invited.said).not.toContain('/join/');
		const letter = await mail.mailTo('olga@example.com');
		expect(letter.subject).toBe('Ihre Einladung: Example GmbH');
		expect(letter.text).toContain('Ada Admin');
		const link = linkIn(letter.text!);
		expect(link.startsWith(`${hub!.address}/#/join/`)).toBe(true);
		owner = await joinBy(link, 'Olga Owner');
	});

	test('[NM1] a customer is named once, whatever blanks are around it, and found by its name as it is written', async () => {
		const at = ['--hub', hub!.address, '--token', admin];
		const again = await run('customer', 'add', ' Example GmbH ', ...at);
		expect(again.json).toMatchObject({ refused: 'NAME_TAKEN' });
		expect((await run('customer', 'add', 'EXAMPLE GmbH', ...at)).code).toBe(0);
		const membersOf = (name: string) => run('user', 'list', '--customer', name, ...at);
		expect((await membersOf('Example GmbH')).json).toMatchObject({
			members: [{ email: 'olga@example.com' }]
		});
		expect((await membersOf('EXAMPLE GmbH')).json).toMatchObject({ members: [] });
		const either = await membersOf('example gmbh');
		expect([either.code, either.said]).toEqual([
			2,
			expect.stringContaining('Several customers are called example gmbh.')
		]);
	});

	test('[MS1] the admin sees what became of mail, and never what it says', async () => {
		const at = ['--hub', hub!.address, '--token', admin];
		expect((await run('mail', 'test', 'ada@example.com', '--language', 'de', ...at)).code).toBe(0);
		expect((await mail.mailTo('ada@example.com')).text).toContain(hub!.address);
		const listed = () => run('mail', 'list', ...at);
		await expect.poll(async () => (await listed()).said).not.toContain('waiting');
		const { json, said } = await listed();
		expect(json).toMatchObject([
			{ to: 'ada@example.com', kind: 'test', state: 'sent', nextAt: null },
			{ to: 'olga@example.com', kind: 'invitation', state: 'sent', tries: 1 }
		]);
		expect(said).not.toMatch(/join\/|html/);
	});

	test('[VF1] the admin gives the vendor a face, by parts, and an owner does not', async () => {
		const at = ['--hub', hub!.address, '--token', admin];
		const logo = join(home, 'logo.png');
		writeFileSync(logo, logoOf());
		const set = await run('face', 'set', '--name', 'Quay', '--accent', '#FFD400', ...at);
		expect(set.json).toEqual({ name: 'Quay', accent: '#ffd400' });
		const parts = ['--logo', logo, '--name', 'none', '--support', 'help@example.com'];
		await run('face', 'set', ...parts, ...at);
		const shown = await run('face', 'show', ...at);
		expect(shown.json).toEqual({
			accent: '#ffd400',
			support: 'help@example.com',
			logo: logoOf().toString('base64')
		});
		writeFileSync(logo, '<svg/>');
		expect((await run('face', 'set', '--logo', logo, ...at)).json).toMatchObject({
			refused: 'LOGO_INVALID'
		});
		expect((await run('face', 'set', '--accent', 'yellow', ...at)).code).toBe(2);
		const other = ['--hub', hub!.address, '--token', owner];
		expect((await run('face', 'set', '--name', 'Mine', ...other)).json).toMatchObject({
			refused: 'NOT_PERMITTED'
		});
	});

	test('the owner looks after the people of the customer, by its name', async () => {
		const at = ['--hub', hub!.address, '--token', owner, '--customer', 'Example GmbH'];
		await run('user', 'invite', 'tina@example.com', '--role', 'technician', ...at);
		await joinBy(linkIn((await mail.mailTo('tina@example.com')).text!), 'Tina Technician');
		expect((await run('user', 'role', 'tina@example.com', '--role', 'manager', ...at)).code).toBe(
			0
		);
		await run('user', 'invite', 'vera@example.com', '--role', 'viewer', ...at);
		await mail.mailTo('vera@example.com');
		const listed = async () => {
			const { json } = await run('user', 'list', ...at);
			const { members, invitations } = json as {
				members: { email: string; role: string }[];
				invitations: { email: string; role: string }[];
			};
			return [...members, ...invitations].map(({ email, role }) => `${email} ${role}`);
		};
		expect(await listed()).toEqual([
			'olga@example.com owner',
			'tina@example.com manager',
			'vera@example.com viewer'
		]);
		for (const gone of ['vera@example.com', 'tina@example.com'])
			expect((await run('user', 'remove', gone, ...at)).code).toBe(0);
		expect(await listed()).toEqual(['olga@example.com owner']);
		const last = await run('user', 'remove', 'olga@example.com', ...at);
		expect([last.code, last.json]).toEqual([
			3,
			expect.objectContaining({ refused: 'LAST_OF_ROLE' })
		]);
		const staff = await run('staff', 'list', '--hub', hub!.address, '--token', owner);
		expect([staff.code, staff.json]).toEqual([
			3,
			expect.objectContaining({ refused: 'NOT_PERMITTED' })
		]);
		const unknown = await run('user', 'invite', 'x@example.com', '--role', 'king', ...at);
		expect(unknown.code).toBe(2);
	});

	test('[MS3] beside a stopped hub it shows the link, and the hub writes the mail down when it runs', async () => {
		await hub!.end();
		const added = await run('staff', 'add', 'stefan@example.com', '--data', data);
		expect(added.json).toMatchObject({
			role: 'staff',
			link: expect.stringContaining('http://localhost:4870/#/join/')
		});
		expect(
			(await run('user', 'list', '--customer', 'Example GmbH', '--data', data)).json
		).toMatchObject({
			members: [{ email: 'olga@example.com', role: 'owner' }]
		});
		hub = await startHub({ data, demo: false, port: hub!.port });
		const { link, id } = added.json as { link: string; id: string };
		await expect.poll(hub.log).toContain(`Mail to stefan@example.com: ${link}`);
		expect(readFileSync(join(data, 'mail', `${id}.eml`), 'utf8')).toContain(
			'To: stefan@example.com'
		);
		await joinBy(link, 'Stefan Staff');
		const at = ['--hub', hub.address, '--token', admin];
		expect((await run('staff', 'add', 'stefan@example.com', '--admin', ...at)).json).toEqual({
			email: 'stefan@example.com',
			role: 'admin'
		});
		expect((await run('staff', 'remove', 'ada@example.com', ...at)).code).toBe(0);
		// A token is worth what its owner is: nothing any more.
		expect((await run('staff', 'list', ...at)).code).toBe(3);
	});
});
