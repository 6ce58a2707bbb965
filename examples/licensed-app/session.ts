/**
 * The program at work under its licensing type: opened, connected, told what happens, and started again
 * when the license on the server has changed. [S4, K7]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Connection, ConnectWishes } from '#lib/sdk/node/connecting.ts';
import type { HeldLease } from '#lib/sdk/node/client/held-lease.ts';
import { openLicensing, type Licensing, type LicensingOptions } from '#lib/sdk/node/licensing.ts';
import { countDown } from './count-down.ts';
import { functions, product } from './product.ts';
import { sayRefusal } from './refused.ts';
import { plain, type Terminal } from './terminal.ts';

export class Session {
	readonly terminal: Terminal;
	readonly #options: LicensingOptions;
	#licensing: Licensing;
	#connection: Connection | undefined;
	#stopCounting = () => {};

	private constructor(terminal: Terminal, options: LicensingOptions, licensing: Licensing) {
		this.terminal = terminal;
		this.#options = options;
		this.#licensing = licensing;
	}

	static async open(terminal: Terminal, options: LicensingOptions): Promise<Session | Refusal> {
		const licensing = await openLicensing(options);
		return isRefusal(licensing) ? licensing : new Session(terminal, options, licensing);
	}

	get licensing(): Licensing {
		return this.#licensing;
	}

	get connection(): Connection | undefined {
		return this.#connection;
	}

	get options(): LicensingOptions {
		return this.#options;
	}

	/** Under another type from now on. */
	async change(licensing: NonNullable<LicensingOptions['licensing']>): Promise<void> {
		await this.close();
		this.#options.licensing = licensing;
		const opened = await openLicensing(this.#options);
		if (isRefusal(opened)) {
			sayRefusal(this.terminal, opened);
			return;
		}
		this.#licensing = opened;
		await this.connect();
	}

	/** Also the restart: the same client has its seat anew, under the terms as they are now. */
	async connect(wishes: ConnectWishes = {}): Promise<void> {
		this.#stopCounting();
		const connection = await this.#licensing.connect(wishes);
		if (isRefusal(connection)) {
			sayRefusal(this.terminal, connection);
			return;
		}
		this.#connection = connection;
		this.#listen(connection);
		const { lease } = connection;
		if (lease) this.#sayActivated(lease);
		else if (typeof this.#options.licensing === 'object' && 'server' in this.#options.licensing)
			this.terminal.say('', 'All seats are taken. You are in line, and told when it is your turn.');
	}

	async close(): Promise<void> {
		this.#stopCounting();
		await this.#connection?.close();
		this.#connection = undefined;
	}

	#listen(connection: Connection): void {
		const { say } = this.terminal;
		connection.on('granted', (lease) => this.#sayActivated(lease));
		connection.on('waiting', ({ place }) => say('', `In line: place ${place}.`));
		connection.on('restart', ({ reason, within }) => {
			const why = {
				'license-added': 'got another license',
				'license-changed': 'has a changed license',
				'license-ended': 'has a license less'
			}[reason];
			say('', `! The license server ${why}. Choose "Restart" (x) to go on.`);
			this.#stopCounting = countDown(within, (left) => say(`  Restart within ${left}.`));
		});
		connection.on('lost', ({ left, why }) => {
			sayRefusal(this.terminal, why);
			this.#stopCounting();
			this.#stopCounting = countDown(left, (rest) =>
				say(`  Work goes on for ${rest}. Save what you have.`)
			);
		});
		connection.on('back', () => {
			this.#stopCounting();
			say('', '✓ The license server is back. Nothing was lost.');
		});
		connection.on('ended', (refusal) => {
			this.#stopCounting();
			sayRefusal(this.terminal, refusal);
			say('  Functions are locked. Saved results (v) still open.');
		});
	}

	#sayActivated(lease: HeldLease): void {
		const { say } = this.terminal;
		const open = functions.filter(({ entitlement }) => lease.entitlements.includes(entitlement));
		say(
			'',
			`✓ Your client is now activated by ${plain(lease.site)} (license ${lease.number}).`,
			`  Unlocked: ${open.map(({ title }) => title).join(', ') || 'nothing'}`
		);
		const { warning } = lease;
		if (warning)
			say(
				`  ! ${product.title} is ${warning.client} here and ${warning.server} on the server: update the ${warning.update}.`
			);
	}
}
