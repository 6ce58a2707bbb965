/** ARCHITECTURE.md and CONTRIBUTING.md name what is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawRooms } from '../scripts/draw-rooms.ts';
import { root } from '../scripts/root.ts';
import { TABLE } from './architecture-table.ts';

const read = (page: string) => readFileSync(join(root, page), 'utf8');

test('the picture of the rooms is what the table says: `npm run rooms` draws it', () => {
	expect(read('docs/rooms.svg')).toBe(drawRooms());
});

test('ARCHITECTURE.md says of every room what is in it', () => {
	const listed = Array.from(
		read('ARCHITECTURE.md').matchAll(/^\| `((?:src|server)[^`]*)` \| \S/gm),
		([, room]) => room
	);
	expect(listed.sort()).toEqual(Object.keys(TABLE).sort());
});

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('every path in %s exists', (page) => {
	const paths = Array.from(
		read(page).matchAll(/`((?:src|server|tests|docs|scripts)\/[\w./+-]*)`/g),
		([, path = '']) => path
	);
	expect(paths.length).toBeGreaterThan(0);
	expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
