/**
 * The office and the courier of a journey: a real hub, licenses issued by the command line, files
 * carried between folders.
 *
 * @module
 */
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { startHub, type RunningHub } from '../fixtures/running-hub.ts';
import { Field, type FieldMachine, type Ran, type RunOptions } from './field-machine.ts';

export type License = { id: string; number: string; key: string };

export class LicenseOffice {
	readonly field = new Field();
	readonly roots = join(this.field.folder, 'roots.json');
	readonly hub: RunningHub;
	readonly asStaff: RunOptions;
	readonly #desk: FieldMachine;

	constructor(hub: RunningHub) {
		this.hub = hub;
		copyFileSync(hub.roots, this.roots);
		chmodSync(this.roots, 0o644);
		this.asStaff = { env: { KEYFERRY_HUB: hub.address, KEYFERRY_TOKEN: hub.demo.token } };
		this.#desk = this.field.machine('office');
	}

	static async open(): Promise<LicenseOffice> {
		return new LicenseOffice(await startHub());
	}

	async close(): Promise<void> {
		await this.hub.stop();
		this.field.clear();
	}

	/** Runs the command line with a token of vendor staff. */
	async asks<T>(...args: string[]): Promise<T> {
		return said<T>(await this.#desk.keyferry([...args, '--json'], this.asStaff));
	}

	/** A license of the demo's server product. */
	issue(...options: string[]): Promise<License> {
		const usual = ['--product', 'atlas-server', '--customer', 'Example GmbH', '--versions', '8-9'];
		return this.asks('license', 'issue', ...usual, '--entitlements', 'dataflow', ...options);
	}

	/** Seats in use of a license, active and cooling together. */
	async used(number: string): Promise<number> {
		type Row = { number: string; counts: { active: number; reserved: number; cooling: number } };
		const row = (await this.asks<Row[]>('license', 'list')).find((each) => each.number === number);
		if (!row) throw new Error(`no license ${number}`);
		return row.counts.active + row.counts.reserved + row.counts.cooling;
	}

	/** @returns Name of the request file in the machine's folder. */
	async request(machine: FieldMachine, { key }: License, ...options: string[]): Promise<string> {
		writeFileSync(machine.path('key.txt'), key);
		const asking = ['--name', 'Site Admin', '--label', machine.folder.split('/').at(-1)!];
		const made = await machine.keyferry([
			...['request', '--key', 'key.txt', ...asking, ...options, '--json']
		]);
		return said<{ path: string }>(made).path;
	}

	/** Carries files to the hub without any account; the answers lie beside them. */
	submit(machine: FieldMachine, ...files: string[]): Promise<Ran> {
		return machine.keyferry(['submit', ...files, '--hub', this.hub.address, '--json']);
	}

	load(machine: FieldMachine, ...files: string[]): Promise<Ran> {
		return machine.keyferry(['load', ...files, '--roots', this.roots, '--json']);
	}

	/** From the request to the loaded file. @returns Name of the activation file. */
	async activate(machine: FieldMachine, license: License): Promise<string> {
		const request = await this.request(machine, license);
		said(await this.submit(machine, request));
		const answer = request.replace('.kfreq', '.kfact');
		said(await this.load(machine, answer));
		return answer;
	}

	/** @returns Name of the return file. */
	async giveBack(machine: FieldMachine, ...options: string[]): Promise<string> {
		return said<{ path: string }>(await machine.keyferry(['return', ...options, '--json'])).path;
	}

	/** States of what a machine holds. */
	async states(machine: FieldMachine): Promise<string[]> {
		type Held = { licenses: { state: string }[] };
		const ran = await machine.keyferry(['status', '--roots', this.roots, '--json']);
		return said<Held>(ran).licenses.map(({ state }) => state);
	}
}

/** What a command printed, which must have succeeded. The type is the caller's word. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function said<T>({ code, stdout, stderr }: Ran): T {
	if (code !== 0) throw new Error(`exit ${code}: ${stderr}${stdout}`);
	return JSON.parse(stdout) as T;
}

/** Codes of refusals that a command printed as JSON. */
export function codes({ stdout }: Ran): (string | undefined)[] {
	const printed = JSON.parse(stdout) as object | object[];
	type Coded = { refused?: string; code?: string };
	return [printed].flat().map(({ refused, code }: Coded) => refused ?? code);
}

export function carry(from: FieldMachine, to: FieldMachine, ...files: string[]): void {
	for (const file of files) copyFileSync(from.path(file), to.path(file));
}

export function readTokens(machine: FieldMachine, file: string): TokenFile {
	const read = readFile(readFileSync(machine.path(file), 'utf8'));
	if (isRefusal(read)) throw new Error(read.refused);
	return read;
}
