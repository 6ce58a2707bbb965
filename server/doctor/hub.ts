/**
 * What a hub needs of its machine, looked at one thing after the other: each either holds, or comes
 * with its mend. Nothing is changed, and a hub that runs goes on running.
 *
 * @module
 */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { doctorTexts } from '#lib/messages/doctor.ts';
import type { DoctorTexts } from '#lib/messages/en/doctor.ts';
import { systemCode } from '#server/fault.ts';
import { readHubKeys } from '#server/keys/folder.ts';
import { checkMailServer, type SmtpOptions } from '#server/mail/transport.ts';
import { bad, lookAt, note, ok, type Check, type Finding } from './finding.ts';
import { checkAddress, checkCertificate, checkDisk, checkPort, dayOf } from './machine.ts';

/** The command line is English, and knows the hub's own ways out. */
const t: DoctorTexts = {
	...doctorTexts.en,
	portOwn: 'The hub of this folder runs.',
	certificateNone: 'None in the folder: a proxy ends TLS, or --tls-cert names one.',
	certificateMend: 'In a closed network, keyferry init --tls makes one.',
	certificateNew: (host) => `Make another: keyferry init --tls --host ${host}`,
	addressNone: 'No public address: name it by --url once people come from outside.'
};

export type Patient = {
	data: string;
	databaseUrl?: string;
	port: number;
	host: string;
	/** Public address. */
	url?: string;
	smtp?: SmtpOptions;
};

const checks: Record<string, Check<Patient>> = {
	folder: checkFolder,
	rights: checkRights,
	disk: (patient) => checkDisk({ ...patient, t }),
	keys: checkKeys,
	database: checkDatabase,
	port: (patient) => checkPort({ ...patient, t }),
	clock: checkClock,
	certificate: checkHubCertificate,
	mail: checkMail,
	address: (patient) => checkAddress({ ...patient, t })
};

export function examine(patient: Patient): Promise<Finding[]> {
	return lookAt({ ...patient, data: resolve(patient.data) }, checks);
}

function checkFolder({ data }: Patient): Finding {
	if (!existsSync(data))
		return bad('folder', `There is no folder ${data}.`, 'Make a hub in it: keyferry init.');
	accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK);
	return ok('folder', `${data} can be read and written.`);
}

/** It holds the keys that licenses are signed with. */
function checkRights({ data }: Patient): Finding {
	if (process.platform === 'win32') return note('rights', 'Not looked at on Windows.');
	const open = ['.', 'keys', 'secrets.json'].filter((name) => {
		const path = join(data, name);
		return name !== '.' && existsSync(path) && (statSync(path).mode & 0o077) !== 0;
	});
	return open.length === 0
		? ok('rights', 'Keys and secrets are for their owner alone.')
		: bad('rights', `Others may read ${open.join(' and ')}.`, `chmod -R go= ${data}`);
}

async function checkKeys({ data }: Patient): Promise<Finding> {
	const { signer } = await readHubKeys(data);
	const days = Math.floor((signer.endsAt - Date.now() / 1000) / DAY_SECONDS);
	const says = `The hub key ends on ${dayOf(signer.endsAt)}.`;
	const mend = 'Make the next one: keyferry hub-key rotate --root FILE --data DIR';
	if (days < 0) return bad('keys', `The hub key ended on ${dayOf(signer.endsAt)}.`, mend);
	return days < 90 ? note('keys', says, mend) : ok('keys', says);
}

async function checkDatabase({ data, databaseUrl }: Patient): Promise<Finding> {
	if (databaseUrl === undefined) {
		const isMade = existsSync(join(data, 'pgdata'));
		return ok(
			'database',
			isMade ? 'Embedded, in the folder.' : 'Embedded, made at the first start.'
		);
	}
	const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
	try {
		await client.connect();
		const { rows } = await client.query<{ v: string; w: boolean }>(
			`select current_setting('server_version') as v, has_schema_privilege('public', 'create') as w`
		);
		const says = `PostgreSQL ${rows[0]?.v} answers.`;
		return rows[0]?.w
			? ok('database', says)
			: bad('database', says, 'Let its user create tables in the schema public.');
	} catch (error) {
		const code = systemCode(error) ?? String(error);
		return bad('database', `It does not answer (${code}).`, 'Check DATABASE_URL.');
	} finally {
		await client.end().catch(() => undefined);
	}
}

/** Within a gap there is nobody to ask: the newest thing here that has a date says the least. */
function checkClock({ data }: Patient): Finding {
	const written = Math.max(
		...['secrets.json', 'roots.json', 'pgdata'].map((name) => {
			const path = join(data, name);
			return existsSync(path) ? statSync(path).mtimeMs : 0;
		})
	);
	const now = new Date();
	const says = `It is ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC by this machine.`;
	return now.getTime() + 60_000 < written
		? bad('clock', says, 'That is before this folder was written. Set the clock.')
		: ok('clock', says);
}

function checkHubCertificate({ data, url }: Patient): Finding {
	return checkCertificate({
		data,
		host: url === undefined ? 'localhost' : new URL(url).hostname,
		t
	});
}

async function checkMail({ smtp }: Patient): Promise<Finding> {
	if (!smtp)
		return note('mail', 'No mail server: letters become files.', 'Set KEYFERRY_SMTP to send them.');
	await checkMailServer(smtp);
	return ok('mail', `${smtp.url.host} takes mail from ${smtp.from}.`);
}
