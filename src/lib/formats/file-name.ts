/**
 * File names that tell a person which answer belongs to which request. [FI4]
 *
 * @module
 */
import { fileKinds } from './armour.ts';
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
	const reduced = (label ?? '')
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replace(/[^A-Za-z0-9]+/g, '-')
		.slice(0, LABEL_LENGTH_LIMIT)
		.replace(/^-+|-+$/g, '');
	return `${reduced || 'machine'}_${number.split('-').at(-1) ?? ''}_${request.slice(-6)}`;
}

export function fileName(type: TokenType, stem: string): string {
	return `${stem}.${fileKinds[type].extension}`;
}

export function requestFileName(claims: Claims['activation-request']): string {
	const stem = fileStem({ label: claims.label, number: claims.num, request: claims.jti });
	return fileName('activation-request', stem);
}

/** An answer lies beside the request or return that it answers, under the same stem. [FI4] */
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
