/**
 * What a licensed product and a site server say to each other. [LE3, LE4, LE5]
 *
 * Every call of a client names its client and a nonce, and proves both: `keyferry-mac` is an HMAC-SHA256
 * over {@link requestText}; the answer carries one over {@link answerText}. The keys come from X25519
 * (RFC 7748) between the client's key and the site's, by HKDF (RFC 5869), and never cross the wire: see
 * `src/lib/sdk/node/lease-keys.ts`. The answer to a claim holds a `lease` token as well, signed by the site's
 * machine key, so that a client knows whose seats these are.
 *
 * @module
 */
import type { VersionWarning } from '#lib/domain/site/client-version.ts';
import type { RestartReason } from '#lib/domain/site/lease.ts';
import type { Seconds } from '#lib/domain/time.ts';

/** Request headers. Texts in base64url. */
export const NONCE_HEADER = 'keyferry-nonce';
export const MAC_HEADER = 'keyferry-mac';

/** `GET /v1/site`: who serves here, for anyone who asks. */
export type SiteInfo = {
	name: string;
	/** Version of the site server itself. */
	version: string;
	/** X25519 public key of the site, base64url. Believed only once a signed lease repeats it. */
	dh: string;
	/**
	 * Ed25519 public key of the site's machine, base64url: signs its leases. Believed only where its
	 * thumbprint is `cnf.jkt` of an activation in `files`.
	 */
	key: string;
	products: ServedProduct[];
};

export type ServedProduct = {
	product: string;
	title: string;
	/** Version of the product on the server, where it says one. [S5] */
	version?: string;
	/** Clients that its active licenses allow, and that hold a lease now. */
	clients: number;
	inUse: number;
	/** Texts of the activation files that these come from: a client checks a lease by them. */
	files: string[];
};

/** `POST /v1/leases`: a client asks to work. The same nonce gets the same lease again. */
export type LeaseAsk = {
	/**
	 * `key:` and the base64url SHA-256 of the X25519 key of an installation, or `name:` and what
	 * `KEYFERRY_CLIENT` says.
	 */
	client: string;
	/** X25519 public key of the client, base64url. */
	dh: string;
	product: string;
	version?: string;
	/** When the client was built: a license whose maintenance ended before does not cover it. */
	builtAt?: Seconds;
	/** Who sits there, and at which machine: shown to whoever is one too many. */
	user: string;
	machine?: string;
	/** Entitlements without which the client has no use for a lease. */
	needs?: string[];
	/** Name of a resource that it opens. [RS1] */
	resource?: string;
	/** Stand in line where no lease is free. */
	wait?: boolean;
};

/** 201 (granted) or 202 (in line) of `POST /v1/leases`. */
export type LeaseAnswer =
	| {
			state: 'granted';
			/** Compact JWS of type `lease`. */
			lease: string;
			warning?: VersionWarning;
	  }
	| {
			state: 'waiting';
			/** Renewed, watched and deleted as a lease is. */
			id: string;
			/** 1 is next. */
			place: number;
			/** Seconds for which the place is kept without a renewal. */
			ttl: number;
	  };

/** `PUT /v1/leases/{id}`, without a body: 200. */
export type RenewAnswer = {
	/** `granted` of a place in line: claim again, within `ttl` seconds, once. */
	state: 'granted' | 'waiting';
	/** Seconds from now that it lives. */
	ttl: number;
	place?: number;
	restart?: RestartNotice;
};

/** The terms have changed: start again until then, and hold a lease under the new ones. [LE6] */
export type RestartNotice = {
	reason: RestartReason;
	/** Seconds from now after which the old lease ends. */
	within: number;
};

/**
 * `GET /v1/leases/{id}/events`: server-sent events, whose `data` is `MAC JSON`. The MAC is over
 * {@link eventText} under the lease's key.
 */
export type LeaseEvent =
	| { event: 'restart'; notice: RestartNotice }
	/** By an admin, with what they wrote; by time; or because the same client claimed anew. */
	| { event: 'ended'; code: 'LEASE_ENDED' | 'REPLACED'; reason?: string }
	| { event: 'place'; place: number }
	/** A lease is free for whoever was in line: claim again, within `ttl` seconds. */
	| { event: 'free'; ttl: number };

/** `GET /v1/resources?product=…`: what may be opened here. [RS1] */
export type ListedResource = {
	name: string;
	kind: string;
	customer: string;
	/** Clients in it now, and its own limit where it has one. */
	inUse: number;
	limit?: number;
};

/** What `keyferry-mac` of a request is over. `path` with its query, as sent; `body` as text, or empty. */
export function requestText({ method, path, nonce, body }: SentRequest): string {
	return `keyferry-request\n${method} ${path}\n${nonce}\n${body}`;
}

export type SentRequest = { method: string; path: string; nonce: string; body: string };

/** What `keyferry-mac` of an answer is over: bound to the nonce that the client chose. */
export function answerText({ status, nonce, body }: SentAnswer): string {
	return `keyferry-answer\n${status}\n${nonce}\n${body}`;
}

export type SentAnswer = { status: number; nonce: string; body: string };

/** What the MAC of an event is over. `seq` is its `id`, rising by one from 1. */
export function eventText(seq: number, json: string): string {
	return `keyferry-event\n${seq}\n${json}`;
}
