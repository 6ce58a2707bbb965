/**
 * How mail leaves the hub: by an SMTP server, or as files where there is none. What makes messages
 * (5 MB) is loaded with the first of them.
 *
 * @module
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gistOf } from './letter.ts';

export type OutgoingMail = {
	id: string;
	to: string;
	subject: string;
	text: string;
	html: string;
	/** Of the vendor, where nobody else is said to write. [VF1] */
	name?: string;
	/** Who answers what people write back. [VF1] */
	support?: string;
};

export type MailTransport = {
	/** @throws `Undeliverable` where trying again is of no use; anything else is tried again. */
	send(mail: OutgoingMail): Promise<void>;
};

/** The server will never take mail for this address. */
export class Undeliverable extends Error {}

/** `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…`, and whom mail comes from. */
export type SmtpOptions = { url: URL; from: string };

/** How long a server may keep silent, at each step. */
const SILENCE_MS = 20_000;
/** One mail in all: a server that drips its answers is silent too. */
const DEADLINE_MS = 90_000;

/**
 * The line is encrypted where the server can, and must be where a password goes over it to another
 * machine.
 */
export function smtpTransport(
	{ url, from }: SmtpOptions,
	{ silenceMs = SILENCE_MS, deadlineMs = DEADLINE_MS } = {}
): MailTransport {
	let mailer: ReturnType<typeof mailerOf> | undefined;
	return {
		send: async (mail) => {
			mailer ??= mailerOf(url, silenceMs);
			const sent = (await mailer).sendMail(messageOf(mail, from));
			await inTime(sent, deadlineMs).catch((error: unknown) => {
				throw isRejected(error) ? new Undeliverable(saidBy(error), { cause: error }) : error;
			});
		}
	};
}

/** Greets the server and signs in, and sends nothing. @throws where it does not take mail. */
export async function checkMailServer({ url }: SmtpOptions): Promise<void> {
	const mailer = await mailerOf(url, SILENCE_MS);
	await inTime(mailer.verify(), DEADLINE_MS);
}

async function mailerOf(url: URL, silenceMs: number) {
	const { createTransport } = await import('nodemailer');
	const secure = url.protocol === 'smtps:';
	const user = decodeURIComponent(url.username);
	const pass = decodeURIComponent(url.password);
	const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
	return createTransport({
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: Number(url.port) || (secure ? 465 : 587),
		secure,
		auth: user === '' ? undefined : { user, pass },
		requireTLS: user !== '' && !isHere,
		connectionTimeout: silenceMs,
		greetingTimeout: silenceMs,
		socketTimeout: silenceMs,
		dnsTimeout: silenceMs
	});
}

/**
 * Writes `DIR/ID.eml`, for a hub without an SMTP server, and says on the console what its reader
 * needs of it.
 */
export function fileTransport(
	folder: string,
	{ from, say }: { from: string; say: (line: string) => void }
): MailTransport {
	return {
		send: async (mail) => {
			const { createTransport } = await import('nodemailer');
			const mailer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
			const { message } = await mailer.sendMail(messageOf(mail, from));
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			const path = join(folder, `${mail.id}.eml`);
			writeFileSync(`${path}.new`, message as Buffer, { mode: 0o600 });
			renameSync(`${path}.new`, path);
			say(`Mail to ${mail.to}: ${gistOf(mail.text) ?? mail.subject} (${path})`);
		}
	};
}

function messageOf({ id, to, subject, text, html, name, support }: OutgoingMail, from: string) {
	const host = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
	return {
		from: name === undefined || from.includes('<') ? from : { name, address: from },
		...(support !== undefined && { replyTo: { name: '', address: support } }),
		// As an object it is one address, whatever it is made of.
		to: { name: '', address: to },
		subject,
		text,
		html,
		// Of a mail that was sent and not noted down, both copies are one message.
		messageId: `<${id}@${host}>`,
		headers: { 'Auto-Submitted': 'auto-generated' },
		disableFileAccess: true,
		disableUrlAccess: true
	};
}

/** The address itself was refused for good (RFC 5321, 4.2.1); a server that is set up wrong mends. */
function isRejected(error: unknown): error is Error {
	if (!(error instanceof Error)) return false;
	const { command, responseCode } = error as { command?: string; responseCode?: number };
	return command === 'RCPT TO' && (responseCode ?? 0) >= 500;
}

/** What went wrong, as a person may read it. */
export function saidBy(error: unknown): string {
	const { response, message } = error as { response?: string; message?: string };
	const said = response ?? message ?? String(error);
	return said.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300);
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, fail) => {
		timer = setTimeout(() => fail(new Error('no answer in time')), ms);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
