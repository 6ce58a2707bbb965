/**
 * `npm run rooms`: draws `docs/rooms.svg` from `tests/architecture-table.ts`. Each room stands above
 * those of its side that it imports. Arrows that a longer way implies are left out, and so are those to the
 * ground, on which every room may be built.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stairs } from '../tests/architecture-rooms.ts';
import { TABLE } from '../tests/architecture-table.ts';
import { root } from './root.ts';

const BOX = { width: 92, height: 36 };
const STEP = { x: 104, y: 66 };
const MARGIN = 24;

type Side = { title: string; holds: (room: string) => boolean };

/** Left to right; below them the ground. */
const SIDES: Side[] = [
	{ title: 'Screens', holds: (room) => /^src\/(routes|lib\/ui)/.test(room) },
	{ title: 'Desk', holds: (room) => room.startsWith('src/lib/desk/') },
	{ title: 'Hub', holds: (room) => room.startsWith('server/') && !room.startsWith('server/cli') },
	{ title: 'CLI and SDK', holds: (room) => /^(server\/cli|src\/lib\/sdk)/.test(room) }
];
const GROUND = /^src\/lib\/(domain|protocol|search|formats|signing|messages)\b/;

type Place = { room: string; x: number; y: number };
type Arrow = { from: string; to: string; typeOnly: boolean };

export function drawRooms(): string {
	const arrows = arrowsOf(stairs());
	const tied = new Set(arrows.flatMap(({ from, to }) => [from, to]));
	const rooms = [...stairs().keys()].filter((room) => tied.has(room));
	let x = MARGIN;
	const sides = SIDES.map(({ title, holds }) => {
		const floors = floorsOf(rooms.filter(holds), arrows);
		const wide = Math.max(...floors.map((floor) => floor.length));
		const side = { title, floors, left: x, width: wide * STEP.x };
		x += side.width + MARGIN;
		return side;
	});
	const high = Math.max(...sides.map(({ floors }) => floors.length));
	const ground = floorsOf(
		rooms.filter((room) => GROUND.test(room)),
		arrows
	).flat();
	const size = { width: x, height: (high + 1) * STEP.y + 80 };
	const bottom = 56 + (high - 1) * STEP.y;
	const places: Place[] = sides.flatMap(({ floors, left, width }) =>
		floors.flatMap((floor, height) =>
			floor.map((room, at) => ({
				room,
				x: left + width / 2 + (at - (floor.length - 1) / 2) * STEP.x,
				y: 56 + (floors.length - 1 - height) * STEP.y
			}))
		)
	);
	const level = bottom + STEP.y + 34;
	places.push(
		...ground.map((room, at) => ({
			room,
			x: size.width / 2 + (at - (ground.length - 1) / 2) * STEP.x * 1.3,
			y: level
		}))
	);
	const drawn = arrows.filter(({ to }) => !GROUND.test(to));
	return svg(size, [
		...sides.map(
			({ title, left, width }) =>
				`<text class="title" x="${left + width / 2}" y="28">${title}</text>`
		),
		`<rect class="ground" x="${MARGIN / 2}" y="${level - 44}" width="${size.width - MARGIN}" height="78" rx="10"/>`,
		`<text class="note" x="${size.width / 2}" y="${level - 26}">The ground: decisions, words and formats. Every room above is built on it.</text>`,
		...drawn.map((arrow) => line(arrow, places)),
		...places.map(box)
	]);
}

/** What is left of all arrows without those that a longer way implies. */
function arrowsOf(below: Map<string, string[]>): Arrow[] {
	const reached = new Map<string, Set<string>>();
	const reach = (room: string): Set<string> => {
		const known = reached.get(room);
		if (known) return known;
		const found = new Set<string>();
		reached.set(room, found);
		for (const next of below.get(room) ?? [])
			for (const one of [next, ...reach(next)]) found.add(one);
		return found;
	};
	return [...below].flatMap(([from, all]) =>
		all
			.filter((to) => !all.some((other) => other !== to && reach(other).has(to)))
			.map((to) => ({ from, to, typeOnly: TABLE[from]!.rooms.includes(`type:${to}`) }))
	);
}

/** Rooms of one side by floor, the lowest first; each floor in an order that crosses few arrows. */
function floorsOf(rooms: readonly string[], arrows: readonly Arrow[]): string[][] {
	const inside = arrows.filter(({ from, to }) => rooms.includes(from) && rooms.includes(to));
	const heightOf = (room: string): number =>
		Math.max(-1, ...inside.filter(({ from }) => from === room).map(({ to }) => heightOf(to))) + 1;
	const highest = new Map(rooms.map((room) => [room, heightOf(room)]));
	// A room that rests on nothing of its side stands right below who needs it.
	for (const room of rooms) {
		const users = inside.filter(({ to }) => to === room).map(({ from }) => highest.get(from)!);
		const rests = inside.some(({ from }) => from === room);
		if (!rests && users.length > 0) highest.set(room, Math.min(...users) - 1);
	}
	const floors: string[][] = [];
	for (const room of [...rooms].sort()) (floors[highest.get(room)!] ??= []).push(room);
	for (let turn = 0; turn < 8; turn++) {
		const place = new Map(
			floors.flatMap((floor) =>
				floor.map((room, at) => [room, at - (floor.length - 1) / 2] as const)
			)
		);
		const pull = (room: string): number => {
			const ties = inside.flatMap(({ from, to }) =>
				from === room ? [to] : to === room ? [from] : []
			);
			if (ties.length === 0) return place.get(room)!;
			return ties.reduce((sum, tie) => sum + place.get(tie)!, 0) / ties.length;
		};
		for (const floor of floors) floor.sort((one, other) => pull(one) - pull(other));
	}
	return floors;
}

function box({ room, x, y }: Place): string {
	const [name = '', ...families] = room
		.replace(/^src\/(lib\/)?|^server\/(?=.)/, '')
		.split('/')
		.reverse();
	const family = families.reverse().join('/');
	const kind = GROUND.test(room) ? 'floor' : (family.split('/')[0] ?? '');
	return [
		`<g class="room ${kind}"><title>${room}</title>`,
		`<rect x="${x - BOX.width / 2}" y="${y - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="6"/>`,
		family === '' ? '' : `<text class="family" x="${x}" y="${y - 5}">${family}</text>`,
		`<text x="${x}" y="${y + (family === '' ? 4 : 10)}">${name}</text></g>`
	].join('');
}

function line({ from, to, typeOnly }: Arrow, places: readonly Place[]): string {
	const start = places.find(({ room }) => room === from)!;
	const end = places.find(({ room }) => room === to)!;
	const falls = end.y > start.y;
	const sideways = Math.sign(end.x - start.x);
	const [x1, y1] = falls
		? [start.x, start.y + BOX.height / 2]
		: [start.x + (sideways * BOX.width) / 2, start.y];
	const [x2, y2] = falls
		? [end.x, end.y - BOX.height / 2 - 2]
		: [end.x - sideways * (BOX.width / 2 + 2), end.y];
	const bend = falls ? [0, Math.min(30, (y2 - y1) / 2)] : [(x2 - x1) / 3, 0];
	const path = `M${x1} ${y1}C${x1 + bend[0]!} ${y1 + bend[1]!} ${x2 - bend[0]!} ${y2 - bend[1]!} ${x2} ${y2}`;
	return `<path${typeOnly ? ' class="type"' : ''} d="${path}"><title>${from} → ${to}</title></path>`;
}

function svg(size: { width: number; height: number }, parts: readonly string[]): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="The rooms of Keyferry and which is built on which">
<style>
svg { color-scheme: light dark; font: 600 12px system-ui, sans-serif; }
.sheet { fill: #fff; } .ground { fill: #eef1f4; } text { fill: #1b2733; text-anchor: middle; }
.title { font-size: 16px; } .note, .family { font-weight: 400; font-size: 10px; fill: #5a6875; } .note { font-size: 12px; }
.room rect { fill: #f6f8fa; stroke: #8a97a3; }
.ui rect { fill: #fdf3e3; } .desk rect { fill: #fbe9e2; } .operations rect { fill: #e4f1ea; } .cli rect { fill: #ece8f8; } .sdk rect { fill: #e5effb; }
path { fill: none; stroke: #7b8895; marker-end: url(#tip); } .type { stroke-dasharray: 4 3; } marker path { fill: #7b8895; stroke: none; marker-end: none; }
@media (prefers-color-scheme: dark) {
.sheet { fill: #12181e; } .ground { fill: #1c252d; } text { fill: #e4eaef; } .note, .family { fill: #9fb0bd; }
.room rect { fill: #222d36; stroke: #5f707d; }
.ui rect { fill: #3a2f1c; } .desk rect { fill: #3d271f; } .operations rect { fill: #1d352a; } .cli rect { fill: #2d2745; } .sdk rect { fill: #1c2f45; }
path { stroke: #8698a5; } marker path { fill: #8698a5; }
}
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
<rect class="sheet" width="${size.width}" height="${size.height}" rx="12"/>
${parts.join('\n')}
</svg>
`;
}

if (import.meta.main) writeFileSync(join(root, 'docs/rooms.svg'), drawRooms());
