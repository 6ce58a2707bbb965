/**
 * Activation files: armour, tokens and claims as text.
 *
 * @module
 */
import { tokenHeader } from '#lib/formats/jws.ts';
import { activation, fileVector, good, tailBits } from './activation-chain.ts';
import { keys, type TestKey } from './keys.ts';
import {
	fingerprint,
	full,
	hashed,
	hubKey,
	minimal,
	rawToken,
	revocationClaims,
	token,
	trustClaims
} from './tokens.ts';
import { armour, type Expected, type FileVector } from './vector.ts';

const trust = token('trust', trustClaims(), keys.root);
const revocation = token('revocation', revocationClaims([]), keys.hub);
const bare = `${hubKey}~${activation}`;
const body = good.slice(good.indexOf('-----BEGIN'));

export function formVectors(): FileVector[] {
	return [
		...goodForms(),
		...badArmour(),
		...badOrders(),
		...badTokens(),
		...badJson(),
		...badClaims()
	];
}

function goodForms(): FileVector[] {
	const ok = (name: string, why: string, file: string) => fileVector([name, why, 'ok'], file);
	const lines = good.split('\n');
	return [
		ok('bare tokens', 'accepted wherever a file is [FI4]', bare),
		ok(
			'bare tokens over several lines',
			'as a chat program wraps them',
			bare.replace(/.{50}/g, '$&\n')
		),
		ok('line ends of Windows', 'CRLF', lines.join('\r\n')),
		ok('line ends of old systems', 'CR alone', lines.join('\r')),
		ok('quoted in a reply', 'every line behind "> "', lines.map((line) => `> ${line}`).join('\n')),
		ok(
			'quoted twice and indented',
			'">> " and tabs',
			lines.map((line) => `>> \t${line}  `).join('\n')
		),
		ok('wrapped again', 'at 40 columns, with empty lines between', `${rewrap(40, '\n\n')}\n`),
		ok('on one line', 'not wrapped at all', rewrap(1_000_000, '\n')),
		ok('byte order mark first', 'as some editors write it', `\uFEFF${body}`),
		ok('without readable lines', 'they are not signed and never parsed', body),
		ok('other readable lines', 'whatever they say', `product: another\n\n${body}`),
		ok('text after the end', 'a mail signature', `${good}\n-- \nJane Doe\nExample GmbH\n`),
		ok('no line end at the end', 'cut by one byte', body.trimEnd()),
		ok('lines joined', 'as a single-line field does', lines.join('')),
		ok('lines joined by blanks', 'as a word processor does', lines.join(' ')),
		ok('a second line end in each', 'CR CR LF', lines.join('\r\r\n')),
		ok(
			'text right after the end',
			'no line between',
			`${body.trimEnd()} Kind regards, Example GmbH`
		),
		ok(
			'label in lower case',
			'as a chat program writes it',
			body.replaceAll('KEYFERRY ACTIVATION', 'keyferry activation')
		),
		ok(
			'long dashes',
			'an editor makes one of two hyphens',
			body.replace(/-----(?=BEGIN|END)/g, '——-')
		),
		ok(
			'minus signs for hyphens',
			'any dash is a hyphen',
			body.replace(/-----(?=BEGIN|END)/g, '\u2212\u2012\u2010\u2011\ufe63')
		),
		ok(
			'fewer hyphens',
			'a chat program takes some for formatting',
			body.replaceAll('-----', '---')
		),
		...(
			[
				['no-break spaces', '\u00a0'],
				['em spaces', '\u2003'],
				['ideographic spaces', '\u3000'],
				['line separators', '\u2028'],
				['next line characters', '\u0085'],
				['zero width spaces', '\u200b'],
				['soft hyphens', '\u00ad'],
				['marks of direction', '\u200f'],
				['word joiners', '\u2060']
			] as const
		).map(([what, sign]) =>
			ok(`${what} in the block`, 'nobody sees them', rewrap(40, `${sign}\n`))
		),
		ok('bare tokens, em spaces between', 'blanks of any kind', bare.replace(/.{50}/g, '$&\u2003')),
		ok('bare tokens in quotes', 'as a mail wraps them', `“${bare}”`),
		ok('bare tokens and a full stop', 'the end of a sentence', `${bare}.`),
		ok('bare tokens in brackets', 'as a link is written', `<${bare}>`),
		ok('bare tokens behind a label', 'as a form prints them', `File: ${bare}`),
		ok(
			'depth 6',
			'the deepest that is read [FI3]',
			signed({ ...minimal, x: { a: { b: { c: { d: {} } } } } })
		),
		ok(
			'equal keys in different objects',
			'no duplicates',
			signed({ ...minimal, x: { a: { k: 1 }, b: { k: 1 } } })
		),
		ok(
			'a key named like a method',
			'data, nothing else',
			signed({ ...minimal, x: { constructor: 1, toString: 2 } })
		),
		ok(
			'braces and quotes in text',
			'no structure',
			signed({ ...minimal, name: '{"a":[[[[[[[\\"}' })
		),
		ok(
			'name of 200 characters',
			'characters, whatever they take in UTF-8 or UTF-16',
			signed({ ...minimal, name: '🚢'.repeat(200) })
		),
		ok(
			'white space in JSON',
			'signed as it is',
			armour(
				'activation',
				hubKey,
				rawToken(
					tokenHeader('activation', keys.hub.kid),
					JSON.stringify(minimal, null, 2),
					keys.hub
				)
			)
		),
		ok(
			'text of people',
			'right-to-left text, accents and marks of direction are text',
			signed({ ...minimal, name: 'مدير Žofie \u200f\u202b' })
		),
		ok('the last generation', 'below 2^31 [FI3]', signed({ ...minimal, gen: 2 ** 31 - 1 })),
		ok('the last time', 'below 2^40 [FI3]', signed({ ...minimal, exp: 2 ** 40 - 1 }))
	];
}

function rewrap(columns: number, between: string): string {
	const [begin = '', ...rest] = body.trimEnd().split('\n');
	const tokens = rest.slice(0, -1).join('');
	const parts = tokens.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
	return [begin, ...parts, rest.at(-1)].join(between);
}

function badArmour(): FileVector[] {
	const bad = (name: string, why: string, file: string, code: Expected = 'FILE_MALFORMED') =>
		fileVector([name, why, code], file);
	const big = `-----BEGIN KEYFERRY ACTIVATION-----\n${`${'A'.repeat(64)}\n`.repeat(1025)}-----END KEYFERRY ACTIVATION-----\n`;
	return [
		bad('empty', 'nothing at all', ''),
		bad('no tokens', 'only text', 'Dear customer, please find attached your file.\n'),
		bad(
			'empty block',
			'BEGIN and END with nothing between',
			rewrap(64, '\n').replace(/\n[^-][^]*\n/, '\n'),
			'TOKEN_MALFORMED'
		),
		bad('END missing', 'the file was cut', body.slice(0, body.indexOf('-----END'))),
		bad(
			'END of another label',
			'the two lines do not belong together',
			body.replace('END KEYFERRY ACTIVATION', 'END KEYFERRY LICENSE')
		),
		bad(
			'label not matching',
			'the label names the last token [FI4]',
			body.replaceAll('ACTIVATION', 'LICENSE')
		),
		bad('two blocks', 'which one is meant?', `${good}\n${good}`),
		bad('two blocks on one line', 'lines joined', `${body.trimEnd()}${body.trimEnd()}`),
		bad(
			'bare tokens and more text',
			'where do they end?',
			`${bare} Kind regards`,
			'TOKEN_MALFORMED'
		),
		bad(
			'END missing, lines joined',
			'the file was cut',
			body.slice(0, body.indexOf('-----END')).replaceAll('\n', ' ')
		),
		bad(
			'a no-break hyphen lost',
			'the tokens are as they were, or nothing',
			body.replace(/\n(.)/, '\n\u00b7$1')
		),
		bad('foreign sign', 'not of the alphabet', body.replace(/\n(.)/, '\n!$1')),
		bad(
			'padding in armour',
			'base64url here has none [FI3]',
			`-----BEGIN KEYFERRY ACTIVATION-----\n${bare}==\n-----END KEYFERRY ACTIVATION-----\n`
		),
		bad('padding in bare tokens', 'the same without armour', `${bare}=`),
		bad('token missing between', 'two ~ in a row', body.replace(/~/, '~~'), 'TOKEN_MALFORMED'),
		bad('over 64 KiB', 'refused before anything is decoded [FI3]', big, 'FILE_TOO_LARGE')
	];
}

function badOrders(): FileVector[] {
	const bad = (name: string, why: string, ...tokens: string[]) =>
		fileVector([name, why, 'FILE_MALFORMED'], tokens.join('~'));
	return [
		bad('wrong order', 'the activation before its hub key [FI5]', activation, hubKey),
		bad('trust in the middle', 'trust comes first', hubKey, trust, activation),
		bad('revocation without its hub key', 'it has one of its own', revocation, hubKey, activation),
		bad('two hub keys', 'one hub key, one body', hubKey, hubKey, activation),
		bad('two activations', 'one file, one activation', hubKey, activation, activation),
		bad('trust without a hub key', 'nothing leads to the activation', trust, activation),
		bad('two trust tokens', 'at most one', trust, trust, hubKey, activation)
	];
}

const header = tokenHeader('activation', keys.hub.kid);

function badTokens(): FileVector[] {
	const bad = (name: string, why: string, text: string) =>
		fileVector([name, why, 'TOKEN_MALFORMED'], armour('activation', hubKey, text));
	const headed = (name: string, why: string, text: string) =>
		bad(name, why, rawToken(text, JSON.stringify(minimal), keys.hub));
	const [header64 = '', payload64 = '', signature64 = ''] = activation.split('.');
	const kid = keys.hub.kid;
	// Four digits between quotes: the same JSON value of another length, for a tail of two bits.
	const loose = rawToken(header, JSON.stringify({ ...minimal, name: 'ab' }), keys.hub);
	return [
		bad(
			'signature with tail bits',
			'decodes, but is not what encoding gives [FI3]',
			tailBits(activation)
		),
		bad('payload with tail bits', 'the same in the payload', payloadTail(loose)),
		bad('two segments', 'no signature', `${header64}.${payload64}`),
		bad('four segments', 'one too many', `${activation}.AAAA`),
		bad('empty payload', 'a detached signature', `${header64}..${signature64}`),
		bad('empty signature', 'as alg none would have it', `${header64}.${payload64}.`),
		bad('short signature', '63 bytes', `${header64}.${payload64}.${signature64.slice(0, 84)}`),
		bad(
			'over 8 KiB',
			'a token has at most 8,192 characters [FI3]',
			token('activation', { ...minimal, x: { filler: 'x'.repeat(6000) } }, keys.hub)
		),
		headed('alg none', 'the header is exactly one [FI2]', header.replace('EdDSA', 'none')),
		headed('alg ES256', 'another algorithm', header.replace('EdDSA', 'ES256')),
		headed(
			'alg Ed25519',
			'the newer name of the same algorithm is another header',
			header.replace('EdDSA', 'Ed25519')
		),
		headed(
			'members in another order',
			'equal as JSON, not as bytes',
			`{"typ":"activation+jwt","alg":"EdDSA","kid":"${kid}"}`
		),
		headed('extra member', 'no other header is read', header.replace('}', ',"crit":[]}')),
		headed(
			'an embedded key',
			'nobody may bring the key to check with',
			header.replace('}', `,"jwk":${JSON.stringify(keys.hub.jwk)}}`)
		),
		headed('kid twice', 'two readers, two keys', header.replace('}', `,"kid":"${kid}"}`)),
		headed('kid missing', 'nobody to ask', '{"alg":"EdDSA","typ":"activation+jwt"}'),
		headed('kid too short', 'no SHA-256 thumbprint', header.replace(kid, kid.slice(1))),
		headed('white space in the header', 'not the exact header', header.replace(',', ', ')),
		headed('typ without +jwt', 'not the exact type', header.replace('+jwt', '')),
		headed('typ JWT', 'any token would do', header.replace('activation+jwt', 'JWT')),
		headed('typ in capitals', 'not the exact type', header.replace('activation', 'ACTIVATION'))
	];
}

function payloadTail(text: string): string {
	const [header64, payload64 = '', signature] = text.split('.');
	if (payload64.length % 4 === 0) throw new Error('this payload has no tail bits');
	return [header64, tailBits(payload64), signature].join('.');
}

function badJson(): FileVector[] {
	const json = JSON.stringify(minimal);
	const bad = (name: string, why: string, payload: string | Uint8Array) =>
		fileVector([name, why, 'TOKEN_MALFORMED'], signedText(payload));
	const invalid = Buffer.from(json.replace('Site Admin', 'Site ????'));
	const at = invalid.indexOf('????');
	const withBytes = (...bytes: number[]) => {
		const copy = Buffer.from(invalid);
		copy.set(bytes, at);
		return copy;
	};
	return [
		bad(
			'duplicate key',
			'two readers, two generations [FI3]',
			json.replace('"gen":1', '"gen":9,"gen":1')
		),
		bad(
			'duplicate key, escaped',
			'the same key spelled differently',
			json.replace('"gen":1', '"g\\u0065n":9,"gen":1')
		),
		bad(
			'duplicate key deep inside',
			'in x too',
			json.replace('}}', '},"x":{"a":[{"b":1,"b":2}]}}')
		),
		bad(
			'__proto__',
			'would reach behind the object in JavaScript [FI3]',
			json.replace(/\}$/, ',"x":{"__proto__":{"exp":1}}}')
		),
		bad(
			'__proto__, escaped',
			'the same spelled differently',
			json.replace(/\}$/, ',"x":{"\\u005f_proto__":{}}}')
		),
		bad(
			'depth 7',
			'one too deep [FI3]',
			json.replace(/\}$/, ',"x":{"a":{"b":{"c":{"d":{"e":{}}}}}}}')
		),
		bad(
			'depth 2,000',
			'would exhaust a recursive reader',
			json.replace(/\}$/, `,"x":{"a":${'['.repeat(2000)}${']'.repeat(2000)}}}`)
		),
		bad('invalid UTF-8', 'a lone continuation byte', withBytes(0x41, 0x80, 0x41, 0x41)),
		bad('overlong UTF-8', 'a slash in two bytes', withBytes(0xc0, 0xaf, 0x41, 0x41)),
		bad('a surrogate in UTF-8', 'no character', withBytes(0xed, 0xa0, 0x80, 0x41)),
		bad('byte order mark in JSON', 'dropped by some readers', `\uFEFF${json}`),
		bad('not JSON', 'an open brace', json.slice(0, -1)),
		bad('text after JSON', 'two objects', `${json}{}`),
		bad('trailing comma', 'not JSON', json.replace(/\}$/, ',}')),
		bad('NaN', 'some readers take it', json.replace('"gen":1', '"gen":NaN')),
		bad('leading zero', 'some readers take it', json.replace('"gen":1', '"gen":01')),
		bad('a fraction', 'times and counts are whole', json.replace('"gen":1', '"gen":1.5')),
		bad(
			'a fraction of zero',
			'1.0 is an integer to some readers',
			json.replace('"gen":1', '"gen":1.0')
		),
		bad('an exponent', '1e0 is an integer to some readers', json.replace('"gen":1', '"gen":1e0')),
		bad(
			'a number without end',
			'1e400 is infinite to some readers',
			json.replace('"gen":1', '"gen":1e400')
		),
		bad('minus zero', '-0 is 0 to some readers', json.replace('"gen":1', '"gen":-0')),
		bad(
			'a number beyond 2^53',
			'loses digits in some languages',
			json.replace('"gen":1', '"gen":9007199254740993')
		),
		bad('a fraction in x', 'in x too', json.replace(/\}$/, ',"x":{"a":0.5}}')),
		bad(
			'line break in a string',
			'some readers take it',
			json.replace('Site Admin', 'Site\nAdmin')
		),
		...[
			['NUL', '\\u0000'],
			['a line break', '\\n'],
			['an escape sequence', '\\u001b[2J'],
			['DEL', '\\u007f'],
			['a C1 control character', '\u0085'],
			['the first half of a pair', '\\ud83d'],
			['the second half of a pair', '\\uDE00'],
			['halves in the wrong order', '\\ude00\\ud83d'],
			['a half before text', '\\ud83d\\\\ude00']
		].map(([what, text]) =>
			bad(
				`${what} in a text`,
				'databases and terminals choke on it [FI3]',
				json.replace('Site Admin', `Site${text}Admin`)
			)
		),
		bad('NUL in x', 'in x too [FI3]', json.replace(/\}$/, ',"x":{"a":"\\u0000"}}')),
		bad('NUL in a name of x', 'in names too [FI3]', json.replace(/\}$/, ',"x":{"a\\u0000":1}}'))
	];
}

function badClaims(): FileVector[] {
	const bad = (
		name: string,
		why: string,
		claims: object | string,
		code: Expected = 'CLAIMS_INVALID'
	) => fileVector([name, why, code], signed(claims));
	const without = (claim: string) =>
		Object.fromEntries(Object.entries(minimal).filter(([name]) => name !== claim));
	return [
		bad('version 2', 'a newer format [FI7]', { ...minimal, v: 2 }, 'FORMAT_VERSION_UNSUPPORTED'),
		bad('version as text', 'a version is a number', { ...minimal, v: '2' }),
		bad('version 0', 'never existed', { ...minimal, v: 0 }),
		bad('unknown claim', 'outside x: no reader may overlook it [FI7]', { ...minimal, max: 3 }),
		bad('a claim in capitals', 'EXP is not exp', { ...minimal, EXP: 1 }),
		bad('unknown claim in pol', 'inside too', { ...minimal, pol: { ...minimal.pol, usb: true } }),
		bad('unknown component', 'a fingerprint has named components', {
			...minimal,
			fp: { ...fingerprint, cpu: hashed('cpu') }
		}),
		...[
			'v',
			'jti',
			'iat',
			'iss',
			'sub',
			'num',
			'prd',
			'ent',
			'ver',
			'pol',
			'act',
			'gen',
			'req',
			'fp',
			'nbf',
			'cnf'
		].map((claim) => bad(`${claim} missing`, 'a known claim', without(claim))),
		bad('exp null', 'absent is absent', { ...full, exp: null }),
		bad('exp as text', 'times are numbers', { ...full, exp: '1900000000' }),
		bad('exp negative', 'before 1970', { ...full, exp: -1 }),
		bad('gen 0', 'generations count from 1', { ...minimal, gen: 0 }),
		bad('gen 2^31', 'counters fit 32 bits [FI3]', { ...minimal, gen: 2 ** 31 }),
		bad('iat 2^40', 'times fit any calendar [FI3]', { ...minimal, iat: 2 ** 40 }),
		bad('exp 2^40', 'times fit any calendar [FI3]', { ...full, exp: 2 ** 40 }),
		bad('mnt 2^53 - 1', 'times fit any calendar [FI3]', { ...full, mnt: 2 ** 53 - 1 }),
		bad('k 6', 'there are five components', { ...minimal, k: 6 }),
		bad('vm as text', '"false" is true in some languages', {
			...minimal,
			pol: { ...minimal.pol, vm: 'false' }
		}),
		bad('true for a number', 'true is 1 in some languages', { ...minimal, gen: true }),
		bad('ent as text', 'a list', { ...minimal, ent: 'dataflow' }),
		bad('a hash too short', '16 bytes are 22 characters', {
			...minimal,
			fp: { ...fingerprint, disk: 'AAAA' }
		}),
		...(['os', 'fs', 'board', 'disk', 'given'] as const).map((name) =>
			bad(`${name} as a list`, 'one file would hold several machines [MA2]', {
				...minimal,
				fp: { ...fingerprint, [name]: [hashed(name)] }
			})
		),
		bad('addresses as one text', 'addresses are a list', {
			...minimal,
			fp: { ...fingerprint, mac: hashed('mac 1') }
		}),
		bad('no hash in a list', 'an empty list matches nothing', {
			...minimal,
			fp: { ...fingerprint, mac: [] }
		}),
		bad('five addresses', 'at most four', {
			...minimal,
			fp: { ...fingerprint, mac: ['1', '2', '3', '4', '5'].map(hashed) }
		}),
		bad('held by somebody', 'only "desk"', { ...minimal, held: 'phone' }),
		bad('name empty', 'a line has at least one character', { ...minimal, name: '' }),
		bad('name of 201 characters', 'a line has at most 200', { ...minimal, name: 'é'.repeat(201) }),
		bad('payload a list', 'claims are an object', '[]'),
		bad('payload null', 'claims are an object', 'null'),
		bad('x as a list', 'x is an object', { ...minimal, x: [] }),
		fileVector(
			['unknown claim in trust', 'what rides along is read as strictly', 'CLAIMS_INVALID'],
			armour(
				'activation',
				token('trust', { ...trustClaims(), all: true }, keys.root),
				hubKey,
				activation
			)
		),
		fileVector(
			['unknown claim in revocation', 'what rides along is read as strictly', 'CLAIMS_INVALID'],
			armour(
				'activation',
				hubKey,
				token('revocation', { ...revocationClaims([]), all: true }, keys.hub),
				hubKey,
				activation
			)
		)
	];
}

function signedText(payload: string | Uint8Array, key: TestKey = keys.hub): string {
	return armour('activation', hubKey, rawToken(header, payload, key));
}

function signed(claims: object | string): string {
	return signedText(typeof claims === 'string' ? claims : JSON.stringify(claims));
}
