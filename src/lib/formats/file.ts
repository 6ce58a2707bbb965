/**
 * Files: tokens in an order that leads from a root to what the file is about. [FI5]
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { type ArmourBlock, findBlocks, readArmour } from './armour.ts';
import { fileKinds, writeArmour } from './write-armour.ts';
import { decodeToken, type DecodedToken } from './jws.ts';
import type { TokenType } from './tokens.ts';

/** A file whose tokens are well formed and in an allowed order. Nothing in it is verified. */
export type TokenFile = {
	/** Roots and voided hub keys, where they ride along. */
	trust?: DecodedToken<'trust'>;
	/** Retired activations, with the hub key that signed them. */
	revocation?: { key?: DecodedToken<'hub-key'>; token: DecodedToken<'revocation'> };
	/** The hub key that signed the body. Absent in what a machine signs, and in bare tokens. */
	key?: DecodedToken<'hub-key'>;
	/** The block of seats that a desk drew the activation from, or closes. [AL3] */
	allotment?: DecodedToken<'allotment'>;
	/** The activation that a return gives back, or whose machine reports its use. */
	activation?: DecodedToken<'activation'>;
	/** Return files that a request carries along; they are applied before it. [MA4] */
	returns?: TokenFile[];
	/** The last token: what the file is about. */
	body: DecodedToken;
};

// A lease below a hub key is well formed, and verified by nobody: leases are not carried. [FI7]
// [trust ~] [hub-key ~ revocation ~] hub-key ~ body; a single token of any type stands for a file.
const GRAMMAR =
	/^((trust )?(hub-key revocation )?hub-key (license|(allotment )?activation( return| usage)?|refusal|receipt|lease|allotment( close)?)|(hub-key (allotment )?activation return )+activation-request|hub-key revocation|[a-z-]+)$/;

/** Reads armour or bare tokens. */
export function readFile(text: string): TokenFile | Refusal {
	const block = readArmour(text);
	return isRefusal(block) ? block : readBlock(block);
}

/** Reads every file of a text: one paste may hold several. */
export function readFiles(text: string): (TokenFile | Refusal)[] {
	return findBlocks(text).map((block) => (isRefusal(block) ? block : readBlock(block)));
}

/** The tokens of a file, joined by `~`: what commands and QR readers pass on. */
export function joinTokens(file: TokenFile): string {
	return fileTokens(file)
		.map((token) => token.text)
		.join('~');
}

export function fileTokens(file: TokenFile): DecodedToken[] {
	const { trust, revocation, key, allotment, activation, returns = [], body } = file;
	return [
		...returns.flatMap(fileTokens),
		trust,
		revocation?.key,
		revocation?.token,
		key,
		allotment,
		activation,
		body
	].filter((token) => token !== undefined);
}

/** Armours tokens that are already in order. @param lines - For people; see {@link writeArmour}. */
export function writeFile(tokens: readonly string[], lines: readonly string[]): string {
	const last = decodeToken(tokens.at(-1) ?? '');
	if (isRefusal(last)) throw new Error(`not a token: ${last.refused}`);
	return writeArmour(last.type, tokens, lines);
}

function readBlock({ label, tokens }: ArmourBlock): TokenFile | Refusal {
	const decoded: DecodedToken[] = [];
	for (const text of tokens) {
		const token = decodeToken(text);
		if (isRefusal(token)) return token;
		decoded.push(token);
	}
	const types = decoded.map(({ type }) => type).join(' ');
	const body = decoded.at(-1);
	if (!body || !GRAMMAR.test(types)) return refuse('FILE_MALFORMED', { reason: 'order' });
	// Of a lease, which no file carries, the type is what is wrong, whatever stands above it.
	const isLabelled = label !== undefined && body.type !== 'lease';
	if (isLabelled && label !== fileKinds[body.type].label)
		return refuse('FILE_MALFORMED', { reason: 'label' });
	return arrange(decoded, body);
}

/** Names the parts. The grammar has settled which types can stand where. */
function arrange(decoded: readonly DecodedToken[], body: DecodedToken): TokenFile {
	const before = decoded.slice(0, -1);
	if (body.type === 'activation-request' && before.length > 0)
		return { returns: arrangeReturns(before), body };
	const activation = only(before.at(-1), 'activation');
	if (activation) return { ...arrange(before, activation), activation, body };
	const allotment = only(before.at(-1), 'allotment');
	if (allotment) return { ...arrange(before, allotment), allotment, body };
	const revocationAt = before.findIndex(({ type }) => type === 'revocation');
	const trust = only(before[0], 'trust');
	const key = only(before.at(-1), 'hub-key');
	if (revocationAt < 0) return { trust, key, body };
	const token = only(before[revocationAt], 'revocation')!;
	return {
		trust,
		revocation: { key: only(before[revocationAt - 1], 'hub-key'), token },
		key,
		body
	};
}

function arrangeReturns(tokens: readonly DecodedToken[]): TokenFile[] {
	const files: TokenFile[] = [];
	let from = 0;
	for (const [at, token] of tokens.entries()) {
		if (token.type !== 'return') continue;
		files.push(arrange(tokens.slice(from, at + 1), token));
		from = at + 1;
	}
	return files;
}

function only<T extends TokenType>(token: DecodedToken | undefined, type: T) {
	// Sound: the type field is compared, and it is what T describes.
	return token?.type === type ? (token as DecodedToken<T>) : undefined;
}
