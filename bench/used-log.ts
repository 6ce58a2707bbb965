/**
 * A PostgreSQL as it is after its first days: its log has files to be written again. A new one makes each
 * of them, 16 MB of zeros, while everybody waits, and one is full after 1,900 activations.
 *
 * @module
 */
import pg from 'pg';

/** More than a bench fills between two checkpoints. */
const FILES = 30;

export async function useLog(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query(`alter system set min_wal_size = '1GB'`);
	await client.query('select pg_reload_conf()');
	await client.query('create table log_filler (n int)');
	const fill = async (files: number) => {
		for (let file = 0; file < files; file++) {
			await client.query('insert into log_filler values (1)');
			await client.query('select pg_switch_wal()');
		}
		await client.query('checkpoint');
	};
	// Files are kept for later once the checkpoint after them is made.
	await fill(FILES);
	await fill(1);
	await client.query('drop table log_filler');
	await client.end();
}
