/** One line of the table, and of `bench/out/results.json`. */
export type Result = {
	name: string;
	/** What our code reached. */
	figure: number;
	unit: string;
	/** What the raw work reached in the same run, in the same unit. */
	raw: number;
	ratio: number;
	/** What is asked, in words. */
	bar: string;
	reached: boolean;
};
