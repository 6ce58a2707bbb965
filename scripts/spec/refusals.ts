/**
 * Every refusal: its facts, its status, who acts, and whether the same is tried again.
 *
 * @module
 */
import { afterRefusal, isTemporary } from '../../src/lib/domain/after-refusal.ts';
import { refuse, type RefusalCode } from '../../src/lib/domain/refusal.ts';
import { explain } from '../../src/lib/messages/explain.ts';
import { problem } from '../../server/http/problem.ts';
import { refusalStatus, type RefusalStatus } from '../../server/http/refusal-status.ts';
import { sampleFacts } from '../../tests/fixtures/sample-facts.ts';
import { declaredType, literalMembers, type Member } from './declarations.ts';
import { code, page, table } from './markdown.ts';
import { judgingOrders } from './judging-order.ts';

const DOMAIN = 'src/lib/domain';

export async function refusalsPage(): Promise<string> {
	const columns = declaredType(`${DOMAIN}/after-refusal.ts`, 'NextActor').comment;
	const again = declaredType(`${DOMAIN}/after-refusal.ts`, 'TryingAgain').comment;
	return page('Refusals', [
		'A refusal is a code and its facts: in a problem document (`code`, `facts`), in a refusal file (`code`, `facts`), in the results of a push (`refused`, `facts`). Codes are never renamed, and newer hubs have more: show one that you do not know as it is, with its facts, and treat it as `never`. Times are seconds since 1970.',
		`Who acts next: ${columns}`,
		`Whether the same is brought again: ${again}`,
		'A reason after that is why a desk holds its queue: the hub settles no command by such a refusal, and the desk sends it again (SY3). Where a number stands after the status, it is the `Retry-After` in seconds; *facts* means that it is as the facts say. “Says” is the English text with made-up facts.',
		...groups().flatMap(({ heading, members }) => [`## ${heading}`, refusalTable(members)]),
		'## By status',
		'Temporary: nothing was decided, and the same bytes are sent again after `Retry-After`, or with a wait that doubles. Some of these codes are never said by a hub, but by a desk, the command line or the SDK: their status is what a hub would answer.',
		statusTable(),
		'## Which of several comes first',
		'Found by judging something that is wrong in every way, and mending what is refused, until nothing is. What comes before is said in section 11 of SPEC.md.',
		...(await judgingOrders()).flatMap(({ what, codes }) => [
			`### ${what}`,
			codes.map((each, at) => `${at + 1}. ${code(each)}`).join('\n')
		])
	]);
}

type Group = { heading: string; members: Member[] };

/** As the comments of the type divide it. */
function groups(): Group[] {
	const found: Group[] = [];
	for (const member of declaredType(`${DOMAIN}/refusal.ts`, 'Refusals').members) {
		if (member.heading !== undefined || found.length === 0)
			found.push({ heading: (member.heading ?? 'Refusals').replace(/\.$/, ''), members: [] });
		found.at(-1)!.members.push(member);
	}
	return found;
}

function refusalTable(members: readonly Member[]): string {
	return table(
		['code', 'facts', 'status', 'acts', 'again', 'says'],
		members.map(({ name, type, comment }) => {
			const refused = name as RefusalCode;
			const { acts, again, holds } = afterRefusal[refused];
			const refusal = refuse(refused, sampleFacts(refused));
			const says = [explain(refusal).title, comment && `(${comment})`].filter(Boolean).join(' ');
			const held = holds === undefined ? again : `${again}, held: ${holds}`;
			return [code(name), factsOf(type), statusOf(refused), acts, held, says];
		})
	);
}

function factsOf(type: string): string {
	const members = literalMembers(type);
	return members
		.map(({ name, isOptional, type: shape }) => {
			const words = shape.replace(/\bstring\b/g, 'text').replaceAll("'", '"');
			return `${code(isOptional ? `${name}?` : name)} ${words}`;
		})
		.join(', ');
}

/** As it is answered. */
function statusOf(refused: RefusalCode): string {
	const facts = sampleFacts(refused);
	const wait = problem(refuse(refused, facts)).headers.get('retry-after');
	if (wait === null) return String(refusalStatus[refused]);
	const isFact = Object.values(facts).map(String).includes(wait);
	return `${refusalStatus[refused]}, ${isFact ? '*facts*' : wait}`;
}

function statusTable(): string {
	const codes = Object.keys(refusalStatus) as RefusalCode[];
	const byStatus = Map.groupBy(codes, (each) => refusalStatus[each]);
	const statuses: RefusalStatus[] = [...byStatus.keys()].toSorted((a, b) => a - b);
	return table(
		['status', 'temporary', 'codes'],
		statuses.map((status) => {
			const own = byStatus.get(status)!;
			const temporary = own.filter(isTemporary);
			const isAlways = temporary.length === own.length;
			const which = isAlways ? 'yes' : temporary.map(code).join(', ');
			return [String(status), which, own.map(code).join(', ')];
		})
	);
}
