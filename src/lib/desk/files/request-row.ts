/**
 * Rows of what waits to be submitted, read from the files themselves.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { activationStem, fileName, requestFileName } from '#lib/formats/file-name.ts';
import type { TokenFile } from '#lib/formats/file.ts';
import { parseClaims } from '#lib/formats/tokens.ts';
import type { StoredRequest } from '#lib/desk/store/file-rows.ts';
import { readBody, summarize, type Body } from './summary.ts';

/** @returns `undefined` where the file is neither a request nor a return. */
export function requestRow(
	file: TokenFile,
	body: Body,
	rest: Pick<StoredRequest, 'text' | 'origin' | 'storedAt'>
): StoredRequest | undefined {
	const { jti } = body.claims;
	const summary = summarize(body, file);
	if (body.type === 'activation-request') {
		const { num: number } = body.claims;
		const row = { jti, number, summary, fileName: requestFileName(body.claims), ...rest };
		return file.returns ? { ...row, carries: receiptNames(file.returns) } : row;
	}
	const stem = stemOfReturn(file);
	if (body.type !== 'return' || stem === undefined) return undefined;
	const { number = '' } = summary;
	return { jti, kind: 'return', number, summary, fileName: fileName('return', stem), ...rest };
}

/** Of the activation that is given back, so that all files about it lie side by side. [FI4] */
function stemOfReturn({ activation }: TokenFile): string | undefined {
	const claims = activation && parseClaims('activation', activation.payload);
	return claims && !isRefusal(claims) ? activationStem(claims) : undefined;
}

function receiptNames(returns: readonly TokenFile[]): Record<string, string> {
	return Object.fromEntries(
		returns.flatMap((file) => {
			const body = readBody(file);
			const stem = stemOfReturn(file);
			if (isRefusal(body) || stem === undefined) return [];
			return [[body.claims.jti, fileName('receipt', stem)]];
		})
	);
}
