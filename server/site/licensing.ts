/**
 * What this site server is licensed for: the machine's own state folder, by the SDK, and what of it is
 * active now. [ST1]
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VersionRange } from '#lib/domain/site/client-version.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { fileTokens, writeFile } from '#lib/formats/file.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import { keptActivations } from '#lib/sdk/node/kept.ts';
import { openLicensing, type Ask, type Licensing } from '#lib/sdk/node/licensing.ts';
import type { Taken } from '#lib/sdk/node/load.ts';
import type { MadeRequest } from '#lib/sdk/node/request.ts';
import type { MadeReturn } from '#lib/sdk/node/returns.ts';
import type { Probe } from '#lib/sdk/node/sources/probe.ts';
import { openState, type MachineState } from '#lib/sdk/node/state.ts';
import type { Status } from '#lib/sdk/node/status.ts';
import type { ForeignKeys } from '#lib/sdk/judge-key.ts';
import { Fault } from '#server/fault.ts';
import { besideProgram } from './folder.ts';
import type { ActiveLicense } from './leases/terms.ts';

/** One of `product.json`, beside the program in the vendor's kit, or in the data folder. */
export type SiteProduct = {
	product: string;
	version?: string;
	builtAt?: Seconds;
	contact?: string;
	foreignKeys?: ForeignKeys[];
	/** Versions of clients that are served; by default all. [S5] */
	clientVersions?: VersionRange;
};

export type SiteLicensing = {
	machine: Machine;
	products: readonly SiteProduct[];
	status(): Promise<Status>;
	/** @param ask - `product`, where the kit names several. */
	createRequest(ask: Ask & { product?: string }): Promise<MadeRequest | Refusal>;
	load(input: string): Promise<Taken[]>;
	createReturn(activation?: string): Promise<MadeReturn | Refusal>;
	/** Activations that serve clients at this moment, with their files. */
	active(): Promise<ActiveLicense[]>;
	/** The status as {@link active} read it last: nothing is verified for whoever asks all the time. */
	standing(): Status;
};

export type LicensingParts = {
	/** `DIR`. */
	folder: string;
	roots: readonly PublicJwk[];
	now: () => Seconds;
	/** Recorded sources, for tests. */
	probe?: Probe;
	/** Something was loaded or given back. */
	onChange: () => Promise<void>;
};

/** @throws Fault where the state folder is another machine's. */
export async function openSiteLicensing(parts: LicensingParts): Promise<SiteLicensing> {
	const { folder, now, probe, onChange } = parts;
	const products = readProducts(folder);
	const state = await mustOpen(openState({ state: join(folder, 'state'), probe }));
	const open = (product?: SiteProduct): Promise<Licensing> => {
		const { roots } = parts;
		const { clientVersions: _, ...about } = product ?? {};
		const here = { roots, now, probe, state: join(folder, 'state'), isRenewable: true };
		return mustOpen(openLicensing({ ...about, ...here }));
	};
	const whole = await open();
	const each = new Map<string, Licensing>();
	for (const product of products) each.set(product.product, await open(product));

	/** As each product judges its own; what the kit does not name is judged by its license alone. */
	const status = async (): Promise<Status> => {
		const all = await whole.status();
		const known = await Promise.all(Array.from(each.values(), (licensing) => licensing.status()));
		const licenses = all.licenses.filter(({ product }) => !each.has(product));
		return { ...all, licenses: [...known.flatMap((one) => one.licenses), ...licenses] };
	};
	let last = await status();
	const changed = async <T>(work: Promise<T>): Promise<T> => {
		const done = await work;
		await onChange();
		return done;
	};
	return {
		machine: whole.machine,
		products,
		status,
		createRequest: ({ product, ...ask }) => {
			const only = each.size === 1 ? [...each.values()][0] : undefined;
			const licensing = product === undefined ? only : each.get(product);
			return (licensing ?? whole).createRequest(ask);
		},
		load: (input) => changed(whole.load(input)),
		createReturn: (activation) => changed(whole.createReturn(activation)),
		active: async () => {
			last = await status();
			return activeOf(state, last);
		},
		standing: () => last
	};
}

function activeOf(state: MachineState, { licenses }: Status): ActiveLicense[] {
	const active = licenses.filter(({ state: is, clients = 0 }) => is === 'active' && clients > 0);
	const byId = new Map(keptActivations(state).map((kept) => [kept.activation.act, kept]));
	return active.flatMap(({ activation: act }) => {
		const kept = byId.get(act);
		if (!kept) return [];
		const { activation, file } = kept;
		const text = writeFile(
			fileTokens(file).map((token) => token.text),
			[]
		);
		return [{ activation, file: text }];
	});
}

async function mustOpen<T>(opening: Promise<T | Refusal>): Promise<T> {
	const opened = await opening;
	if (!isRefusal(opened)) return opened;
	throw new Fault(
		'FOLDER_NOT_READY',
		'The folder of this site server was made on another machine.',
		'Set the site server up anew in an empty folder and activate it, or move the folder back.',
		{ told: opened }
	);
}

function readProducts(folder: string): SiteProduct[] {
	// Its own goes before the kit's, which a newer kit replaces.
	const file = [join(folder, 'product.json'), ...besideProgram('product.json')].find(existsSync);
	if (file === undefined) return [];
	try {
		const { products } = JSON.parse(readFileSync(file, 'utf8')) as { products: SiteProduct[] };
		return products;
	} catch (cause) {
		throw new Fault(
			'FOLDER_NOT_READY',
			`The file ${file} is damaged.`,
			'Copy it again from the kit, or remove it.',
			{ cause }
		);
	}
}
