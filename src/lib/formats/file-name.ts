/**
 * File names that tell a person which answer belongs to which request. [FI4]
 *
 * @module
 */
import { fileKinds } from './write-armour.ts';
import type { Claims, TokenType } from './tokens.ts';

const LABEL_LENGTH_LIMIT = 40;

/**
 * `<label>_<last group of the number>_<last 6 of the request's jti>`: a request and its answer have
 * the same stem, so they lie side by side in a folder of forty.
 */
export function fileStem({
	label,
	number,
	request
}: {
	label?: string;
	number: string;
	request: string;
}): string {
	const reduced = readable(label ?? '');
	return `${reduced || 'machine'}_${number.split('-').at(-1) ?? ''}_${request.slice(-6)}`;
}

/**
 * Letters and digits of any script, as they are; accents of Latin letters go, and whatever else there is
 * becomes a dash. As the stem goes on after it, no device of Windows has its name.
 */
function readable(label: string): string {
	const kept = label
		.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
		.normalize('NFKD')
		.replace(/(?<=[A-Za-z])\p{Mn}+/gu, '')
		.normalize('NFC')
		.replace(/[^\p{L}\p{N}\p{M}]+/gu, '-');
	return Array.from(kept)
		.slice(0, LABEL_LENGTH_LIMIT)
		.join('')
		.replace(/^[-\p{M}]+|-+$/gu, '');
}

/** What a folder or an archive is called after an organization; empty where nothing of its name is left. */
export function folderName(organization: string): string {
	const name = readable(organization).toLowerCase();
	return name && portableName(name);
}

export function fileName(type: TokenType, stem: string): string {
	return portableName(`${stem}.${fileKinds[type].extension}`);
}

/** With room for a number behind it, in file systems that count 255 bytes. */
const NAME_BYTES_LIMIT = 200;

/** What leads to another folder, or what some system does not take in a name. */
const UNPORTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu;

/** Devices on Windows, whatever extension follows. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])[ .]*(\.|$)/i;

/**
 * A name that stays in the folder it is written to, on every system, whoever thought of it: it came in
 * a claim, an archive or an export. One that is in order stays as it is. [FI4]
 */
export function portableName(name: string): string {
	const cleaned = name
		.replace(UNPORTABLE, '-')
		.replace(/^[. ]+/, '')
		.replace(/[. ]+$/, '');
	const [, stem = '', extension = ''] = /^(.*?)(\.[A-Za-z0-9]{1,16})?$/s.exec(cleaned) ?? [];
	const room = NAME_BYTES_LIMIT - extension.length;
	const kept = cutToBytes(DEVICE.test(cleaned) ? `_${stem}` : stem, room);
	return `${kept || 'file'}${extension}`;
}

function cutToBytes(text: string, limit: number): string {
	const bytes = new TextEncoder().encode(text);
	if (bytes.length <= limit) return text;
	// A sign that is cut in two becomes nothing.
	return new TextDecoder().decode(bytes.subarray(0, limit)).replace(/\uFFFD+$/, '');
}

export function requestFileName(claims: Claims['activation-request']): string {
	const stem = fileStem({ label: claims.label, number: claims.num, request: claims.jti });
	return fileName('activation-request', stem);
}

/**
 * An answer lies beside the request or return that it answers, under the same stem. [FI4]
 *
 * @param asked - The name of that file, without its folder.
 */
export function answerName(asked: string, type: TokenType): string {
	return fileName(type, asked.replace(/(\.kfre[qt])?(\.txt)?$/i, ''));
}

/** Of all files about one activation: its own, its return and the receipt. */
export function activationStem({ label, num: number, req: request }: Claims['activation']): string {
	return fileStem({ label, number, request });
}

/** What systems leave on sticks and in archives, and what hides there: nobody carries it on purpose. */
export function isLeftBySystem(path: string): boolean {
	return path
		.split(/[/\\]/)
		.some((name) => name === '__MACOSX' || name === 'desktop.ini' || /^\.[^./\\]/.test(name));
}
