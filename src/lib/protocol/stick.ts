/**
 * What is carried to one site: the files of its machines, and what all of them learn from. [SK1]
 *
 * @module
 */

/** A file for one machine, or one that every machine of the site learns from. */
export type StickFile = {
	kind: 'activation' | 'receipt' | 'refusal' | 'trust' | 'revocation';
	/** Armoured text. */
	text: string;
	/** What people call the machine. */
	machine?: string;
	/** What its request calls it, and the `jti` of that: its files go by both. [FI4] */
	label?: string;
	request?: string;
	/** Of the license, and the title of its product. */
	number?: string;
	title?: string;
};

/** A site of a customer, by its name; that of machines for which nobody has named one is empty. */
export type StickSite = {
	site: string;
	/** Machines that hold a seat there. */
	machines: number;
};

export type StickFiles = { customer: string; files: StickFile[] };
