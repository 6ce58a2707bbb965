/**
 * Browser profiles in Node: what a desk finds around it, and nothing of the desk itself. A profile
 * outlives the pages that run on it, so a desk can crash; it can be copied and kept as it was, so a
 * desk can be copied, and restored from a backup.
 *
 * @module
 */
import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';

/** How a desk reaches its hub: answers, or throws where there is no network. */
export type Line = (request: Request) => Promise<Response>;

export class Profile {
	/** The browser's databases. */
	databases: IDBFactory = new FakeFactory();
	cookies = new Map<string, string>();
	/** The browser's other, smaller store. */
	localStorage = new Map<string, string>();
	line: Line = () => Promise.reject(new TypeError('fetch failed'));
	/** What this machine's clock says, in milliseconds. */
	now: () => number = () => Date.now();
	/** Locks and channels are one profile's own. */
	readonly name = crypto.randomUUID();

	/** Everything as it now is, on another computer or kept in a backup. */
	async copy(): Promise<Profile> {
		const twin = new Profile();
		twin.line = this.line;
		twin.now = this.now;
		twin.databases = await copyDatabases(this.databases);
		twin.cookies = new Map(this.cookies);
		twin.localStorage = new Map(this.localStorage);
		return twin;
	}

	/** Everything as it was in an earlier copy. No page may be open. */
	async restore(earlier: Profile): Promise<void> {
		this.databases = await copyDatabases(earlier.databases);
		this.cookies = new Map(earlier.cookies);
		this.localStorage = new Map(earlier.localStorage);
	}
}

async function copyDatabases(from: IDBFactory): Promise<IDBFactory> {
	const to: IDBFactory = new FakeFactory();
	for (const { name = '', version } of await from.databases()) {
		const source = await opened(from.open(name, version));
		const names = [...source.objectStoreNames];
		// One transaction over all: it shows one moment, between two commits.
		const moment = source.transaction(names, 'readonly');
		const stores = await Promise.all(names.map((each) => readStore(moment.objectStore(each))));
		source.close();
		const request = to.open(name, version);
		request.addEventListener('upgradeneeded', () => {
			for (const store of stores) layStore(request.result, store);
		});
		(await opened(request)).close();
	}
	return to;
}

type Kept = {
	name: string;
	options: IDBObjectStoreParameters;
	indexes: Pick<IDBIndex, 'name' | 'keyPath' | 'unique' | 'multiEntry'>[];
	rows: unknown[];
};

async function readStore(store: IDBObjectStore): Promise<Kept> {
	const { name, keyPath, autoIncrement } = store;
	const indexes = [...store.indexNames].map((each) => {
		const { keyPath: path, unique, multiEntry } = store.index(each);
		return { name: each, keyPath: path, unique, multiEntry };
	});
	return {
		...{ name, options: { keyPath, autoIncrement }, indexes },
		rows: await done(store.getAll())
	};
}

function layStore(database: IDBDatabase, { name, options, indexes, rows }: Kept): void {
	const store = database.createObjectStore(name, options);
	for (const { name: index, keyPath, ...kind } of indexes) store.createIndex(index, keyPath, kind);
	for (const row of rows) store.add(row);
}

function opened(request: IDBOpenDBRequest): Promise<IDBDatabase> {
	return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.addEventListener('success', () => resolve(request.result));
		request.addEventListener('error', () => reject(new Error(String(request.error))));
	});
}

/** One page of a profile, from its opening until it is closed or killed. */
export class PageLife {
	readonly profile: Profile;
	isOver = false;
	/** Ends the page before its so-manieth next write begins. */
	#writesLeft = Infinity;
	#over: () => void = () => {};
	readonly #ended = new Promise<void>((resolve) => (this.#over = resolve));
	readonly #open: IDBDatabase[] = [];
	readonly #unfinished = new Set<IDBTransaction>();
	readonly #events = new EventTarget();
	readonly #channels: BroadcastChannel[] = [];

	constructor(profile: Profile) {
		this.profile = profile;
	}

	/** As a killed browser: what is committed stays, nothing else happens any more. */
	end(): void {
		if (this.isOver) return;
		this.isOver = true;
		for (const transaction of this.#unfinished) transaction.abort();
		for (const database of this.#open) database.close();
		for (const channel of this.#channels) channel.close();
		this.#over();
	}

	/** @param writes - So many transactions are still committed. */
	endAfter(writes: number): void {
		this.#writesLeft = writes;
	}

	/** An event of the page's window, such as `online`. */
	tell(event: string): void {
		this.#events.dispatchEvent(new Event(event));
	}

	/** What comes of it, or `undefined` where the page ends first. */
	async unlessOver<T>(work: Promise<T>): Promise<T | undefined> {
		const result = await Promise.race([
			work.catch((error: unknown) => {
				if (!this.isOver) throw error;
			}),
			this.#ended
		]);
		return result as T | undefined;
	}

	/** The globals of the page, by name. Those of Node that a browser has too are left as they are. */
	globals(origin: string): Record<string, unknown> {
		const events = this.#events;
		const { profile } = this;
		class PageDate extends Date {
			constructor(...given: [] | [number]) {
				if (given.length === 0) super(profile.now());
				else super(...given);
			}
			static override now = () => profile.now();
		}
		const channels = this.#channels;
		class Channel extends BroadcastChannel {
			constructor(name: string) {
				super(`${profile.name} ${name}`);
				channels.push(this);
			}
		}
		const page = Object.assign(new EventTarget(), { hidden: false, getElementById: () => null });
		const globals: Record<string, unknown> = {
			indexedDB: this.#databases(),
			IDBKeyRange: FakeKeyRange,
			fetch: (input: string, init?: RequestInit) => this.#fetch(new URL(input, origin), init),
			Date: PageDate,
			BroadcastChannel: Channel,
			navigator: {
				locks: this.#locks(),
				storage: {
					persisted: () => Promise.resolve(true),
					persist: () => Promise.resolve(true),
					estimate: () => Promise.resolve({ usage: 0, quota: 1e9 })
				},
				language: 'en',
				languages: ['en'],
				onLine: true,
				userAgent: 'Node'
			},
			localStorage: {
				getItem: (name: string) => profile.localStorage.get(name) ?? null,
				setItem: (name: string, value: string) => {
					this.#mustLive();
					profile.localStorage.set(name, value);
				}
			},
			location: { origin, protocol: 'http:', href: `${origin}/`, reload: () => this.end() },
			document: page,
			isSecureContext: true,
			addEventListener: events.addEventListener.bind(events),
			removeEventListener: events.removeEventListener.bind(events),
			dispatchEvent: events.dispatchEvent.bind(events)
		};
		const self = Object.create(globalThis, Object.getOwnPropertyDescriptors(globals)) as object;
		return { ...globals, globalThis: self, self, window: self };
	}

	#databases(): object {
		return {
			open: (name: string, version?: number) => {
				this.#mustLive();
				const request = this.profile.databases.open(name, version);
				request.addEventListener('success', () => this.#guard(request.result));
				return request;
			},
			deleteDatabase: (name: string) => this.profile.databases.deleteDatabase(name),
			databases: () => this.profile.databases.databases(),
			cmp: (a: unknown, b: unknown) => this.profile.databases.cmp(a, b)
		};
	}

	#guard(database: IDBDatabase): void {
		this.#open.push(database);
		const begin = database.transaction.bind(database);
		database.transaction = (names, mode, options) => {
			this.#mustLive();
			if (mode === 'readwrite' && --this.#writesLeft < 0) this.end();
			this.#mustLive();
			const transaction = begin(names, mode, options);
			this.#unfinished.add(transaction);
			for (const end of ['complete', 'abort'])
				transaction.addEventListener(end, () => this.#unfinished.delete(transaction));
			return transaction;
		};
	}

	#mustLive(): void {
		if (this.isOver) throw new DOMException('the page is gone', 'AbortError');
	}

	#locks(): Pick<LockManager, 'request'> {
		const request = (name: string, ...rest: [never]) =>
			navigator.locks.request(`${this.profile.name} ${name}`, ...rest);
		return { request };
	}

	async #fetch(url: URL, init: RequestInit = {}): Promise<Response> {
		const { cookies, line } = this.profile;
		const headers = new Headers(init.headers);
		const held = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		if (held) headers.set('cookie', held);
		headers.set('origin', url.origin);
		const request = new Request(url, { ...init, headers });
		const answer = await this.unlessOver(line(request));
		// Nobody is there any more to be told.
		if (answer === undefined) return new Promise(() => {});
		for (const line of answer.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (value === '' || /max-age=0(;|$)/i.test(line)) cookies.delete(name);
			else cookies.set(name, value);
		}
		return answer;
	}
}
