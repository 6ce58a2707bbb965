/**
 * A stick: all that is new for the machines of one site, in one archive with an index. Named by customer,
 * site and day; more files than an archive may hold are several. [SK1]
 *
 * @module
 */
import type { StickFile } from '../protocol/stick.ts';
import { fileName, fileStem, folderName, portableName } from './file-name.ts';
import { STICK_INDEX, writeStickIndex, type StickHead } from './stick-index.ts';
import { uniqueNames } from './unique-names.ts';
import { writeZip, ZIP_ENTRY_LIMIT } from './zip.ts';

/** What the index says, in the language of whoever makes the stick. */
export type StickWords = {
	howTo: readonly string[];
	columns: { file: string; kind: string; machine: string; product: string; license: string };
	kind: Record<StickFile['kind'], string>;
	everybody: string;
};

export type Stick = {
	fileName: string;
	bytes: Uint8Array<ArrayBuffer>;
	/** Without the index. */
	files: number;
};

/** @param most - Files in one archive, with what every machine learns from in each. */
export function packSticks(
	head: StickHead,
	files: readonly StickFile[],
	words: StickWords,
	most = ZIP_ENTRY_LIMIT - 1
): Stick[] {
	const forAll = files.filter(isForAll);
	const own = files.filter((file) => !isForAll(file));
	const room = Math.max(1, most - forAll.length);
	const parts = Math.max(1, Math.ceil(own.length / room));
	return Array.from({ length: parts }, (_, at) => {
		const part = [...forAll, ...own.slice(at * room, (at + 1) * room)];
		const named = uniqueNames(part.map((file) => ({ ...file, fileName: nameOf(file) })));
		const byText = new Map(part.map((file) => [file.text, file]));
		const { columns } = words;
		const rows = named.map(({ name, text }) => describe(name, byText.get(text)!, words));
		const top = [columns.file, columns.kind, columns.machine, columns.product, columns.license];
		const index = writeStickIndex(head, { lines: words.howTo, rows: [top, ...rows] });
		const encoder = new TextEncoder();
		const entries = [{ name: STICK_INDEX, text: index }, ...named];
		return {
			fileName: stickName(head, parts > 1 ? `_${at + 1}-${parts}` : ''),
			bytes: writeZip(entries.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }))),
			files: named.length
		};
	});
}

function isForAll({ kind }: StickFile): boolean {
	return kind === 'trust' || kind === 'revocation';
}

function describe(name: string, file: StickFile, { kind, everybody }: StickWords): string[] {
	const { machine = '', title = '', number = '' } = file;
	return [name, kind[file.kind], isForAll(file) ? everybody : machine, title, number];
}

function nameOf({ kind, label, number = '', request = '' }: StickFile): string {
	if (kind === 'trust') return fileName(kind, 'trust');
	if (kind === 'revocation') return fileName(kind, `retired_${number.split('-').at(-1) ?? ''}`);
	return fileName(kind, fileStem({ label, number, request }));
}

function stickName({ customer, site, day }: StickHead, part: string): string {
	const names = [folderName(customer) || 'keyferry', folderName(site), day].filter(Boolean);
	return portableName(`${names.join('_')}${part}.zip`);
}
