/**
 * The stage of a story inside the gap: a site server from the kit, a browser and programs in a network that
 * leads nowhere, and a real hub outside, to which files are carried.
 *
 * @module
 */
import { chromium, type Browser, type LaunchOptions, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LicenseOffice } from '../../journeys/license-office.ts';
import { freePort, type RunningHub } from '../../fixtures/running-hub.ts';
import { GapNetwork, type Program } from './gap-network.ts';

const root = resolve(import.meta.dirname, '../../..');
const app = join(root, 'examples/licensed-app/app.ts');

/** It runs already, and waits to be set up. */
export class GapStory {
	readonly office: LicenseOffice;
	/** Inside the gap, still empty. */
	readonly page: Page;
	/** Opens the set-up. */
	readonly link: string;
	/** What may be thrown away. */
	readonly home: string;
	readonly #network: GapNetwork;
	readonly #browser: Browser;

	private constructor(
		hub: RunningHub,
		home: string,
		inside: { network: GapNetwork; browser: Browser; page: Page; link: string }
	) {
		this.office = new LicenseOffice(hub);
		this.home = home;
		this.#network = inside.network;
		this.#browser = inside.browser;
		this.page = inside.page;
		this.link = inside.link;
	}

	/** @param served - What the vendor's kit says of the product. */
	static async open(
		hub: RunningHub,
		launchOptions: LaunchOptions,
		served: { product: string; version: string }
	): Promise<GapStory> {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-story-'));
		const made = [
			'scripts/kit.ts',
			'--with',
			'site',
			'--data',
			hub.data,
			'--out',
			join(home, 'kit')
		];
		execFileSync(process.execPath, made, { cwd: root });
		mkdirSync(join(home, 'data'));
		writeFileSync(join(home, 'data/product.json'), JSON.stringify({ products: [served] }));
		const network = await GapNetwork.open();
		try {
			const server = keyferry(
				network,
				home,
				'serve',
				'--role',
				'site',
				'--port',
				`${await freePort()}`
			);
			const link = /http:\S+\/site\/setup\/\S+/;
			const said = await server.sees(link);
			const executable = launchOptions.executablePath ?? chromium.executablePath();
			const browser = await chromium.launch({
				...launchOptions,
				executablePath: network.launcher(join(home, 'browser'), executable)
			});
			const page = await browser.newPage({
				locale: 'en-GB',
				viewport: { width: 1280, height: 760 }
			});
			return new GapStory(hub, home, { network, browser, page, link: link.exec(said)![0] });
		} catch (error) {
			await network.close();
			throw error;
		}
	}

	/** A command of the kit on the server's machine. */
	keyferry(...args: string[]): Program {
		return keyferry(this.#network, this.home, ...args);
	}

	/** Somebody's program, which is told where the server is, and nothing else. */
	client(name: string): Program {
		const folder = join(this.home, name);
		mkdirSync(folder);
		copyFileSync(this.office.roots, join(folder, 'roots.json'));
		const where = ['--roots', 'roots.json', '--state', join(folder, 'state')];
		const client = this.#network.start([process.execPath, app, ...where], {
			cwd: folder,
			env: { PATH: process.env.PATH, HOME: folder, USER: name, LOGNAME: name }
		});
		client.type('t', '3', new URL(this.link).origin);
		return client;
	}

	async close(): Promise<void> {
		await this.#browser.close();
		await this.#network.close();
		this.office.field.clear();
		rmSync(this.home, { recursive: true, force: true });
	}
}

function keyferry(network: GapNetwork, home: string, ...args: string[]): Program {
	const command = [join(home, 'kit/keyferry'), ...args, '--data', join(home, 'data')];
	return network.start(command, { cwd: home, env: {} });
}
