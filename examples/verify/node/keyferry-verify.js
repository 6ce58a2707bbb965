// Verifies a Keyferry activation file with node:crypto alone. Copy this file into a product.
//
//   verify(text, { roots, product: 'atlas-server', version: '8.2', machine: { fp, vm } })
//
// returns the claims of the activation, or throws Refused with a stable code. The roots are the
// vendor's root keys, built into the product; never take them from the file.

import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

const FILE_LIMIT = 64 * 1024;
const TOKEN_LIMIT = 8 * 1024;
const DEPTH_LIMIT = 6;
const NEWEST_FORMAT = 1;
const GRACE_LIMIT = 365;

/** An expected "no": `code` is one of Keyferry's refusal codes and never renamed. */
export class Refused extends Error {
	constructor(code, detail = '') {
		super(`${code} ${detail}`.trim());
		this.code = code;
	}
}

const refuse = (code, detail) => {
	throw new Refused(code, detail);
};

// --- 1. Armour: the tokens between BEGIN and END, or the bare tokens ------------------------------

const labels = new Map([
	['license', 'LICENSE'],
	['activation-request', 'REQUEST'],
	['activation', 'ACTIVATION'],
	['refusal', 'REFUSAL'],
	['trust', 'TRUST'],
	['hub-key', 'HUB-KEY'],
	['revocation', 'REVOCATION'],
	['return', 'RETURN'],
	['receipt', 'RECEIPT'],
	['allotment', 'ALLOTMENT'],
	['close', 'CLOSE'],
	['push', 'PUSH']
]);

const BLANKS_AND_QUOTES =
	/[\t\n\v\f\r >|\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const MARK =
	/-{1,5}[ \t]{0,4}(BEGIN|END)\s{1,4}KEYFERRY\s{1,4}([A-Z]{1,12}(?:-[A-Z]{1,12})?)\s{0,4}-{1,5}/gi;

/** Without what nobody sees (category Cf); a dash is a hyphen, a long one two. */
function plainText(text) {
	return text
		.replace(/\p{Cf}+/gu, '')
		.replace(/[\u2014\u2015]/g, '--')
		.replace(/[\p{Pd}\u2212]/gu, '-');
}

/** However the text around the tokens was damaged; the tokens are as they were, or nothing. */
function readArmour(raw) {
	const text = plainText(raw);
	const marks = [...text.matchAll(MARK)].map((mark) => ({
		kind: mark[1].toUpperCase(),
		label: mark[2].toUpperCase(),
		from: mark.index,
		to: mark.index + mark[0].length
	}));
	const begins = marks.filter(({ kind }) => kind === 'BEGIN');
	if (begins.length > 1) refuse('FILE_MALFORMED', 'several blocks');
	const [begin] = begins;
	if (!begin) return { tokens: readBare(text) };
	const end = marks[marks.indexOf(begin) + 1];
	const body = text.slice(begin.to, end?.from).replace(BLANKS_AND_QUOTES, '');
	if (body.length > FILE_LIMIT) refuse('FILE_TOO_LARGE');
	if (end?.label !== begin.label) refuse('FILE_MALFORMED', 'no END line');
	if (!/^[A-Za-z0-9_.~-]*$/.test(body))
		refuse('FILE_MALFORMED', 'a character that does not belong there');
	return { label: begin.label, tokens: body.split('~') };
}

function readBare(text) {
	const start = text.indexOf('eyJ'); // base64url of `{"`: how every header begins
	const bare = start < 0 ? '' : text.slice(start).replace(BLANKS_AND_QUOTES, '');
	const [found] = /^[A-Za-z0-9_.~-]*/.exec(bare);
	let end = found.length;
	while (end > 0 && '.~'.includes(found[end - 1])) end--;
	const tokens = found.slice(0, end);
	if (!tokens.includes('.') || /[A-Za-z0-9=]/.test(bare.slice(found.length)))
		refuse('FILE_MALFORMED', 'nothing found');
	if (tokens.length > FILE_LIMIT) refuse('FILE_TOO_LARGE');
	return tokens.split('~');
}

// --- 2. One token, strictly, before any signature is looked at -------------------------------------

const HEADER = /^\{"alg":"EdDSA","typ":"([a-z-]{1,40})\+jwt","kid":"([A-Za-z0-9_-]{43})"\}$/;

function decodeToken(text) {
	const segments = text.split('.');
	if (text.length > TOKEN_LIMIT || segments.length !== 3 || segments.includes(''))
		refuse('TOKEN_MALFORMED', 'shape');
	const [header, payload, signature] = segments.map(decodeBase64url);
	if (signature.length !== 64) refuse('TOKEN_MALFORMED', 'signature length');
	const [headerText, payloadText] = [decodeUtf8(header), decodeUtf8(payload)];
	const [, type, kid] = HEADER.exec(headerText) ?? refuse('TOKEN_MALFORMED', 'header');
	if (!labels.has(type)) refuse('TOKEN_TYPE_UNEXPECTED', type);
	const claims = parseJson(payloadText);
	const signed = Buffer.from(text.slice(0, text.lastIndexOf('.')));
	return { type, kid, claims, signed, signature };
}

/** Canonical only: what decodes must encode to the same text again. */
function decodeBase64url(text) {
	const bytes = Buffer.from(text, 'base64url');
	return bytes.toString('base64url') === text ? bytes : refuse('TOKEN_MALFORMED', 'base64url');
}

function decodeUtf8(bytes) {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return refuse('TOKEN_MALFORMED', 'UTF-8');
	}
}

/**
 * JSON.parse keeps the last of two equal keys, so keys, depth and numbers are looked at first.
 * Numbers are whole and plain: 1.0 and 1e0 are integers to some languages and not to others. Texts
 * hold no control characters and no half of a surrogate pair.
 */
function parseJson(text) {
	const open = [];
	const pieces = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]|[-\d][\d+.eE-]*/gs;
	for (const [piece, string, colon] of text.matchAll(pieces)) {
		if (piece === '{' || piece === '[') open.push(new Set());
		else if (piece === '}' || piece === ']') open.pop();
		else if (string && /[\p{Cc}\p{Cs}]/u.test(parse(string))) refuse('TOKEN_MALFORMED', 'text');
		else if (string && colon) {
			const key = parse(string);
			if (key === '__proto__' || open.at(-1)?.has(key)) refuse('TOKEN_MALFORMED', 'keys');
			open.at(-1)?.add(key);
		} else if (!string && !isPlainInteger(piece)) refuse('TOKEN_MALFORMED', 'number');
		if (open.length > DEPTH_LIMIT) refuse('TOKEN_MALFORMED', 'depth');
	}
	return parse(text);
}

function isPlainInteger(text) {
	return /^(0|-?[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text));
}

function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return refuse('TOKEN_MALFORMED', 'JSON');
	}
}

// --- 3. Claims: exactly these; an unknown one is refused, so that none is overlooked ----------------

const matching = (pattern) => (value) => typeof value === 'string' && pattern.test(value);
const number =
	(low, high = Number.MAX_SAFE_INTEGER) =>
	(value) =>
		Number.isSafeInteger(value) && value >= low && value <= high;
const listOf = (each, low, high) => (value) =>
	Array.isArray(value) && value.length >= low && value.length <= high && value.every(each);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name that ends in `?` may be absent. Nothing else may be there. */
function fields(schema) {
	const rules = Object.entries(schema).map(([name, rule]) => ({
		name: name.replace('?', ''),
		optional: name.endsWith('?'),
		rule
	}));
	return (value) =>
		isObject(value) &&
		Object.keys(value).every((key) => rules.some(({ name }) => name === key)) &&
		rules.every(({ name, optional, rule }) =>
			Object.hasOwn(value, name) ? rule(value[name]) : optional
		);
}

const [count, amount] = [number(1), number(0)];
const [seconds, counter] = [number(0, 2 ** 40 - 1), number(1, 2 ** 31 - 1)];
const flag = (value) => typeof value === 'boolean';
const line = matching(/^[^]{1,200}$/u);
const uuid = matching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const code = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const thumbprint = matching(/^[A-Za-z0-9_-]{43}$/);
const hash = matching(/^[A-Za-z0-9_-]{22}$/);
const jwk = fields({ kty: matching(/^OKP$/), crv: matching(/^Ed25519$/), x: thumbprint });
const every = { v: count, jti: uuid, iat: seconds, 'x?': isObject };

const terms = {
	sub: uuid,
	num: matching(/^KF-[0-9A-Y]{4}-[0-9A-Y]{4}-[0-9A-Y]{4}$/),
	prd: code,
	title: line,
	ed: line,
	ent: listOf(code, 0, 64),
	'clients?': count,
	ver: fields({ from: amount, to: amount }),
	'mnt?': seconds,
	'org?': line,
	contact: line,
	pol: fields({ k: number(1, 5), vm: flag, given: flag, graceMinutes: amount })
};
const slotNumber = number(1, 500);

const schemas = {
	'hub-key': fields({
		...every,
		nbf: seconds,
		exp: seconds,
		cnf: fields({ jwk }),
		use: listOf(code, 1, 32)
	}),
	trust: fields({
		...every,
		seq: counter,
		roots: listOf(jwk, 1, 8),
		kids: listOf(thumbprint, 0, 64)
	}),
	revocation: fields({
		...every,
		iss: line,
		sub: uuid,
		seq: counter,
		acts: listOf(matching(/^[A-Za-z0-9_-]{12}$/), 0, 350)
	}),
	allotment: fields({
		...every,
		iss: line,
		...terms,
		max: slotNumber,
		nbf: seconds,
		exp: seconds,
		fexp: seconds,
		cnf: fields({ jwk })
	}),
	activation: fields({
		...every,
		iss: line,
		...terms,
		act: line,
		gen: counter,
		req: uuid,
		name: line,
		'label?': line,
		'held?': matching(/^desk$/),
		// `mac` is the only list: any other would let one file hold several machines.
		fp: fields({
			'os?': hash,
			'fs?': hash,
			'board?': hash,
			'disk?': hash,
			'mac?': listOf(hash, 1, 4),
			'given?': hash
		}),
		k: number(1, 5),
		nbf: seconds,
		'exp?': seconds,
		cnf: fields({ jkt: thumbprint }),
		'allot?': uuid,
		'slot?': slotNumber
	})
};

// --- 4. Keys and signatures ------------------------------------------------------------------------

// y coordinates of the points of small order: under such a key a signature fits any message.
const SMALL_ORDER = [
	'00'.repeat(32),
	`01${'00'.repeat(31)}`,
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
	`ec${'ff'.repeat(30)}7f`,
	`ed${'ff'.repeat(30)}7f`,
	`ee${'ff'.repeat(30)}7f`
];

/** The key and its thumbprint (RFC 7638). */
function importKey({ kty, crv, x }) {
	const kid = createHash('sha256')
		.update(`{"crv":"${crv}","kty":"${kty}","x":"${x}"}`)
		.digest('base64url');
	const point = Buffer.from(x, 'base64url');
	if (point.length !== 32 || point.toString('base64url') !== x) refuse('KEY_WEAK', kid);
	point[31] &= 0x7f;
	if (SMALL_ORDER.includes(point.toString('hex'))) refuse('KEY_WEAK', kid);
	return { kid, key: createPublicKey({ key: { kty, crv, x }, format: 'jwk' }) };
}

/** Signature first, claims second. */
function verifyToken({ type, kid, claims, signed, signature }, key) {
	if (kid !== key.kid || !verifySignature(null, signed, key.key, signature))
		refuse('SIGNATURE_INVALID', type);
	if (typeof claims?.v === 'number' && claims.v > NEWEST_FORMAT)
		refuse('FORMAT_VERSION_UNSUPPORTED', claims.v);
	return schemas[type](claims) ? claims : refuse('CLAIMS_INVALID', type);
}

// --- 5. The chain: pinned root, hub key, activation; or root, hub key, allotment, activation --------

const GRAMMAR =
	/^((trust )?(hub-key revocation )?hub-key (license|(allotment )?activation( return)?|refusal|receipt|allotment( close)?)|(hub-key (allotment )?activation return )+activation-request|hub-key revocation|[a-z-]+)$/;

function verifyByRoot(token, roots) {
	for (const root of roots) {
		const key = importKey(root);
		if (key.kid === token.kid) return verifyToken(token, key);
	}
	return refuse('KEY_UNKNOWN', token.kid);
}

function verifyByHub(token, hubKey, { roots, voided }) {
	const hub = verifyByRoot(hubKey, roots);
	const key = importKey(hub.cnf.jwk);
	if (voided.includes(key.kid)) refuse('HUB_KEY_VOIDED', key.kid);
	if (!hub.use.includes(token.type)) refuse('KEY_NOT_ALLOWED', token.type);
	const claims = verifyToken(token, key);
	// Compared with the time of signing, never with now: files outlive the rotation of hub keys.
	if (claims.iat < hub.nbf || claims.iat >= hub.exp) refuse('HUB_KEY_NOT_VALID', key.kid);
	return claims;
}

/** A desk signed it, within the block of seats that the hub set aside for its key. */
function verifyDraw(token, block, hubKey, known) {
	const allotment = verifyByHub(block, hubKey, known);
	const claims = verifyToken(token, importKey(allotment.cnf.jwk));
	const { jti, iss, iat, nbf, fexp, max } = allotment;
	const same = { allot: jti, act: `${jti}.${claims.slot}`, iss, iat, nbf, exp: fexp };
	for (const term of Object.keys(terms)) {
		const name = term.replace('?', '');
		same[name] = allotment[name];
	}
	for (const [name, value] of Object.entries(same))
		if (!isDeepStrictEqual(claims[name], value)) refuse('DRAW_INVALID', name);
	if (!(claims.slot <= max)) refuse('DRAW_INVALID', 'slot');
	return claims;
}

/** Who signed it: the claims, the retired activations, and the newest time that a hub signed. */
export function readActivation(text, { roots, voided = [] }) {
	const { label, tokens: texts } = readArmour(text);
	const tokens = texts.map(decodeToken);
	const types = tokens.map(({ type }) => type);
	const last = types.at(-1);
	if (!GRAMMAR.test(types.join(' '))) refuse('FILE_MALFORMED', 'order of tokens');
	if (label !== undefined && label !== labels.get(last)) refuse('FILE_MALFORMED', 'label');
	if (last !== 'activation') refuse('TOKEN_TYPE_UNEXPECTED', last);
	if (tokens.length === 1) refuse('CHAIN_INCOMPLETE');

	const trust = types[0] === 'trust' ? verifyByRoot(tokens[0], roots) : undefined;
	const known = {
		roots: [...roots, ...(trust?.roots ?? [])],
		voided: [...voided, ...(trust?.kids ?? [])]
	};
	const at = types.indexOf('revocation');
	const revocation = at > 0 ? verifyByHub(tokens[at], tokens[at - 1], known) : undefined;
	const isDraw = types.at(-2) === 'allotment';
	const claims = isDraw
		? verifyDraw(tokens.at(-1), tokens.at(-2), tokens.at(-3), known)
		: verifyByHub(tokens.at(-1), tokens.at(-2), known);
	// Only a desk draws.
	if (!isDraw && claims.allot !== undefined) refuse('DRAW_INVALID', 'allot');
	const trusted = Math.max(claims.iat, revocation?.iat ?? 0, trust?.iat ?? 0);
	return { claims, trusted, retired: revocation?.acts ?? [] };
}

// --- 6. May it run here and now? --------------------------------------------------------------------

/**
 * More than half of the weight present on either side matches, and at least k components, one of them
 * hardware. A name given by hand stands alone, and only where the policy allows it.
 */
function isSameMachine(enrolled, present, { k, given }) {
	const seen = [...new Set([...Object.keys(enrolled), ...Object.keys(present)])];
	const matched = seen.filter((name) => isMatch(enrolled[name], present[name]));
	if (seen.includes('given')) return given && seen.length === 1 && matched.length === 1;
	const isHardware = (name) => ['board', 'disk', 'mac'].includes(name);
	const weigh = (names) => names.reduce((sum, name) => sum + (isHardware(name) ? 3 : 1), 0);
	return (
		matched.length >= Math.max(2, k) && matched.some(isHardware) && weigh(matched) * 2 > weigh(seen)
	);
}

/** A list matches when more than half of the union of both is common. */
function isMatch(one = [], other = []) {
	const [a, b] = [new Set([one].flat()), new Set([other].flat())];
	const common = [...a].filter((hash) => b.has(hash)).length;
	return common * 2 > new Set([...a, ...b]).size;
}

/** What is `undefined` is not asked. Times are seconds since 1970. */
export function verify(text, asked) {
	const { product, version, builtAt, machine, now = Math.floor(Date.now() / 1000) } = asked;
	const { claims, retired, trusted } = readActivation(text, asked);
	const act = createHash('sha256').update(claims.act).digest().subarray(0, 9);
	if (retired.includes(act.toString('base64url'))) refuse('ACTIVATION_RETIRED', claims.act);
	if (product !== undefined && claims.prd !== product) refuse('PRODUCT_MISMATCH', claims.prd);
	const major = Number.parseInt(version, 10);
	if (version !== undefined && !(major >= claims.ver.from && major <= claims.ver.to))
		refuse('VERSION_NOT_COVERED', version);
	if (builtAt > claims.mnt) refuse('MAINTENANCE_ENDED');
	if (machine?.vm && !claims.pol.vm) refuse('VIRTUAL_MACHINE_REFUSED');
	if (machine && !isSameMachine(claims.fp, machine.fp, claims.pol)) refuse('FINGERPRINT_MISMATCH');
	// `nbf` is not compared with the clock; a clock set back revives nothing the file disproves.
	if (claims.exp !== undefined && Math.max(now, trusted) >= opensUntil(claims))
		refuse('ACTIVATION_EXPIRED');
	return claims;
}

/** Its end, and the days of grace that it gives: from `exp` on, warn whoever runs the product. */
export function opensUntil({ exp, allot, x }) {
	const days = x?.grace;
	// What a desk has drawn gives none.
	if (allot !== undefined || !number(1, GRACE_LIMIT)(days)) return exp;
	return exp + days * 86_400;
}
