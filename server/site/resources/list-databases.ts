/**
 * The databases of a PostgreSQL server, by a user and password that are used once and kept nowhere. [RS2]
 *
 * @module
 */
import pg from 'pg';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { FoundDatabase } from '#lib/protocol/site-console.ts';

export type DatabaseServer = {
	host: string;
	port: number;
	user: string;
	password: string;
	/** TLS, whoever has signed the server's certificate: the password is for this network alone. */
	tls: boolean;
};

const PATIENCE_MS = 5000;

/** SQLSTATE of PostgreSQL: class 28, and a database that the user may not enter. */
const SIGN_IN = /^(28|42501)/;

export async function listDatabases({
	host,
	port,
	user,
	password,
	tls
}: DatabaseServer): Promise<FoundDatabase[] | Refusal<'DATABASE_SERVER_REFUSED'>> {
	const client = new pg.Client({
		host,
		port,
		user,
		password,
		database: 'postgres',
		...(tls && { ssl: { rejectUnauthorized: false } }),
		connectionTimeoutMillis: PATIENCE_MS,
		query_timeout: PATIENCE_MS,
		application_name: 'keyferry'
	});
	// A server that goes away afterwards has nothing more to say.
	client.on('error', () => undefined);
	try {
		await client.connect();
		const { rows } = await client.query<{ name: string; bytes: string | null }>(
			`SELECT datname AS name,
				CASE WHEN has_database_privilege(datname, 'CONNECT') THEN pg_database_size(datname) END AS bytes
			FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname LIMIT 2000`
		);
		return rows.map(({ name, bytes }) => ({ name, bytes: bytes === null ? null : Number(bytes) }));
	} catch (error) {
		return refuse('DATABASE_SERVER_REFUSED', {
			address: `${host}:${port}`,
			reason: reasonOf(error)
		});
	} finally {
		await client.end().catch(() => undefined);
	}
}

/** Its own words may repeat what was typed: they are not passed on. */
function reasonOf(error: unknown): 'sign-in' | 'tls' | 'unreachable' | 'database' {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (SIGN_IN.test(code)) return 'sign-in';
	const text = error instanceof Error ? error.message : '';
	if (/password|SASL|SCRAM/i.test(text)) return 'sign-in';
	if (/SSL|TLS|certificate/i.test(text)) return 'tls';
	return /^[0-9A-Z]{5}$/.test(code) ? 'database' : 'unreachable';
}
