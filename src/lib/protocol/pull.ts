/**
 * A page of what has changed, and the cursor that says from where. [SY4, SY5]
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';
import type { Alike } from './alike.ts';
import type { ToldKeys } from './told-keys.ts';
import type { ActivationRow, AllotmentRow, AnswerRow, LicenseRow, ReceiptRow } from './rows.ts';

/** Where a desk's mirror stands. [SY4] */
export type Cursor = {
	hubEpoch: string;
	/** By customer: the last revision that is here whole. */
	customers: Record<string, number>;
	/** By customer: how much of the next revision is here, where that alone is more than a page. */
	within?: Record<string, Within>;
	/** By customer, where rows of it have gone: the last time that is known here. [SE7] */
	resets?: Record<string, number>;
	/** Customers whose license keys the mirror may not show: a change of rights resets those. */
	keyless?: string[];
};

/** Rows of one revision come table by table, each in the order of its keys. */
export type Within = { revision: number; table: number; after: string };

/** License keys: the tokens that many of them have before their own, by the id of the hub key that signed, and their own. */
export type KeyTokens = {
	before: Record<string, string[]>;
	/** By license. */
	own: Record<string, { kid: string; token: string }>;
};

/** One page of a pull, applied with its cursor in one local transaction. [SY5] */
export type PullPage = {
	cursor: Cursor;
	/** The mirror of these customers is replaced: rights changed or another hub answered. */
	reset: string[];
	/** Customers this session no longer belongs to. */
	gone: string[];
	licenses: LicenseRow[];
	/** Keys of these licenses, where they were asked for apart: then the rows have none. */
	keys?: KeyTokens;
	activations: ActivationRow[];
	answers: AnswerRow[];
	receipts: ReceiptRow[];
	allotments: AllotmentRow[];
	/** Licenses and activations, customer by customer, where they were asked for so: then there are no others. */
	alike?: { licenses: Alike<LicenseRow>[]; activations: Alike<ActivationRow>[] };
	/** When the device that asks was ended, where it was. [DV1] */
	deskEnded?: Seconds;
	/** Ask again at once. */
	more: boolean;
	/** Rows that come after this page; told where it was asked for and there are more. */
	left?: number;
};

/** Whose license keys are asked for, after the rows of a first sync. */
export type KeysAsked = {
	/** Rising. */
	customerIds: string[];
	/** Of the first of them, keys of licenses after this one. */
	after?: string;
	/** Whether keys are to come by what they have in common. */
	alike?: boolean;
};

export type KeysPage = Pick<KeyTokens, 'before'> & {
	customers: { customerId: string; own: KeyTokens['own'] }[];
	/** All of them, some at a time, where they were asked for so: then no customer has others. */
	alike?: ToldKeys[];
	/** Where to go on; absent: that was all of them. */
	next?: { customerId: string; after: string };
};
