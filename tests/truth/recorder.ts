/**
 * Records every line that a page shows, as it was painted, beside what its store held at that moment.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import type { Line, Store, TruthRecord } from './record.ts';

/** Lines that came and went with one frame. */
type Frame = { at: number; path: string; came: string[]; gone: string[] };
/** A store as it crosses from the page; `mirror` only where it has changed. */
type Told = Omit<Store, 'licenses' | 'activated' | 'machines' | 'answered'> & {
	mirror?: { licenses: [string, string][]; activated: string[]; machines: string[] };
	answered: string[];
};
type Tell = (told: { frame: Frame } | { store: Told } | { begins: number }) => Promise<void>;

export class TruthRecorder {
	/** Frames in which something came or went. */
	frames = 0;
	readonly #lines: Line[] = [];
	readonly #shown = new Map<string, Line>();
	readonly #stores: Store[] = [];

	/** From the next page that is loaded on. */
	static async on(page: Page): Promise<TruthRecorder> {
		const recorder = new TruthRecorder();
		const tell: Tell = async (told) => recorder.#hear(told);
		await page.exposeFunction('tellTruth', tell);
		await page.addInitScript(watch);
		return recorder;
	}

	/** All of it, up to now. */
	get record(): TruthRecord {
		const until = Date.now();
		const shown = [...this.#shown.values()].map((line) => ({ ...line, until }));
		return { lines: [...this.#lines, ...shown], stores: this.#stores };
	}

	#hear(told: Parameters<Tell>[0]): void {
		if ('begins' in told) this.#end([...this.#shown.keys()], told.begins);
		else if ('frame' in told) this.#hearFrame(told.frame);
		else this.#hearStore(told.store);
	}

	#hearFrame({ at, path, came, gone }: Frame): void {
		this.frames += 1;
		this.#end(gone, at);
		for (const text of came) this.#shown.set(text, { text, path, from: at, until: at });
	}

	#end(texts: readonly string[], at: number): void {
		for (const text of texts) {
			const line = this.#shown.get(text);
			if (line) this.#lines.push({ ...line, until: at });
			this.#shown.delete(text);
		}
	}

	#hearStore({ mirror, answered, ...rest }: Told): void {
		const before = this.#stores.at(-1);
		this.#stores.push({
			...rest,
			answered: new Set(answered),
			licenses: mirror ? new Map(mirror.licenses) : (before?.licenses ?? new Map()),
			activated: mirror ? new Set(mirror.activated) : (before?.activated ?? new Set()),
			machines: mirror ? new Set(mirror.machines) : (before?.machines ?? new Set())
		});
	}
}

/** Runs in the page, before anything of its own. It reads, and writes nothing. */
function watch(): void {
	if (location.protocol === 'about:') return;
	const tell = (globalThis as unknown as { tellTruth: Tell }).tellTruth;
	const clock = () => performance.timeOrigin + performance.now();
	void tell({ begins: clock() });

	/* What is seen: looked at after each frame in which something changed. */
	const path = () => location.hash.slice(1) || '/';
	let shown = new Set<string>();
	let shownAt = '';
	let isDue = false;
	const painted = new MessageChannel();
	painted.port1.addEventListener('message', look);
	painted.port1.start();
	function look(): void {
		isDue = false;
		const text = document.querySelector('body')?.innerText.replace(/[\u2066-\u2069]/g, '') ?? '';
		const now = new Set(text.split(/[\n\t]+/).map((line) => line.trim()));
		now.delete('');
		// The same words of another address are another claim.
		const before = shownAt === path() ? shown : new Set<string>();
		const came = [...now].filter((line) => !before.has(line));
		const gone = [...shown].filter((line) => !now.has(line) || !before.has(line));
		shown = now;
		shownAt = path();
		if (came.length + gone.length > 0)
			void tell({ frame: { at: clock(), path: shownAt, came, gone } });
	}
	function changed(): void {
		if (isDue) return;
		isDue = true;
		requestAnimationFrame(() => painted.port2.postMessage(0));
	}
	new MutationObserver(changed).observe(document, {
		subtree: true,
		childList: true,
		characterData: true,
		attributes: true
	});
	addEventListener('hashchange', changed);

	/* What is so: read again whenever a write of this page has been committed. */
	const answered = new Set<string>();
	let isReading = false;
	/** Since when something has been committed that was not read. */
	let staleAt: number | undefined;
	let database: IDBDatabase | undefined;
	let read = '';
	let sums = { suspended: 0, troubled: 0, seats: 0, active: 0 };
	async function readStore(): Promise<void> {
		staleAt ??= clock();
		if (isReading) return;
		isReading = true;
		while (staleAt !== undefined) {
			const at = staleAt;
			staleAt = undefined;
			await readOnce(at).catch(() => (database = undefined));
		}
		isReading = false;
	}
	const done = <T>(request: IDBRequest<T>): Promise<T> =>
		new Promise((resolve, reject) => {
			request.addEventListener('success', () => resolve(request.result));
			request.addEventListener('error', () => reject(new Error(request.error?.name)));
		});
	async function openStore(): Promise<IDBDatabase | undefined> {
		const owner = localStorage.getItem('keyferry-owner');
		const name = owner ? `keyferry-desk-${owner}` : 'keyferry-desk';
		if (database?.name === name) return database;
		database?.close();
		const all = await indexedDB.databases();
		if (!all.some((each) => each.name === name)) return undefined;
		database = await done(indexedDB.open(name));
		database.addEventListener('versionchange', () => database?.close());
		return database;
	}
	async function readOnce(at: number): Promise<void> {
		const open = await openStore();
		if (!open?.objectStoreNames.contains('states')) return;
		const names = [
			...['states', 'outbox', 'requests', 'keys', 'licenses', 'activations'],
			...['licenseBlocks', 'activationBlocks', 'allotments', 'ownAllotments']
		];
		const moment = open.transaction(names, 'readonly');
		const of = (name: string) => moment.objectStore(name);
		const state = (name: string) =>
			done(of('states').get(name) as IDBRequest<{ value: { syncedAt?: number } } | undefined>);
		const [identity, cursor, filling, sync, waiting, requests, keys, own, theirs, ...sizes] =
			await Promise.all([
				state('identity'),
				state('cursor'),
				state('firstSync'),
				state('sync'),
				done(of('outbox').index('state').count('waiting')),
				done(of('requests').count()),
				done(of('keys').count()),
				done(of('ownAllotments').count()),
				done(of('allotments').count()),
				done(of('licenses').count()),
				done(of('activations').count()),
				done(of('licenseBlocks').count()),
				done(of('activationBlocks').count())
			]);
		type License = Record<'id' | 'number' | 'title' | 'customer' | 'edition' | 'product', string> &
			Partial<Record<'suspendedAt' | 'expiresAt', number>> & {
				seats: number;
				counts: { active: number; reserved: number; cooling: number };
			};
		// Many rows, and they change only with these.
		const now = JSON.stringify([open.name, sizes, cursor]);
		const isNew = now !== read;
		read = now;
		type BlockTexts = { like?: string; text: string };
		/** Those of blocks, and over them those on top. */
		const all = async <T extends { id: string }>(top: string, blocks: string): Promise<T[]> => {
			const inBlocks = await done(of(blocks).getAll() as IDBRequest<BlockTexts[]>);
			const rowsOf = ({ like = '{}', text }: BlockTexts) =>
				text.split('\n').map((line) => {
					const row: object = { ...(JSON.parse(like) as T), ...(JSON.parse(line) as T) };
					return Object.fromEntries(Object.entries(row).filter((each) => each[1] !== null)) as T;
				});
			const onTop = await done(of(top).getAll() as IDBRequest<T[]>);
			const each = [...inBlocks.flatMap(rowsOf), ...onTop];
			return [...new Map(each.map((row) => [row.id, row])).values()];
		};
		const rows = isNew ? await all<License>('licenses', 'licenseBlocks') : [];
		const acts = isNew
			? await all<{ id: string; licenseId: string }>('activations', 'activationBlocks')
			: [];
		const sum = (count: (row: License) => number) => rows.reduce((all, row) => all + count(row), 0);
		const isTroubled = ({ suspendedAt, expiresAt = Infinity, seats, counts }: License) =>
			suspendedAt !== undefined ||
			expiresAt * 1000 < at ||
			counts.active + counts.reserved + counts.cooling > seats;
		if (isNew)
			sums = {
				suspended: sum(({ suspendedAt }) => (suspendedAt === undefined ? 0 : 1)),
				troubled: sum((row) => (isTroubled(row) ? 1 : 0)),
				seats: sum(({ seats }) => seats),
				active: sum(({ counts }) => counts.active)
			};
		await tell({
			store: {
				at,
				isSignedIn: identity !== undefined,
				known: !identity ? 'device' : filling || !cursor ? 'part' : 'whole',
				hasSynced: sync?.value.syncedAt !== undefined,
				requests,
				waiting,
				keys,
				allotments: own + theirs,
				...sums,
				answered: [...answered],
				...(isNew && {
					mirror: {
						licenses: rows.map((row): [string, string] => {
							const { id, number, title, customer, edition, product } = row;
							return [id, [number, title, customer, edition, product].join(' ').toLowerCase()];
						}),
						activated: [...new Set(acts.map(({ licenseId }) => licenseId))],
						machines: acts.map(({ id }) => id)
					}
				})
			}
		});
	}
	const begin = IDBDatabase.prototype.transaction;
	IDBDatabase.prototype.transaction = function (stores, mode, options) {
		const transaction = begin.call(this, stores, mode, options);
		if (mode === 'readwrite') transaction.addEventListener('complete', () => void readStore());
		return transaction;
	};
	const ask = globalThis.fetch;
	globalThis.fetch = async (...given) => {
		const answer = await ask(...given);
		const [, asked] = /\/rpc\/([^?]+)/.exec(answer.url) ?? [];
		for (const each of asked?.split(',') ?? []) answered.add(each);
		if (asked) void readStore();
		return answer;
	};
	void readStore();
}
