/**
 * What the page that sets a hub up and the hub say to each other. [SU1]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { SetupStep } from '#lib/domain/hub/setup.ts';

/**
 * How lines to the hub are encrypted: certificate files of one's own, a local authority that is made here,
 * a proxy that ends TLS, the options that the hub was started with, or not at all.
 */
export type SetupTls = 'files' | 'authority' | 'proxy' | 'options' | 'none';

export type SetupReach = {
	/** Name of the vendor, as files say who issued them. */
	vendor: string;
	/** Public address: an origin. */
	url: string;
	tls: SetupTls;
	/** Paths on the hub's machine. */
	cert?: string;
	key?: string;
	/** Addresses and networks of proxies, as `--proxy` takes them. */
	proxies?: string;
};

/** Where mail goes. */
export type SetupMail =
	{ how: 'smtp'; server: string; from: string } | { how: 'files'; folder: string };

export type SetupSent = {
	to: string;
	state: 'waiting' | 'sent' | 'failed';
	/** What the mail server said. */
	fault?: string;
	/** The letter as a file, without a mail server. */
	file?: string;
};

export type SetupLicense = {
	number: string;
	/** As a `.kflic` file. */
	key: string;
	product: string;
	customer: string;
};

export type SetupState = {
	/** Hub time: what the root signs is dated by it. */
	now: Seconds;
	next: SetupStep;
	done: SetupStep[];
	/** Left for later. */
	skipped: SetupStep[];
	/** The data folder on the hub's machine. */
	folder: string;
	/** Where the hub listens. */
	listening: string;
	admin?: { email: string; name: string };
	reach?: SetupReach;
	/** Asks the hub whether it is reached under that address; to be fetched without a cookie. */
	check?: string;
	/** Given by options of the command line: they are not asked for. */
	given: { url?: string; proxies: boolean; tls: boolean };
	/** x of the key that the root is to vouch for. */
	hubKey?: string;
	/** Thumbprint of the root. */
	root?: string;
	license?: SetupLicense;
	mail: SetupMail;
	sent?: SetupSent;
};

/** What the hub saw of a page that asked it at its public address. */
export type SetupSeen = {
	/** Under which origin it was asked. */
	origin: string;
	/** Whoever held the line, where it is no proxy that is named. */
	from: string;
	isProxied: boolean;
};
