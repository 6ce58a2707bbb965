/**
 * The port that a site server is served on, as its pages need it.
 *
 * @module
 */
import type { Language } from '#lib/messages/words/message.ts';
import type { SiteFinding } from '#lib/protocol/site.ts';
import type { GivenReach } from '#server/reach/said-reach.ts';

/** The port that the site is served on, and what the command line said of it. */
export type AdminPort = {
	/** Where it listens. */
	listening: () => string;
	/** Whether it listens to its own machine alone. */
	isLocalOnly: boolean;
	/** Names and addresses that other machines may know it by. */
	names: () => string[];
	given: GivenReach;
	/** Answers encrypted lines too, from now on. */
	useTls: (tls: { cert: string; key: string }) => void;
	/** What the server needs of its machine, line by line. */
	examine: (language: Language) => Promise<Omit<SiteFinding, 'title'>[]>;
};
