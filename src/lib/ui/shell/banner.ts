/** What concerns every screen, and what may be done about it. */
export type Banner = {
	text: string;
	/** Read out at once. */
	isUrgent?: boolean;
	next?: { name: string; href?: string; act?: () => unknown };
};
