/**
 * What a file says, in the words that screens show: read from its last token, verified or not.
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { TokenFile } from '#lib/formats/file.ts';
import { parseClaims, type Claims, type TokenType } from '#lib/formats/tokens.ts';
import type { Said } from '#lib/desk/store/file-rows.ts';

/** The last token of a file with its claims, told apart by type. */
export type Body = { [T in TokenType]: { type: T; claims: Claims[T] } }[TokenType];

export function readBody({ body }: TokenFile): Body | Refusal {
	const claims = parseClaims(body.type, body.payload);
	// Sound: `parseClaims` used the schema of this very type.
	return isRefusal(claims) ? claims : ({ type: body.type, claims } as Body);
}

/** @param activation - What a return gives back: it says whose machine and which license. */
export function summarize(body: Body, { activation }: Pick<TokenFile, 'activation'> = {}): Said {
	switch (body.type) {
		case 'license':
			return sayLicense(body.claims);
		case 'activation-request':
			return sayRequest(body.claims);
		case 'activation':
			return sayActivation(body.claims);
		case 'refusal':
			return sayRefusal(body.claims);
		case 'allotment':
			return { ...sayTerms(body.claims), seats: body.claims.max, madeAt: body.claims.iat };
		case 'hub-key':
		case 'trust':
		case 'revocation':
		case 'close':
		case 'push':
			return { madeAt: body.claims.iat };
		case 'return':
			return sayReturn(body.claims, activation);
		case 'receipt':
			return sayReceipt(body.claims);
	}
}

/** `jti` of the request or return that a file answers. */
export function answeredRequest(body: Body): string | undefined {
	if (body.type === 'receipt') return body.claims.ret;
	return body.type === 'activation' || body.type === 'refusal' ? body.claims.req : undefined;
}

function sayLicense(claims: Claims['license']): Said {
	return { ...sayTerms(claims), seats: claims.seats, madeAt: claims.iat, expiresAt: claims.exp };
}

function sayRequest(claims: Claims['activation-request']): Said {
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

function sayActivation(claims: Claims['activation']): Said {
	return {
		...sayTerms(claims),
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

function sayReturn(
	{ act, gen: generation, iat: madeAt }: Claims['return'],
	activation: TokenFile['activation']
): Said {
	const claims = activation && parseClaims('activation', activation.payload);
	const given = claims && !isRefusal(claims) ? sayActivation(claims) : {};
	return { ...given, request: undefined, act, generation, madeAt };
}

function sayReceipt({ act, freed, iat: madeAt, iss: hub, ret: request }: Claims['receipt']): Said {
	return { act, freed, madeAt, hub, request };
}

function sayRefusal({ code, facts, iat, iss, req }: Claims['refusal']): Said {
	const number = typeof facts.number === 'string' ? facts.number : undefined;
	const contact = typeof facts.contact === 'string' ? facts.contact : undefined;
	// Sound for display only: a newer hub may use codes and facts that this version does not know.
	const no = { refused: code, facts } as unknown as Refusal;
	return { number, contact, madeAt: iat, hub: iss, request: req, no };
}

function sayTerms(terms: Claims['license' | 'activation' | 'allotment']): Said {
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
export function readableLines(said: Said): string[] {
	const made = said.madeAt === undefined ? '' : new Date(said.madeAt * 1000).toISOString();
	return [
		['Keyferry', said.product].filter(Boolean).join(' · '),
		[said.number, said.label].filter(Boolean).join(' · '),
		[said.name, said.organization].filter(Boolean).join(' · '),
		made.slice(0, 10)
	].filter((line) => line !== '');
}

/** What is neither armour nor tokens belongs to somebody else; the rest of these is damage. */
export function isForeign(refusal: Refusal): boolean {
	return refusal.refused === 'FILE_MALFORMED' && refusal.facts.reason === 'nothing-found';
}
