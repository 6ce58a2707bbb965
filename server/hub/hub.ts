/**
 * What operations work with: the store, the keys and the time, handed in by whoever starts the hub.
 *
 * @module
 */
import {
	isReading,
	mayAct,
	rankAt,
	type Action,
	type KeyLimits,
	type Standing
} from '#lib/domain/access.ts';
import type { KeyInTime, KeyTerm } from '#lib/domain/hub/hub-key.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { Refusal, RefusalCode } from '#lib/domain/refusal.ts';
import type { PublicJwk } from '#lib/formats/tokens.ts';
import type { Signer } from '#lib/signing/keys.ts';
import type { Database } from '#server/db/database.ts';

export type Hub = {
	db: Database;
	/** Its customers are spread over machines: what is asked of many is asked of each. [DB2] */
	isSpread?: boolean;
	/** Changes when a hub is restored from a backup. [SY6] */
	epoch: string;
	/** Who signs, as files say it. */
	iss: string;
	/** Signs nothing after its key has ended: `ended` says so before it is tried. [KE1] */
	signer: Signer & KeyTerm & { ended(): Refusal<'HUB_KEY_ENDED'> | undefined };
	/** Its own keys, the one that signs first. */
	keys: readonly KeyInTime[];
	/** Roots that vouch for this hub's keys: what machines bring back is verified under them. */
	roots: readonly PublicJwk[];
	/** Their thumbprints (RFC 7638), as people compare them. */
	rootKids: readonly string[];
	/** Hub keys that a root has voided: nothing that they signed counts. [FI8] */
	voided: readonly string[];
	/** Trust token for delivered files, where it says more than the roots. [FI5] */
	trustToken?: string;
	/** The root-signed grant of a hub key, current or retired. */
	grantOf(kid: string): string;
	/** Learns the grant of a key that this hub has forgotten, from a file that it once signed. Done once each of its processes knows it. */
	addGrant(kid: string, grant: string): Promise<void>;
	seal: { seal(text: string, about: string): string; open(sealed: string, about: string): string };
	/** Where people reach it, as links in mail say; no slash at its end. [HT1] */
	address: string;
	/** Where the files of releases lie; absent where none can be held. [P8] */
	releasesFolder?: string;
	/** Mail was put down and is committed: it is sent now, and not only with the next minute. */
	sendMail?: () => void;
	/** Events may be sent to private addresses and by plain HTTP. [WH1] */
	webhooksToLan?: boolean;
	/** An event is to be sent now, and not only with the next round. */
	sendWebhooks?: () => void;
	/** Somebody has asked to attach licenses: the codes are mailed now, and not only with the next minute. */
	sendAttachCodes?: () => void;
	/** Told of what one command threw, under the id that its author is given. */
	onFault?: (support: string, fault: unknown) => void;
	/** Told of each "no" that is answered. */
	onRefusal?: (code: RefusalCode) => void;
	/** Hub time, in whole seconds. It never goes back. [CL3] */
	now(): Seconds;
	/** Hub time up to which seats may be freed by it: `now`, or earlier after a leap. [CL3] */
	freeingTime(): Seconds;
	/** To be awaited, outside of transactions, by whoever may come after a silence. [CL3] */
	catchUpTime(): Promise<void>;
	/** Staff say that the clock is right after a leap. @returns The leap, if there was one. [CL3] */
	confirmTime(actor: string): Promise<{ from: Seconds; to: Seconds } | undefined>;
};

/** Who asks, as sessions and API keys say. Nobody in particular is `undefined`. */
export type Asker = Standing & {
	userId: string;
	/** The session that they ask by; absent where an API key asks. */
	sessionId?: string;
	/** Of the API key that asks: the standing is what it leaves. [PE4] */
	limits?: KeyLimits;
};

/** Whoever holds the folder of a hub that does not run holds its keys. The audit calls them so. */
export const OPERATOR: Asker = { userId: 'operator', vendor: 'admin', roles: new Map() };

/** Whether somebody may do this at a customer. [PE1] */
export function may(asker: Asker | undefined, action: Action, customerId: string): boolean {
	if (asker === undefined || (asker.limits?.readOnly && !isReading(action))) return false;
	return mayAct(rankAt(asker, customerId), action);
}

/** How the audit names who brought something. [AU1] */
export function actorOf(asker: Asker | undefined): string {
	return asker?.userId ?? 'carrier';
}
