/**
 * What the pages of a site server and the server say to each other. [ST2, ST3]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { SiteStep } from '#lib/domain/site/setup.ts';
import type { SetupReach } from './setup.ts';

export type SiteSession = {
	/**
	 * `closed`: nobody has an account yet, and this browser did not come by the link of the console. `new`:
	 * it did.
	 */
	state: 'closed' | 'new' | 'signed-out' | 'signed-in';
	/** Name of the site, once it has one. */
	site?: string;
	/** Who is signed in. */
	admin?: string;
	/** Where clients reach it, for whoever is signed in. */
	address?: string;
	/** All steps of the set-up are done. */
	isSetUp: boolean;
};

export type SiteSetup = {
	next?: SiteStep;
	done: SiteStep[];
	/** The data folder on the site's machine. */
	folder: string;
	/** Where the server listens. */
	listening: string;
	admin?: string;
	/** Its `vendor` is the name of the site. */
	reach?: SetupReach;
	/** Asks whether the server is reached under that address; to be fetched without a cookie. */
	check?: string;
	/** Given by options of the command line: they are not asked for. */
	given: { url?: string; proxies: boolean; tls: boolean };
	/** Names and addresses of its machine that other machines may know. */
	names: string[];
	/** It listens to its own machine alone. */
	isLocalOnly: boolean;
};

/** One line of the server check. `note`: worth knowing. `bad`: something will not work. [S10] */
export type SiteFinding = {
	name: string;
	/** What was looked at, for people. */
	title: string;
	state: 'ok' | 'note' | 'bad';
	says: string;
	mend?: string;
};

export type HeldLicense = {
	state:
		'active' | 'returning' | 'returned' | 'expired' | 'retired' | 'other-machine' | 'not-usable';
	/** Why it is not active. */
	reason?: Refusal;
	activation: string;
	number: string;
	product: string;
	title: string;
	edition: string;
	entitlements: string[];
	versions: { from: number; to: number };
	/** Clients that it allows; absent: it serves none. */
	clients?: number;
	/** Clients that hold one of its leases now. */
	inUse: number;
	maintainedUntil?: Seconds;
	expiresAt?: Seconds;
	/** It has ended and still serves: until when, for people. [GR1] */
	grace?: Refusal;
	trialDays?: number;
	/** Number of the license for newer versions. */
	upgradedTo?: string;
	/** Where activated: the machine's label, and for whom. */
	label?: string;
	organization?: string;
	name: string;
	contact: string;
	signedAt: Seconds;
	/** Of a seat that cools after its return. */
	coolsUntil?: Seconds;
};

export type SiteRequest = {
	request: string;
	number: string;
	title?: string;
	label?: string;
	name: string;
	madeAt: Seconds;
	/** The hub's "no". */
	refusal?: Refusal;
};

export type SiteLicenses = {
	now: Seconds;
	machine: { label: string; isVirtual: boolean };
	licenses: HeldLicense[];
	/** Requests that are not answered, or were refused. */
	requests: SiteRequest[];
	/** The clock is behind what this machine has seen a hub sign. */
	notice?: Refusal;
	/** Whether a hub may be contacted from here at all, and its address as far as it is known. */
	hub: { address?: string; isForbidden: boolean };
};

/** Something to carry: a request, or a return. */
export type SiteFile = { file: string; fileName: string };

/** What became of one file that was brought. */
export type SiteTaken = {
	source: string;
	outcome:
		| 'loaded'
		| 'unchanged'
		| 'answered-no'
		| 'returned'
		| 'elsewhere'
		| 'trust'
		| 'no-answer'
		| 'refused';
	refusal?: Refusal;
	/** What is active by it now. */
	license?: { number: string; title: string; clients?: number; entitlements: string[] };
};

/** How far "Get a license" is. [S1] */
export type SiteGetting =
	| { state: 'none' }
	| {
			state: 'waiting';
			code: string;
			/** To be typed on any other device. */
			address: string;
			/** The same with the code in it. */
			complete: string;
			/** By which a person sees there that it is this server that asks. */
			machine: string;
			/** That the code still lives: a browser's clock may be another. */
			seconds: number;
			/** The hub does not answer at the moment. */
			isAway: boolean;
	  }
	| { state: 'activated'; license: NonNullable<SiteTaken['license']> }
	| { state: 'refused'; refusal: Refusal };

export type ChosenSettings = {
	name: string;
	/** Whoever is one too many reads pseudonyms. [LE7] */
	hideNames: boolean;
	/** The server itself asks no hub, whoever wants it. */
	neverContactHub: boolean;
	/** It can be found in its network, without an address. [LC5] */
	announce: boolean;
	/** Address of the hub. */
	hub?: string;
};
