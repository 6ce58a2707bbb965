/**
 * What a courier brings to a hub: requests and returns, found in files, folders and pasted texts.
 *
 * @module
 */
import { dirname } from 'node:path';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { activationStem, fileStem } from '#lib/formats/file-name.ts';
import { joinTokens, readFiles, type TokenFile } from '#lib/formats/file.ts';
import { isPushFile } from '#lib/formats/push.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import { isFolder, readNamed } from './texts.ts';

/** A request or a return, on its way to the hub. */
export type Errand = {
	kind: 'request' | 'return';
	/** What the hub keys it by: `jti` of a request, `act` of a return. */
	id: string;
	label?: string;
	number: string;
	/** Its tokens, joined. */
	text: string;
	/** The stem that its own file has by rule. [FI4] */
	stem: string;
	/** The stems of returns that a request carries, by `act`. */
	carried: Map<string, string>;
};

/** Something that was brought: an errand, the push of a desk, or a file in which there is none. */
export type Brought = {
	source: string;
	/** Where its answer goes. */
	folder: string;
	/** The name that a person gave its file, which the answer shares; of one in several none. */
	named?: string;
} & ({ errand: Errand } | { push: string } | { refusal: Refusal });

/** @param input - A file, a folder, or `-` for standard input. */
export function findErrands(input: string): Brought[] {
	const isStdin = input === '-';
	const folder = isStdin ? '.' : isFolder(input) ? input : dirname(input);
	return readNamed(input)
		.filter(({ source }) => !isFolder(input) || !isAnswer(source))
		.flatMap(({ source, text }) => {
			const place = { source, folder };
			if (isPushFile(text)) return [{ ...place, push: text }];
			const files = readFiles(text);
			if (files.length === 0)
				return [{ ...place, refusal: refuse('FILE_MALFORMED', { reason: 'nothing-found' }) }];
			const named = isStdin || files.length > 1 ? undefined : source;
			return files.map((file): Brought => {
				const errand = isRefusal(file) ? file : readErrand(file);
				return isRefusal(errand) ? { ...place, refusal: errand } : { ...place, named, errand };
			});
		});
}

/** A folder holds the answers of an earlier run too. */
function isAnswer(name: string): boolean {
	return /\.(kfact|kfref|kfrcp|kflic|kftrust)(\.txt)?$/i.test(name);
}

/** What one file asks of a hub. */
export function readErrand(file: TokenFile): Errand | Refusal {
	const { body, activation } = file;
	if (body.type === 'activation-request') return readRequest(file);
	if (body.type === 'return' && activation) return readReturn(file);
	const expected = ['activation-request', 'return'];
	return refuse('TOKEN_TYPE_UNEXPECTED', { expected, found: body.type });
}

function readRequest(file: TokenFile): Errand | Refusal {
	const claims = parseClaims('activation-request', file.body.payload);
	if (isRefusal(claims)) return claims;
	const { jti: id, label, num: number } = claims;
	const carried = new Map<string, string>();
	for (const each of file.returns ?? []) {
		const read = readReturn(each);
		if (isRefusal(read)) return read;
		carried.set(read.id, read.stem);
	}
	const stem = fileStem({ label, number, request: id });
	return { kind: 'request', id, label, number, text: joinTokens(file), stem, carried };
}

function readReturn(file: TokenFile): Errand | Refusal {
	const claims = parseClaims('activation', file.activation?.payload);
	if (isRefusal(claims)) return claims;
	const { act: id, label, num: number } = claims;
	const stem = activationStem(claims);
	return { kind: 'return', id, label, number, text: joinTokens(file), stem, carried: new Map() };
}
