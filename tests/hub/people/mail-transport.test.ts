import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, expect, test } from 'vitest';
import { startMailServer, type MailServer } from '../../fixtures/mail-server.ts';
import {
	fileTransport,
	smtpTransport,
	Undeliverable,
	type OutgoingMail
} from '#server/mail/transport.ts';

const mail: OutgoingMail = {
	id: '0197a9a0-0000-7000-8000-000000000001',
	to: 'erika@example.com',
	subject: 'Einladung für „Müller“',
	text: 'Hallo\n\nhttps://hub.example.com/#/join/abc\n',
	html: '<p>Hallo</p>'
};
const from = 'Example Software <licenses@example.com>';

let server: MailServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

const transportTo = (url: string, timeouts = {}) =>
	smtpTransport({ url: new URL(url), from }, timeouts);

test('[MS1] a mail arrives whole, in both forms, as a machine’s and under its own id', async () => {
	server = await startMailServer();
	await transportTo(server.url).send(mail);
	const [got] = server.received;
	expect(got).toMatchObject({
		subject: mail.subject,
		text: mail.text,
		messageId: `<${mail.id}@example.com>`
	});
	expect(got!.html).toContain(mail.html);
	expect(got!.from!.text).toBe('"Example Software" <licenses@example.com>');
	expect(got!.headers.get('auto-submitted')).toBe('auto-generated');
});

test('[MS1] an address is one address, whatever it is made of', async () => {
	server = await startMailServer();
	await transportTo(server.url)
		.send({ ...mail, to: 'a@example.com, b@example.com\r\nRCPT TO:<c@example.com>' })
		.catch(() => undefined);
	expect(
		server.received.flatMap(({ to }) => [to ?? []].flat().flatMap(({ value }) => value))
	).toHaveLength(server.received.length);
});

test('[MS1] an address that is refused for good is not tried again; a server that is set up wrong is', async () => {
	server = await startMailServer({
		onRcptTo({ address }, _session, done) {
			const code = address.startsWith('nobody') ? 550 : 451;
			done(Object.assign(new Error('no such mailbox'), { responseCode: code }));
		}
	});
	const { send } = transportTo(server.url);
	await expect(send({ ...mail, to: 'nobody@example.com' })).rejects.toThrow(Undeliverable);
	const later = await send({ ...mail, to: 'later@example.com' }).catch((error: unknown) => error);
	expect(later).toBeInstanceOf(Error);
	expect(later).not.toBeInstanceOf(Undeliverable);
});

test('[MS1] a password goes over no open line to another machine', async () => {
	server = await startMailServer({
		authOptional: false,
		allowInsecureAuth: true,
		onAuth: ({ username, password }, _, done) => {
			if (username === 'ferry' && password === 'p@ss/word') done(null, { user: username });
			else done(new Error('wrong'));
		}
	});
	const { port } = new URL(server.url);
	// On this machine it may; elsewhere it is asked for encryption first, which this server has not.
	await transportTo(`smtp://ferry:p%40ss%2Fword@127.0.0.1:${port}`).send(mail);
	expect(server.received).toHaveLength(1);
	const wrong = await transportTo(`smtp://ferry:wrong@127.0.0.1:${port}`)
		.send(mail)
		.catch((error: unknown) => error);
	expect(wrong).not.toBeInstanceOf(Undeliverable);
	const elsewhere = transportTo(`smtp://ferry:p%40ss%2Fword@127.0.0.2:${port}`);
	await expect(elsewhere.send(mail)).rejects.toThrow(/STARTTLS|ECONNREFUSED/);
	expect(server.received).toHaveLength(1);
});

test('[MS1] a server that is down, silent or drips is given up in bounded time', async () => {
	const silent = createServer(() => undefined).listen(0, '127.0.0.1');
	const dripping = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.write('220 here\r\n');
		const timer = setInterval(() => socket.write('250-wait\r\n'), 20);
		socket.on('close', () => clearInterval(timer));
	}).listen(0, '127.0.0.1');
	await Promise.all([once(silent, 'listening'), once(dripping, 'listening')]);
	const at = (of: typeof silent) => `smtp://127.0.0.1:${(of.address() as AddressInfo).port}`;
	const bounds = { silenceMs: 300, deadlineMs: 600 };
	await expect(transportTo('smtp://127.0.0.1:1', bounds).send(mail)).rejects.toThrow(
		'ECONNREFUSED'
	);
	await expect(transportTo(at(silent), bounds).send(mail)).rejects.toThrow(/greeting|time/i);
	await expect(transportTo(at(dripping), bounds).send(mail)).rejects.toThrow('no answer in time');
	silent.close();
	dripping.close();
});

test('[MS3] without a server a mail is a file for its owner, and the console says what its reader needs', async () => {
	const folder = join(mkdtempSync(join(tmpdir(), 'keyferry-mail-')), 'mail');
	const said: string[] = [];
	await fileTransport(folder, { from, say: (line) => said.push(line) }).send(mail);
	const [name] = readdirSync(folder);
	const path = join(folder, name!);
	expect(statSync(path).mode & 0o777).toBe(0o600);
	expect(await simpleParser(readFileSync(path))).toMatchObject({
		subject: mail.subject,
		text: mail.text
	});
	expect(said).toEqual([`Mail to erika@example.com: https://hub.example.com/#/join/abc (${path})`]);
	rmSync(join(folder, '..'), { recursive: true, force: true });
});
