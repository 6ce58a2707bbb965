/**
 * The claims of every token type, from the schemas that read them.
 *
 * @module
 */
import {
	claimSchemas,
	fingerprintSchema,
	jwkSchema,
	tokenTypes,
	type TokenType
} from '../../src/lib/formats/tokens.ts';
import { code, page, table } from './markdown.ts';
import { meaningOf } from './meanings.ts';
import { describeShape, memberRows, shapeKey, shapeOf, type Shape } from './shapes.ts';

const shapes = Object.fromEntries(
	tokenTypes.map((type) => [type, shapeOf(claimSchemas[type])])
) as Record<TokenType, Shape>;

const claimOf = (type: TokenType, claim: string): Shape => shapes[type].properties![claim]!;

/** Shapes that many claims have, by an example of each. */
const named: [name: string, shape: Shape, about: string][] = [
	['time', claimOf('activation', 'iat'), 'Seconds since 1970-01-01T00:00:00Z (NumericDate).'],
	['id', claimOf('activation', 'jti'), 'A UUID of version 7 (RFC 9562), in lower case.'],
	['counter', claimOf('activation', 'gen'), 'It fits 32 bits with a sign.'],
	['slot', claimOf('activation', 'slot'), ''],
	['line', claimOf('activation', 'title'), 'One line for people.'],
	['code', claimOf('activation', 'prd'), 'A name for programs.'],
	['16 bytes', claimOf('license', 'sec'), 'In base64url without padding (RFC 4648 section 5).'],
	[
		'32 bytes',
		claimOf('trust', 'kids').items!,
		'The same: a SHA-256, or a public key. Each thumbprint is a JWK thumbprint (RFC 7638) with SHA-256.'
	],
	['key', shapeOf(jwkSchema), 'A public key as JWK (RFC 8037), with these three members alone.'],
	['fingerprint', shapeOf(fingerprintSchema), 'See MA1, MA2 and MA6.']
];

/** A named shape may be made of others, but not of itself. */
const namesBut = (own?: string) =>
	new Map(
		named.flatMap(([name, shape]) => (name === own ? [] : [[shapeKey(shape), name] as const]))
	);

export function claimsPage(): string {
	const every = sharedBy(tokenTypes);
	const terms = sharedBy(['license', 'activation', 'allotment']).filter(
		(claim) => !every.includes(claim)
	);
	return page('Claims', [
		'The payload of a token is a JSON object with exactly these claims. A claim that is not listed is refused, outside `x`. Lengths of texts are counted in UTF-16 code units; patterns hold for the whole text. What holds for any JSON that is read, numbers above all, is rule FI3.',
		'## Shapes',
		table(
			['shape', 'what is checked', 'what it is'],
			named.map(([name, shape, about]) => [
				`*${name}*`,
				describeShape(shape, namesBut(name)),
				about
			])
		),
		'## In every token',
		claimTable('activation', every),
		'## Terms of a license, and who signed: in `license`, `activation` and `allotment`',
		claimTable('activation', terms),
		...tokenTypes.flatMap((type) => {
			const own = Object.keys(shapes[type].properties!).filter((claim) => !every.includes(claim));
			const hasTerms = terms.every((claim) => own.includes(claim));
			const left = hasTerms ? own.filter((claim) => !terms.includes(claim)) : own;
			return [
				`## ${code(type)}`,
				`Header: \`typ\` is \`${type}+jwt\`.${hasTerms ? ' With the terms of its license.' : ''}`,
				claimTable(type, left)
			];
		})
	]);
}

/** Claims that these types have alike, in shape and in whether they must be there. */
function sharedBy(types: readonly TokenType[]): string[] {
	const likeness = (type: TokenType, claim: string) => {
		const { properties = {}, required = [] } = shapes[type];
		return JSON.stringify([properties[claim], required.includes(claim)]);
	};
	const [first, ...others] = types;
	return Object.keys(shapes[first!].properties!).filter((claim) =>
		others.every((type) => likeness(type, claim) === likeness(first!, claim))
	);
}

function claimTable(type: TokenType, claims: readonly string[]): string {
	const rows = memberRows(shapes[type], namesBut());
	return table(
		['claim', 'must be there', 'shape', 'meaning'],
		claims.map((claim) => {
			const row = rows.find(([name]) => name === code(claim))!;
			return [...row, meaningOf(type, claim)];
		})
	);
}
