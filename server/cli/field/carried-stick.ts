/** What a stick says of itself: whose it is, and which of its files did not come along. [SK2] */
import type { StickHead } from '#lib/formats/stick-index.ts';
import type { NamedText } from '#lib/sdk/node/files.ts';

export type CarriedStick = StickHead & {
	source: string;
	outcome: 'stick';
	/** How many files its index names, and those of them that are not there. */
	files: number;
	missing: string[];
};

const MISSING_NAMED = 5;

export function sticksAmong(pieces: readonly NamedText[]): CarriedStick[] {
	const there = new Set(pieces.map(({ source }) => source));
	return pieces.flatMap(({ source, stick }): CarriedStick[] => {
		if (!stick) return [];
		const { files, ...head } = stick;
		// In an archive `stick.zip › index.txt`, in a folder by its path in there.
		const beside = source.replace(/[^/\\›]+$/, source.includes('›') ? ' ' : '');
		const missing = files.filter((name) => !there.has(`${beside}${name}`));
		return [{ source, outcome: 'stick', ...head, files: files.length, missing }];
	});
}

export function describeStick({ customer, site, day, files }: CarriedStick): string {
	return `Stick for ${[customer, site].filter(Boolean).join(', ')}, of ${day}: ${files} files.`;
}

export function describeMissing({ source, missing }: CarriedStick): string[] {
	if (missing.length === 0) return [];
	const named = missing.slice(0, MISSING_NAMED).join(', ');
	const more = missing.length > MISSING_NAMED ? ', …' : '';
	return [
		`${source} names ${missing.length} files that are not here: ${named}${more}.`,
		'  Next: copy the stick again, whole.'
	];
}
