/**
 * A "no", with what a person needs to act on it: who holds the seats, and until when. [S2, LE7]
 *
 * @module
 */
import type { LeaseHolder } from '#lib/domain/lease-holder.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import { explain } from '#lib/messages/explain.ts';
import { product } from './product.ts';
import { columns, moment, type Terminal } from './terminal.ts';

/** What happened, what to do next, and whom to ask. */
export function sayRefusal(terminal: Terminal, refusal: Refusal): void {
	const { title, next } = explain(refusal);
	terminal.say('', `✗ ${title}`, `  ${next}`);
	if (refusal.refused === 'CLIENT_LIMIT_REACHED' || refusal.refused === 'RESOURCE_LIMIT_REACHED')
		terminal.say(...columns(refusal.facts.holders.map(holderRow)));
	if (!`${title} ${next}`.includes(product.contact))
		terminal.say(`  Questions: ${product.contact}`);
	terminal.say(`  (${refusal.refused})`);
}

function holderRow({ user, machine, since, freeAt }: LeaseHolder): [string, string] {
	const where = machine === undefined ? '' : ` at ${machine}`;
	const until = freeAt === undefined ? '' : `, free by ${moment(freeAt)} at the latest`;
	return [`${user}${where}`, `since ${moment(since)}${until}`];
}
