/**
 * What a hub answers over HTTP: every route, with bodies, answers and limits, from the app itself.
 *
 * @module
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultGroupLimits } from '../../server/operations/activations/group-commit.ts';
import { BODY_LIMIT, PUSH_LIMIT } from '../../server/http/body-limit.ts';
import {
	CODES,
	CODES_ASKED,
	defaultLimits,
	GUESS_SECONDS,
	OWN_COMMANDS,
	GUESSES,
	PROCEDURES
} from '../../server/http/rate-limit.ts';
import { makeApp, type AppParts } from '../../server/roles/hub-app.ts';
import type { Endpoint } from '../../server/rest/v1/endpoint.ts';
import { endpoints } from '../../server/rest/v1/v1.ts';
import { wellKnown } from '../../server/rest/well-known.ts';
import type { Asker, Hub } from '../../server/hub/hub.ts';
import { id, text } from '../../server/rpc/inputs.ts';
import { router } from '../../server/rpc/router.ts';
import { LARGE } from '../../server/rpc/rpc.ts';
import { vendorRoles } from '../../src/lib/domain/access.ts';
import { FILE_LENGTH_LIMIT } from '../../src/lib/formats/armour.ts';
import { TOKEN_LENGTH_LIMIT } from '../../src/lib/formats/jws.ts';
import {
	PUSH_BODY_LIMIT,
	PUSH_COMMAND_LIMIT,
	PUSH_FILE_LIMIT,
	pushBodySchema,
	pushCommandSchema
} from '../../src/lib/formats/push.ts';
import { declaredTypes, type Declared } from './declarations.ts';
import { code, page, table } from './markdown.ts';
import { root } from '../root.ts';
import { signInTable } from './sign-in.ts';
import { describeShape, memberRows, shapeKey, shapeOf, type Shape } from './shapes.ts';

const PROTOCOL = ['commands', 'push', 'pull', 'rows'];
const SAID_ELSEWHERE = new Set(['Component', 'Refusal', 'Refusals', 'RefusalCode', 'Seconds']);

/** What no part of the code says in words. A route that is missing here ends the script. */
const about: Record<string, string> = {
	'GET /health/live': 'The process answers: `{"live":true}`.',
	'GET /health/ready': 'Whether it can do its work: 200, or 503 with `{"ready":false}`.',
	'GET /metrics':
		'What Prometheus reads: to programs on the hub’s machine, or to whoever shows the token; else 404.',
	'GET /.well-known/jwks.json': 'Hub keys as a JWK Set (RFC 7517), `kid` by RFC 7638.',
	'GET /.well-known/keyferry-roots.json':
		'Root keys as a JWK Set. Whoever pins them compares them with what the vendor says elsewhere.',
	'GET /.well-known/keyferry.kftrust': 'The newest trust file.',
	'GET /.well-known/keyferry-ca.crt':
		'The authority that `init --tls` made, as PEM; 404 where there is none.',
	'GET /v1/openapi.json': 'This part as OpenAPI 3.1.'
};

export async function httpPage(): Promise<string> {
	return page('HTTP', [
		'What all of it has in common is said in section 11 of SPEC.md; every code of a refusal in [refusals.md](refusals.md).',
		'## Routes',
		await routeTable(),
		'Every other path is the desk: files of the build, and its page.',
		'## /v1',
		...endpoints.flatMap(endpointParts),
		'## /auth',
		'For browsers: bodies and answers are JSON, a session is a cookie (`HttpOnly`, `SameSite=Lax`), and an `Origin` that is another site’s is refused (`NOT_PERMITTED`). What the hub refuses is a problem document; what the library behind it refuses is `{"code","message"}`.',
		signInTable(routesOf()),
		'## /rpc',
		'Procedures by name: a query is `GET /rpc/NAME?input=JSON`, or `POST` with the input as body, and a mutation is `POST /rpc/NAME` with the input as body. The answer is `{"result":{"data":…}}`, or `{"error":{"data":{"refusal":{"refused":…,"facts":…}}}}` under the status of the refusal. A *UUID* is one of any version, a *line* has 1 to 200 signs and no control characters.',
		await procedureTable(),
		'## What pushes and pulls are made of',
		'The body of a push, which is strict JSON (FI3) whose texts may have several lines, and each of its commands:',
		shapeTable(pushBodySchema),
		shapeTable(pushCommandSchema),
		...protocolParts(),
		'## Limits',
		limitTable()
	]);
}

type Route = { method: string; path: string };

/** Once each: what stands before a route has no method. */
function routesOf(): Route[] {
	const app = makeApp({ limits: defaultLimits } as AppParts);
	const found = app.routes.filter(({ method }) => method !== 'ALL' && method !== 'HEAD');
	return [...new Map(found.map((route) => [`${route.method} ${route.path}`, route])).values()];
}

async function routeTable(): Promise<string> {
	const rows: string[][] = [];
	for (const { method, path } of routesOf()) {
		const route = `${method} ${path}`;
		// The desk's own: what there is depends on whether it was built.
		if (path.startsWith('/auth/') || path.endsWith('*') || path === '/') continue;
		const endpoint = endpoints.find((each) => each.path === path);
		const says = endpoint?.operation.summary ?? about[route];
		if (says === undefined) throw new Error(`say in scripts/spec/http.ts what ${route} answers`);
		const [kind, kept] = path.startsWith('/.well-known/') ? await headersOf(path) : ['', ''];
		rows.push([code(route), says, kind, kept]);
	}
	return table(['route', 'answers', 'content-type', 'cache-control'], rows);
}

/** As they are really answered. */
async function headersOf(path: string): Promise<[string, string]> {
	const app = wellKnown(() => ({ hubKeys: [], roots: [], trustFile: '', authority: '' }));
	const { headers } = await app.request(path.replace('/.well-known', ''));
	return [headers.get('content-type') ?? '', headers.get('cache-control') ?? ''];
}

const signIns: Record<string, string> = {
	'[{}]': 'Nobody needs to sign in.',
	'[{},{"apiKey":[]}]': 'Nobody needs to sign in; an API key says who asks.',
	'[{"apiKey":[]}]': 'Needs an API key.'
};

function endpointParts({ method, path, bodyLimit, operation }: Endpoint): string[] {
	const { summary, description, security, requestBody, responses } = operation;
	const parts = [
		`### ${method.toUpperCase()} ${path}`,
		`${summary} ${description}`,
		`${signIns[JSON.stringify(security)]} ${
			requestBody ? `Body of at most ${sizeOf(bodyLimit ?? BODY_LIMIT)}.` : 'No body.'
		}`
	];
	if (requestBody) parts.push(contentPart(requestBody.content));
	const answers = Object.entries(responses).filter(([status]) => status !== 'default');
	const statuses = answers.map(([status]) => status).join(' or ');
	const [[, answer]] = answers as [(typeof answers)[number]];
	parts.push(`${statuses}: ${answer.description}`);
	return Object.keys(answer.content).length === 0 ? parts : [...parts, contentPart(answer.content)];
}

function contentPart(content: object): string {
	if ('application/json' in content) return memberTable(content);
	return `As ${Object.keys(content).map(code).join(', ')}.`;
}

function memberTable(content: object): string {
	const { schema } = (content as Record<'application/json', { schema: Shape }>)['application/json'];
	const { properties = {} } = schema;
	const rows = memberRows(schema).map((row, at) => [
		...row,
		Object.values(properties)[at]!.description ?? ''
	]);
	return table(['member', 'must be there', 'shape', 'meaning'], rows);
}

type Procedure = { _def: { type: string; inputs: Parameters<typeof shapeOf>[0][] } };
type Caller = (input?: unknown) => Promise<unknown>;

async function procedureTable(): Promise<string> {
	const procedures = Object.entries(router._def.procedures as unknown as Record<string, Procedure>);
	const names = new Map(
		Object.entries({ UUID: id, line: text }).map(([name, schema]) => [
			shapeKey(shapeOf(schema)),
			name
		])
	);
	const rows = procedures.map(async ([name, { _def }]) => {
		const large = LARGE.has(`/rpc/${name}`) ? `; of at most ${sizeOf(PUSH_LIMIT)}` : '';
		const inputs = _def.inputs.map((input) => describeShape(shapeOf(input), names));
		const input = `${inputs.join(' and ') || 'none'}${large}`;
		return [code(name), _def.type, await whoMayCall(name), input];
	});
	return table(['procedure', 'kind', 'who', 'input'], await Promise.all(rows));
}

/** As it answers nobody, a person without rights, and the vendor's, before it looks at what is asked. */
async function whoMayCall(name: string): Promise<string> {
	const [noun, verb] = name.split('.') as [string, string];
	const refusalTo = async (asker: Asker | undefined) => {
		const caller = router.createCaller({ hub: {} as Hub, me: null, asker });
		const ask = (caller as unknown as Record<string, Record<string, Caller>>)[noun]![verb]!;
		return ask().catch((error: unknown) => (error as Error).message);
	};
	if ((await refusalTo(undefined)) !== 'SIGN_IN_REQUIRED') return 'anybody';
	for (const vendor of [undefined, ...vendorRoles])
		if ((await refusalTo({ userId: '', roles: new Map(), vendor })) !== 'NOT_PERMITTED')
			return vendor ?? 'signed in';
	const inPerson = { userId: '', roles: new Map(), sessionId: '' };
	if ((await refusalTo(inPerson)) !== 'NOT_PERMITTED') return 'signed in, by no API key';
	throw new Error(`nobody may call ${name}`);
}

function shapeTable(schema: Parameters<typeof shapeOf>[0]): string {
	return table(['member', 'must be there', 'shape'], memberRows(shapeOf(schema)));
}

/** The types of the protocol, and those that they are made of. */
function protocolParts(): string[] {
	const declared = PROTOCOL.flatMap((file) => declaredTypes(`src/lib/protocol/${file}.ts`));
	const domain = readdirSync(join(root, 'src/lib/domain'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
		.flatMap((file) => declaredTypes(`src/lib/domain/${file}`));
	const found = declared.filter(({ name }) => name !== 'CommandType');
	for (const { type } of found)
		for (const each of domain)
			if (new RegExp(`\\b${each.name}\\b`).test(type) && !SAID_ELSEWHERE.has(each.name))
				if (!found.includes(each)) found.push(each);
	return found.map(typePart);
}

function typePart({ name, comment, type, members }: Declared): string {
	if (members.length === 0) return `**${name}**: ${code(type)}. ${comment}`.trim();
	const rows = members.map((each) => [
		code(each.isOptional ? `${each.name}?` : each.name),
		code(each.type),
		each.comment
	]);
	return [`**${name}**: ${comment}`, table(['member', 'type', 'meaning'], rows)].join('\n\n');
}

function limitTable(): string {
	const { perAddress, perNumber } = defaultLimits;
	return table(
		['what', 'at most', 'else'],
		[
			[
				'a body, where no other limit is named',
				sizeOf(BODY_LIMIT),
				'`BODY_TOO_LARGE`, and the line is closed'
			],
			[
				'a file; a token',
				`${sizeOf(FILE_LENGTH_LIMIT)}; ${sizeOf(TOKEN_LENGTH_LIMIT)}`,
				'`FILE_TOO_LARGE`, `TOKEN_MALFORMED`'
			],
			[
				'a `.kfpush` file; the body in it',
				`${sizeOf(PUSH_FILE_LIMIT)}; ${sizeOf(PUSH_BODY_LIMIT)}`,
				'`FILE_TOO_LARGE`, `BODY_TOO_LARGE`'
			],
			['commands of one push', String(PUSH_COMMAND_LIMIT), '`BODY_INVALID`'],
			['asks of `/v1` by one address in a minute', String(perAddress), '`RATE_LIMITED`'],
			['relayed commands by one address in a minute', String(perAddress), '`RATE_LIMITED`'],
			[
				'commands pushed by one signed-in person in a minute',
				String(perAddress * OWN_COMMANDS),
				'`RATE_LIMITED`'
			],
			[
				'procedures by one address in a minute; a batch counts each of its own',
				String(perAddress * PROCEDURES),
				'`RATE_LIMITED`'
			],
			[
				'failed proofs of one number by one address in a minute',
				String(perNumber),
				'`RATE_LIMITED`'
			],
			[
				'guesses at one password, wherever they come from',
				`${GUESSES} in ${GUESS_SECONDS / 60} minutes`,
				'`RATE_LIMITED`'
			],
			[
				'codes mailed to one account, and of these because one address asked',
				`${CODES.perAccount}, ${CODES.perAddress} in ${GUESS_SECONDS / 60} minutes`,
				'`RATE_LIMITED`'
			],
			[
				'codes that one address asks for, and that it enters',
				`${CODES_ASKED} each in ${GUESS_SECONDS / 60} minutes`,
				'`RATE_LIMITED`'
			],
			[
				'codes that one address is given for site servers',
				`${CODES_ASKED} in ${GUESS_SECONDS / 60} minutes`,
				'`RATE_LIMITED`'
			],
			['requests that wait to be decided', String(defaultGroupLimits.queue), '`RATE_LIMITED`']
		]
	);
}

function sizeOf(bytes: number): string {
	return bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20} MiB` : `${bytes / 2 ** 10} KiB`;
}
