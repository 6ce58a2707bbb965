/**
 * What a hub says of people's devices, sessions and API keys. [DV1, PE4]
 *
 * @module
 */
import type { KeyLimits } from '#lib/domain/access.ts';
import type { Seconds } from '#lib/domain/time.ts';

/** Seats of one license that are set aside for a device. */
export type BlockedSeats = {
	number: string;
	/** Of the product. */
	title: string;
	seats: number;
	/** When they are free at the latest. */
	until: Seconds;
};

/** A device: an outbox, with the sessions that used it. */
export type DeviceRow = {
	/** Of its outbox. */
	id: string;
	/** What people call it. */
	name: string;
	person: { id: string; name: string; email: string };
	createdAt: Seconds;
	/** To an hour or so. */
	seenAt?: Seconds;
	endedAt?: Seconds;
	/** It was copied: its outbox is closed. [SY2] */
	forkedAt?: Seconds;
	sessions: number;
	blocked: BlockedSeats[];
};

/** Where somebody is signed in. */
export type SessionRow = {
	id: string;
	/** The one that asks. */
	isCurrent: boolean;
	createdAt: Seconds;
	/** To a day or so. */
	usedAt: Seconds;
	/** As the browser calls itself. */
	browser?: string;
	address?: string;
	/** What people call the devices that it used. */
	devices: string[];
};

/** An API key as its owner knows it; never the key itself. */
export type ApiKeyRow = {
	id: string;
	name: string;
	/** The first characters of the key. */
	start: string;
	createdAt: Seconds;
	endsAt?: Seconds;
	usedAt?: Seconds;
	/** What it may less than its owner; absent: nothing. */
	limits?: KeyLimits;
};
