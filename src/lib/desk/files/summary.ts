/**
 * What a file says, in the words that screens show: read from its last token, verified or not.
 *
 * @module
 */
import { utcDay } from '#lib/domain/calendar.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { TokenFile } from '#lib/formats/file.ts';
import { parseClaims, type Claims, type TokenType } from '#lib/formats/tokens.ts';
import type { FileSummary } from '#lib/desk/store/file-rows.ts';

/** The last token of a file with its claims, told apart by type. */
export type Body = { [T in TokenType]: { type: T; claims: Claims[T] } }[TokenType];

export function readBody({ body }: TokenFile): Body | Refusal {
	const claims = parseClaims(body.type, body.payload);
	// Sound: `parseClaims` used the schema of this very type.
	return isRefusal(claims) ? claims : ({ type: body.type, claims } as Body);
}

/** @param activation - What a return gives back: it says whose machine and which license. */
export function summarize(
	body: Body,
	{ activation }: Pick<TokenFile, 'activation'> = {}
): FileSummary {
	switch (body.type) {
		case 'license':
			return summarizeLicense(body.claims);
		case 'activation-request':
			return summarizeRequest(body.claims);
		case 'activation':
			return summarizeActivation(body.claims);
		case 'refusal':
			return summarizeRefusal(body.claims);
		case 'allotment':
			return { ...summarizeTerms(body.claims), seats: body.claims.max, madeAt: body.claims.iat };
		case 'hub-key':
		case 'trust':
		case 'revocation':
		case 'close':
		case 'push':
		case 'lease':
		case 'usage':
			return { madeAt: body.claims.iat };
		case 'return':
			return summarizeReturn(body.claims, activation);
		case 'receipt':
			return summarizeReceipt(body.claims);
	}
}

/** `jti` of the request or return that a file answers. */
export function answeredRequest(body: Body): string | undefined {
	if (body.type === 'receipt') return body.claims.ret;
	return body.type === 'activation' || body.type === 'refusal' ? body.claims.req : undefined;
}

function summarizeLicense(claims: Claims['license']): FileSummary {
	return {
		...summarizeTerms(claims),
		seats: claims.seats,
		madeAt: claims.iat,
		expiresAt: claims.exp
	};
}

function summarizeRequest(claims: Claims['activation-request']): FileSummary {
	return {
		number: claims.num,
		label: claims.label,
		name: claims.name,
		organization: claims.org,
		site: claims.site,
		madeAt: claims.iat,
		version: claims.pv,
		os: claims.os,
		virtual: claims.vm,
		fingerprint: claims.fp,
		heldByDesk: claims.held === 'desk'
	};
}

function summarizeActivation(claims: Claims['activation']): FileSummary {
	return {
		...summarizeTerms(claims),
		label: claims.label,
		name: claims.name,
		madeAt: claims.iat,
		expiresAt: claims.exp,
		fingerprint: claims.fp,
		heldByDesk: claims.held === 'desk',
		act: claims.act,
		generation: claims.gen,
		allotment: claims.allot,
		slot: claims.slot,
		request: claims.req
	};
}

function summarizeReturn(
	{ act, gen: generation, iat: madeAt }: Claims['return'],
	activation: TokenFile['activation']
): FileSummary {
	const claims = activation && parseClaims('activation', activation.payload);
	const given = claims && !isRefusal(claims) ? summarizeActivation(claims) : {};
	return { ...given, request: undefined, act, generation, madeAt };
}

function summarizeReceipt({
	act,
	freed,
	iat: madeAt,
	iss: hub,
	ret: request
}: Claims['receipt']): FileSummary {
	return { act, freed, madeAt, hub, request };
}

function summarizeRefusal({ code, facts, iat, iss, req }: Claims['refusal']): FileSummary {
	const number = typeof facts.number === 'string' ? facts.number : undefined;
	const contact = typeof facts.contact === 'string' ? facts.contact : undefined;
	// Sound for display only: a newer hub may use codes and facts that this version does not know.
	const refusal = { refused: code, facts } as unknown as Refusal;
	return { number, contact, madeAt: iat, hub: iss, request: req, refusal };
}

function summarizeTerms(terms: Claims['license' | 'activation' | 'allotment']): FileSummary {
	return {
		product: terms.title,
		number: terms.num,
		organization: terms.org,
		edition: terms.ed,
		entitlements: terms.ent,
		clients: terms.clients,
		versions: terms.ver,
		maintainedUntil: terms.mnt,
		contact: terms.contact,
		hub: terms.iss
	};
}

/** The few lines above the armour, for people. [FI4] */
export function readableLines(summary: FileSummary): string[] {
	return [
		['Keyferry', summary.product].filter(Boolean).join(' · '),
		[summary.number, summary.label].filter(Boolean).join(' · '),
		[summary.name, summary.organization].filter(Boolean).join(' · '),
		summary.madeAt === undefined ? '' : utcDay(summary.madeAt)
	].filter((line) => line !== '');
}
