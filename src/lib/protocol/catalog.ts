/**
 * The catalog and the customers, as the hub lists them to the vendor's people.
 *
 * @module
 */
import type { Seconds } from '#lib/domain/time.ts';

/** What a license can switch on in a product. */
export type Entitlement = {
	/** As files say it. */
	code: string;
	/** As people read it. */
	title: string;
	/** Customers switch it by themselves, where their license has it. [P7] */
	switch?: true;
	/** The version of the product that it works from: `5.2`. [P7] */
	since?: string;
	/** New licenses have it, unless their order says which they have. */
	included?: true;
};

export type LicenseDefaults = {
	edition?: string;
	seats?: number;
	clients?: number;
	versions?: { from: number; to: number };
	/** Maintenance and expiry end so many days after the license is issued. */
	maintenanceDays?: number;
	expiryDays?: number;
};

export type ListedProduct = {
	slug: string;
	title: string;
	contact: string;
	isServer: boolean;
	storeUrl?: string;
	pricingUrl?: string;
	entitlements: Entitlement[];
	defaults: LicenseDefaults;
	archivedAt?: Seconds;
};

/** How a product was used at one site of a customer, in the last 30 days that it has reported. [US3] */
export type ReportedUse = {
	/** What the site server is called, and what tells it from others of that name. */
	site: string;
	id: string;
	product: string;
	title: string;
	/** Allowed at once, as the newest report says. */
	clients: number;
	peak: number;
	denied: number;
	waiting: number;
	/** The end of the last hour that was reported. */
	until: Seconds;
};

export type ListedCustomer = {
	id: string;
	name: string;
	contacts: string[];
	note: string;
	archivedAt?: Seconds;
	createdAt: Seconds;
	/** How many licenses it has. */
	licenses: number;
};
