/**
 * The menu: each function open or locked, by what the license says at this moment. [K4]
 *
 * @module
 */
import { functions, product } from './product.ts';
import type { Session } from './session.ts';

export async function showMenu({ terminal, licensing, connection }: Session): Promise<void> {
	const rows = await Promise.all(
		functions.map(async ({ entitlement, title }, at) => {
			const open = await licensing.has(entitlement);
			return `  ${at + 1}  ${title.padEnd(12)}${open ? '✓ open' : '✗ locked'}`;
		})
	);
	const atServer = connection?.lease
		? '  m  Manage server license   o  Open a resource   x  Restart'
		: '  m  Manage server license   w  Wait for a seat   x  Connect again';
	terminal.say(
		'',
		`${product.title} ${product.version}`,
		...rows,
		'  u  Unlock            l  Load answer or receipt   s  License status',
		'  r  Return this seat  a  Save the return again    q  Quit',
		'  t  Select licensing type                         v  View saved results',
		atServer
	);
}
