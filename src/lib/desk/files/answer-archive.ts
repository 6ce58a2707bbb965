/**
 * Answers in one archive: named by customer and day, so that whoever finds it on a stick weeks later
 * knows whose it is. Answers of several customers lie in a folder each. [FI4, DK7]
 *
 * @module
 */
import { folderName, portableName } from '#lib/formats/file-name.ts';
import { freeName, uniqueNames, type ArchivedFile } from '#lib/formats/unique-names.ts';

export type ArchivedAnswer = {
	fileName: string;
	text: string;
	/** The organization that its license belongs to, where it is known. */
	customer?: string;
};

/** Where it is not known whose an answer is. */
const UNKNOWN = 'other';

/** What the files are, in the name of their archive. */
export type Carrying = 'answers' | 'requests';

/**
 * @param day - `2026-11-29`.
 * @returns The name of the archive, and what is in it. A single answer is no archive but itself.
 */
export function packAnswers(
	answers: readonly ArchivedAnswer[],
	day: string,
	carrying: Carrying = 'answers'
): { fileName: string; files: ArchivedFile[] } {
	const byCustomer = new Map<string, ArchivedAnswer[]>();
	for (const answer of answers) {
		const customer = answer.customer?.trim() ?? '';
		byCustomer.set(customer, [...(byCustomer.get(customer) ?? []), answer]);
	}
	const [first = ''] = byCustomer.keys();
	if (byCustomer.size <= 1) {
		const files = uniqueNames(answers);
		const [only] = files;
		if (only && files.length === 1) return { fileName: only.name, files };
		return { fileName: archiveName(folderName(first), day, carrying), files };
	}
	const taken = new Set<string>();
	const files = [...byCustomer].flatMap(([customer, rows]) => {
		const folder = freeName(folderName(customer) || UNKNOWN, (name) => !taken.has(name));
		taken.add(folder);
		return uniqueNames(rows).map(({ name, text }) => ({ name: `${folder}/${name}`, text }));
	});
	return { fileName: archiveName('', day, carrying), files };
}

function archiveName(customer: string, day: string, carrying: Carrying): string {
	// What goes back is what is named most; what goes out says that it is not that.
	const named = carrying === 'answers' ? customer : customer && `${customer}-${carrying}`;
	return portableName(`${named || `keyferry-${carrying}`}-${day}.zip`);
}
