/**
 * Somebody who buys, at a desk of their own: a real hub with a real mail server and a store that tells of
 * purchases, and machines in the field.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { startMailServer, type MailServer } from '../../fixtures/mail-server.ts';
import { startHub, type RunningHub } from '../../fixtures/running-hub.ts';
import { Field, type FieldMachine } from '../../journeys/field-machine.ts';
import { said } from '../../journeys/license-office.ts';
import { expect } from '../fixtures.ts';
import { openAt } from '../open-at.ts';
import { openStore, type Store } from '../store.ts';

const DAY = 86_400;
export const BUYER = 'berta@quayside.example';
export const COLLEAGUE = 'carl@quayside.example';
export const RESELLER = 'dora@reseller.example';
export const REMOTE = 'Remote management';

/** A line of a purchase: a license of Harbor Backup. */
export const backup = {
	product: 'harbor-backup',
	versions: { from: 5, to: 6 },
	entitlements: ['backup', 'remote-management']
};

export const inDays = (days: number) => Math.floor(Date.now() / 1000) + days * DAY;

export const rows = (page: Page) => page.locator('a.row');
export const rowOf = (page: Page, number: string) => rows(page).filter({ hasText: number });
export const keyIn = (page: Page, number: string) =>
	rowOf(page, number).locator('.activated .chip');

export class PortalDesk {
	/** Numbers of what was bought: ends soon, later; by a colleague; by a reseller, and over. */
	readonly bought = { soon: '', later: '', atlas: '', server: '', old: '' };
	readonly field = new Field();
	readonly page: Page;
	readonly main: Locator;
	hub: RunningHub;
	store!: Store;
	readonly mail: MailServer;
	readonly context: BrowserContext;
	readonly newContext: () => Promise<BrowserContext>;
	readonly #home: string;
	readonly #start: (port?: number) => Promise<RunningHub>;

	private constructor(made: {
		home: string;
		mail: MailServer;
		hub: RunningHub;
		start: (port?: number) => Promise<RunningHub>;
		newContext: () => Promise<BrowserContext>;
		context: BrowserContext;
		page: Page;
	}) {
		this.#home = made.home;
		this.#start = made.start;
		this.mail = made.mail;
		this.hub = made.hub;
		this.newContext = made.newContext;
		this.context = made.context;
		this.page = made.page;
		this.main = made.page.getByRole('main');
	}

	/** @param env - Of the hub: where its store is, if not embedded. */
	static async open(browser: Browser, env: Record<string, string>): Promise<PortalDesk> {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-portal-'));
		const mail = await startMailServer();
		const mailing = { KEYFERRY_SMTP: mail.url, KEYFERRY_MAIL_FROM: 'licenses@vendor.example' };
		const data = join(home, 'data');
		const start = (port?: number) => startHub({ data, port, env: { ...env, ...mailing } });
		const hub = await start();
		const viewport = { width: 1600, height: 900 };
		const permissions = ['clipboard-read', 'clipboard-write'];
		const newContext = () => browser.newContext({ locale: 'en-GB', viewport, permissions });
		const context = await newContext();
		const page = await context.newPage();
		return new PortalDesk({ home, mail, hub, start, newContext, context, page });
	}

	async close(): Promise<void> {
		await this.context.close();
		await this.hub.end();
		await this.mail.stop();
		this.field.clear();
		rmSync(this.#home, { recursive: true, force: true });
	}

	/** The same hub again, where it was. */
	async startAgain(): Promise<void> {
		this.hub = await this.#start(this.hub.port);
	}

	/** What there is to begin with. */
	async buy(): Promise<void> {
		this.store = await openStore(this.hub);
		const own = await this.store.sells({
			id: 'PO-BERTA-1',
			address: BUYER,
			name: 'Quayside Tools',
			lines: [
				{ ...backup, id: '1', edition: 'Plus', seats: 3, expiryDays: 40, maintenanceDays: 200 },
				{ ...backup, id: '2', edition: 'Basic', seats: 2, expiryDays: 600, maintenanceDays: 500 }
			]
		});
		const versions = { from: 8, to: 9 };
		const carls = await this.store.sells({
			id: 'PO-CARL-1',
			address: COLLEAGUE,
			name: 'Pier Tools',
			lines: [
				{ id: '1', product: 'atlas', seats: 5, versions, maintenanceDays: 300 },
				{ id: '2', product: 'atlas-server', versions, maintainedUntil: inDays(-100) }
			]
		});
		const over = { expiresAt: inDays(-30), maintainedUntil: inDays(-20) };
		const doras = await this.store.sells({
			id: 'PO-DORA-1',
			address: RESELLER,
			name: 'Dock Tools',
			lines: [{ id: '1', product: 'atlas', seats: 9, versions, ...over }]
		});
		const [soon, later, atlas, server, old] = [own[1], own[2], carls[1], carls[2], doras[1]];
		Object.assign(this.bought, { soon, later, atlas, server, old });
	}

	/** The newest letter to somebody about something; it may still be on its way. */
	async letterTo(address: string, subject: string): Promise<string> {
		const find = () =>
			this.mail.received.findLast(
				(each) =>
					each.subject?.startsWith(subject) &&
					[each.to ?? []].flat().some(({ value }) => value.some((to) => to.address === address))
			)?.text;
		await expect.poll(find).toBeDefined();
		return find()!;
	}

	open(path: string): Promise<void> {
		return openAt(this.page, path, this.hub.address);
	}

	async openLicense(number: string): Promise<void> {
		await this.open(`/licenses/${number}`);
		await expect(this.main.getByText(number).first()).toBeVisible();
	}

	async save(button: Locator) {
		const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
		return download;
	}

	/** A machine, and the request that it has made. */
	async machine(name: string, version: string): Promise<{ machine: FieldMachine; path: string }> {
		const machine = this.field.machine(name);
		const who = ['--name', 'Tom Technician', '--organization', 'Quayside Tools'];
		const asked = ['request', '--key', this.bought.later, ...who, '--label', name];
		const made = await machine.keyferry([...asked, '--version', version, '--json']);
		return { machine, path: machine.path(said<{ path: string }>(made).path) };
	}

	/** From the list of activations, with a request that was brought. */
	async activate(path: string): Promise<void> {
		await this.open('/activations');
		await this.page.getByRole('link', { name: 'Activate a machine' }).click();
		const step = this.page.getByRole('region', { name: 'Machine', exact: true });
		await step.getByRole('button').click();
		await this.page.getByTestId('machine-file').setInputFiles(path);
		await expect(this.page.getByRole('heading', { name: 'Request imported' })).toBeVisible();
		await this.page.getByRole('button', { name: 'Submit now' }).click();
	}

	/** The answer that is shown, saved and loaded on its machine. */
	async carryBack(machine: FieldMachine): Promise<void> {
		const answer = this.page.getByRole('region', { name: 'Carry the answer back' });
		const button = answer.getByRole('button', { name: /^Save file/ });
		await (await this.save(button)).saveAs(machine.path('answer.kfact'));
		await this.load(machine, 'answer.kfact');
	}

	async load(machine: FieldMachine, file: string): Promise<void> {
		const loaded = await machine.keyferry(['load', file, '--roots', this.hub.roots, '--json']);
		expect(said(loaded)).toMatchObject([{ outcome: 'loaded' }]);
	}

	/** What a machine says of its license, in a version of the product. */
	async statusOf(machine: FieldMachine, version: string): Promise<object> {
		const since = ['--since', 'remote-management=5.2', '--json'];
		const asked = ['status', '--roots', this.hub.roots, '--version', version, ...since];
		const { licenses } = said<{ licenses: [object] }>(await machine.keyferry(asked));
		return licenses[0];
	}

	/** That of the first row, without leaving the list. */
	async seeSummary(): Promise<void> {
		await this.open('/licenses?sort=number');
		await this.page.keyboard.press('j');
		await expect(rows(this.page).first()).toBeFocused();
		await this.page.keyboard.press('i');
		const summary = this.page.getByRole('status', { name: 'Summary' });
		const first = (await rows(this.page).first().locator('code').textContent())!;
		for (const told of [first, 'free', 'Maintenance until', 'Expires', 'Versions'])
			await expect(summary).toContainText(told);
		await this.page.keyboard.press('Escape');
		await expect(summary).toHaveCount(0);
	}

	/** All six licenses by each column, this way and that. */
	async sortByEachColumn(): Promise<void> {
		await this.open('/licenses');
		await expect(rows(this.page)).toHaveCount(6);
		const numbers = () => rows(this.page).locator('code').allTextContents();
		const all = (await numbers()).toSorted();
		const columns = ['Product', 'Activated', 'Number', 'Customer', 'Edition', 'Seats'];
		for (const name of [...columns, 'Next date', 'Maintenance', 'Expires', 'Status']) {
			const head = this.main.getByRole('button', { name: new RegExp(`^${name}`) }).last();
			let before: string[] = [];
			for (const [at, sorted] of [/[?&]sort=\w/, /[?&]sort=-/].entries()) {
				await head.click();
				await expect(this.page).toHaveURL(sorted);
				if (name === 'Number')
					await expect.poll(numbers).toEqual(at === 0 ? all : all.toReversed());
				else if (at === 1) await expect.poll(numbers, name).not.toEqual(before);
				before = await numbers();
				expect(before.toSorted(), name).toEqual(all);
			}
		}
	}
}
