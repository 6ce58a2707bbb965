/**
 * Names of files that go into one folder, never two under one name. [FI4]
 *
 * @module
 */
export type ArchivedFile = { name: string; text: string };

/** A name that is taken by another text gets a number; the same text twice is one file. */
export function uniqueNames(rows: readonly { fileName: string; text: string }[]): ArchivedFile[] {
	const taken = new Map<string, string>();
	return rows.flatMap(({ fileName, text }) => {
		const name = freeName(fileName, (candidate) => {
			// File systems of sticks do not tell upper from lower case.
			const holder = taken.get(candidate.toLowerCase());
			return holder === undefined || holder === text;
		});
		if (taken.get(name.toLowerCase()) === text) return [];
		taken.set(name.toLowerCase(), text);
		return [{ name, text }];
	});
}

/** The name itself, else the same with the first number that is free. */
export function freeName(name: string, isFree: (candidate: string) => boolean): string {
	for (let number = 1; ; number++) {
		const candidate = number === 1 ? name : numbered(name, number);
		if (isFree(candidate)) return candidate;
	}
}

export function numbered(name: string, number: number): string {
	const dot = name.lastIndexOf('.');
	return dot < 0 ? `${name}-${number}` : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
}
