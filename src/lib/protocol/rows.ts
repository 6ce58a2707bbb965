/**
 * What desks mirror: rows of the hub's ledger, as the people of one customer see them. [SY4]
 *
 * @module
 */
import type { FingerprintChange } from '#lib/domain/seats/activation-record.ts';
import type { ActivationTexts, ChangedText } from '#lib/domain/licenses/change.ts';
import type { AllotmentState } from '#lib/domain/seats/allotment.ts';
import type { Seconds } from '#lib/domain/time.ts';
import type { ActivationState, SeatCounts } from '#lib/domain/seat.ts';

/** An entitlement that the customer may switch. [P7] */
export type LicenseSwitch = {
	code: string;
	title: string;
	/** The version of the product that it works from. */
	since?: string;
	isOn: boolean;
	/** Who switched it last; absent: it is as it was issued. */
	changed?: ChangedText;
};

/** A license as every desk of its customer mirrors it. */
export type LicenseRow = {
	id: string;
	customerId: string;
	customer: string;
	number: string;
	product: string;
	title: string;
	edition: string;
	entitlements: string[];
	seats: number;
	counts: SeatCounts;
	clients?: number;
	versions: { from: number; to: number };
	maintainedUntil?: Seconds;
	expiresAt?: Seconds;
	suspendedAt?: Seconds;
	/** Nothing is granted since a restore, until staff lift it. [SY6] */
	frozenAt?: Seconds;
	/** Number of another customer's license that its free seats move to. [SE7] */
	successor?: string;
	/** Numbers of the customer's license for newer majors, and of the one that this one came after. [UP1] */
	upgradedTo?: string;
	upgradedFrom?: string;
	/** A trial: so many days from its first activation, which sets `expiresAt`. [TR1] */
	trialDays?: number;
	/** Days after its end in which files that end with it still open, with a warning. [GR1] */
	graceDays?: number;
	/** ID of the purchase that made it, and of the line of it. [OR1] */
	purchase?: string;
	purchaseLine?: string;
	virtualMachines: boolean;
	givenFingerprints: boolean;
	/** Seats of it that one person may hold in allotments, and for how many days a desk may issue. [AL1] */
	deskSeats: number;
	/** Seats of it that all desks together may hold; absent: half of them. [AL1] */
	offlineShare?: number;
	allotmentDays: number;
	contact: string;
	/** What of its entitlements is the customer's to switch; what is off is not in `entitlements`. [P7] */
	switches?: LicenseSwitch[];
	/** Where the product is bought, and where its prices are. */
	storeUrl?: string;
	pricingUrl?: string;
	/** What the customer's people have noted on it. [CH1] */
	note?: ChangedText;
	/** The license key as armoured `.kflic` text, where the reader's role needs it. */
	key?: string;
	revision: number;
};

/** An activation as every desk of its customer mirrors it. */
export type ActivationRow = {
	/** `act`. */
	id: string;
	customerId: string;
	licenseId: string;
	/** As people call the machine, else as its request does: host or asset tag. */
	label?: string;
	/** As its request calls it, where people call it otherwise: its files go by that. */
	requestLabel?: string;
	/** Where it stands, as people call that, else as its request does: a name that groups machines of a customer. */
	site?: string;
	/** As its request calls that, where people call it otherwise. */
	requestSite?: string;
	/** Its system, as its requests say. [P11] */
	os?: string;
	/** The product's version, as its requests say. */
	version?: string;
	/** Who changed label and site last, and to what. [CH1] */
	texts?: ActivationTexts;
	/** Who asked, as the request says. */
	name: string;
	generation: number;
	state: ActivationState;
	/** While it cools: when its seat is free at the latest. [SE5] */
	coolsUntil?: Seconds;
	grantedAt: Seconds;
	/** When something that its key has signed reached the hub last; absent: when it was granted. [P11] */
	heardAt?: Seconds;
	expiresAt?: Seconds;
	/** It was recorded when no seat was free. [SE4] */
	overage?: true;
	/** `jti` of the newest request. */
	request: string;
	/** Hashes of the components by which its machine is found: see `anchorsOf`. */
	parts?: string[];
	/** Requests that showed other components than its fingerprint. [MA5] */
	changes?: FingerprintChange[];
	/** `act` of an activation that looks like the same machine. [MA5] */
	twin?: string;
	revision: number;
};

/** The hub's answer to a request, whoever brought it. [RE1, O11] */
export type AnswerRow = {
	/** `jti` of the request. */
	request: string;
	customerId: string;
	licenseId: string;
	state: RequestStanding;
	/** Armoured text: an activation file, the newest of the activation, or a refusal file. */
	file: string;
	/** While it waits for a seat: until then at most. */
	waitingUntil?: Seconds;
	revision: number;
};

/** What the hub made of a request. `waiting`: refused, and to be granted once a seat is free. [RE1] */
export type RequestStanding = 'granted' | 'refused' | 'waiting';

/** A block of seats set aside for a desk, as every desk of its customer mirrors it. [AL1] */
export type AllotmentRow = {
	/** `jti` of its token. */
	id: string;
	customerId: string;
	licenseId: string;
	/** What people call the desk, and who used it. */
	desk: string;
	userName: string;
	/** Thumbprint of the desk's key: a desk knows its own by it. */
	jkt: string;
	max: number;
	/** Slots whose seats are still set aside. */
	reserved: number;
	state: AllotmentState;
	issueUntil: Seconds;
	filesUntil: Seconds;
	/** Slots drawn twice, with the signatures that prove it. [AL5] */
	contested?: { slot: number; draws: { label?: string; token: string }[] }[];
	/** Armoured text: the allotment file. */
	file: string;
	revision: number;
};

/** The hub's signed answer to a return, whoever brought it. [SE5] */
export type ReceiptRow = {
	/** `act` of the activation that was given back. */
	act: string;
	customerId: string;
	licenseId: string;
	/** Armoured text: a receipt file. */
	file: string;
	revision: number;
};
