/**
 * What a courier submits to a hub: requests, returns, usage reports, and what desks drew and closed,
 * found in files, folders and pasted texts.
 *
 * @module
 */
import { basename, dirname, join } from 'node:path';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isForeign } from '#lib/formats/armour.ts';
import { activationStem, fileStem } from '#lib/formats/file-name.ts';
import { joinTokens, readFiles, type TokenFile } from '#lib/formats/file.ts';
import { isPushFile } from '#lib/formats/push.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import { isFolder, readInputs } from '#server/cli/base/texts.ts';

/** A request or a fact, on its way to the hub. */
export type Submission = {
	/** `fact`: a draw or a close of a desk [SY10]; `usage`: the report of a site server [US3]. */
	kind: 'request' | 'return' | 'fact' | 'usage';
	/** What the hub keys it by: `act` of a return, `jti` of the others. */
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

/**
 * One thing to submit, the push of a desk, or a file in which there is neither; of a file in a folder
 * that is none of ours, its place alone.
 */
export type Parcel = {
	source: string;
	/** Where its answer goes. */
	folder: string;
	/** The name that a person gave its file, which the answer shares; of one in several none. */
	named?: string;
} & ({ submission: Submission } | { push: string } | { refusal: Refusal } | { isForeign: true });

/**
 * @param inputs - Files, archives, folders, or `-` for standard input.
 * @throws Where the only one cannot be read; of several, each has its line.
 */
export async function findParcels(inputs: readonly string[]): Promise<Parcel[]> {
	const parcels: Parcel[] = [];
	for (const input of inputs)
		try {
			parcels.push(...(await parcelsOf(input)));
		} catch (fault) {
			if (inputs.length === 1) throw fault;
			const refusal = refuse('FILE_MALFORMED', { reason: 'unreadable' });
			parcels.push({ source: input, folder: dirname(input), refusal });
		}
	return parcels;
}

async function parcelsOf(input: string): Promise<Parcel[]> {
	const isStdin = input === '-';
	const isWalked = !isStdin && isFolder(input);
	const top = isStdin ? '.' : isWalked ? input : dirname(input);
	const pieces = await readInputs([input]);
	return pieces.flatMap(({ source, text, refusal }): Parcel[] => {
		const [path = ''] = source.split(' › ');
		const place = { source, folder: isWalked ? dirname(join(top, path)) : top };
		if (refusal)
			return [
				isWalked && isForeign(refusal) ? { ...place, isForeign: true } : { ...place, refusal }
			];
		if (isWalked && isAnswer(source) && !isDrawn(text)) return [];
		if (isPushFile(text)) return [{ ...place, push: text }];
		const files = readFiles(text);
		// A name inside an archive leads nowhere here.
		const named = isStdin || files.length > 1 ? undefined : basename(source.replaceAll('\\', '/'));
		return files.map((file): Parcel => {
			const submission = isRefusal(file) ? file : readSubmission(file);
			return isRefusal(submission)
				? { ...place, refusal: submission }
				: { ...place, named, submission };
		});
	});
}

/** A folder holds the answers of an earlier run too. */
function isAnswer(name: string): boolean {
	return /\.(kfact|kfref|kfrcp|kflic|kftrust)(\.txt)?$/i.test(name);
}

/** An activation file that a desk made looks like an answer, and is news to the hub. */
function isDrawn(text: string): boolean {
	return readFiles(text).some((file) => !isRefusal(file) && isDraw(file));
}

function isDraw({ body, allotment }: TokenFile): boolean {
	return body.type === 'activation' && allotment !== undefined;
}

/** What one file asks of a hub. */
export function readSubmission(file: TokenFile): Submission | Refusal {
	const { body, activation } = file;
	if (body.type === 'activation-request') return readRequest(file);
	if (body.type === 'return' && activation) return readReturn(file);
	if (body.type === 'usage' && activation) return readReport(file);
	if (isDraw(file) || (body.type === 'close' && file.allotment)) return readFact(file);
	const expected = ['activation-request', 'return', 'close'];
	return refuse('TOKEN_TYPE_UNEXPECTED', { expected, found: body.type });
}

function readRequest(file: TokenFile): Submission | Refusal {
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

function readFact(file: TokenFile): Submission | Refusal {
	const claims =
		file.body.type === 'close'
			? parseClaims('allotment', file.allotment?.payload)
			: parseClaims('activation', file.body.payload);
	if (isRefusal(claims)) return claims;
	const { num: number } = claims;
	const about =
		'act' in claims
			? { id: claims.jti, label: claims.label, stem: activationStem(claims) }
			: { id: `close of ${claims.jti}`, stem: fileStem({ number, request: claims.jti }) };
	return { kind: 'fact', ...about, number, text: joinTokens(file), carried: new Map() };
}

function readReport(file: TokenFile): Submission | Refusal {
	const usage = parseClaims('usage', file.body.payload);
	if (isRefusal(usage)) return usage;
	const activation = parseClaims('activation', file.activation?.payload);
	if (isRefusal(activation)) return activation;
	const { jti: id, site: label } = usage;
	const { num: number } = activation;
	const stem = fileStem({ label, number, request: id });
	return { kind: 'usage', id, label, number, text: joinTokens(file), stem, carried: new Map() };
}

function readReturn(file: TokenFile): Submission | Refusal {
	const claims = parseClaims('activation', file.activation?.payload);
	if (isRefusal(claims)) return claims;
	const { act: id, label, num: number } = claims;
	const stem = activationStem(claims);
	return { kind: 'return', id, label, number, text: joinTokens(file), stem, carried: new Map() };
}
