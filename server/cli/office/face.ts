/** `keyferry face show|set`: how the vendor appears to people. [VF1] */
import { readFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { accentColors, isHexColor } from '#lib/domain/vendor/accent.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { cleanLogo } from '#lib/formats/png.ts';
import type { StoredFace } from '#lib/protocol/face.ts';
import { asking } from '#server/cli/base/asking.ts';
import { command, hubOrFolder } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { table } from '#server/cli/base/texts.ts';

const show = command({
	name: 'show',
	description: 'Show name, support address, color and logo of the vendor',
	args: hubOrFolder,
	run: (place) =>
		asking(place, async (ask) => {
			const face = await ask<StoredFace>({ procedure: 'face.stored', query: true });
			return isRefusal(face) ? face : { lines: linesOf(face), json: face };
		})
});

const set = command({
	name: 'set',
	description: 'Change them; what is not named stays, and none takes it away',
	args: {
		name: { type: 'string', valueHint: 'NAME', description: 'Instead of Keyferry' },
		support: { type: 'string', valueHint: 'EMAIL', description: 'Who answers questions' },
		accent: { type: 'string', valueHint: '#RRGGBB', description: 'Color of buttons and links' },
		logo: { type: 'string', valueHint: 'FILE', description: 'PNG, at most 512 × 512 and 64 KB' },
		...hubOrFolder
	},
	run: async ({ name, support, accent, logo, ...place }) => {
		const picture = await logoOf(logo);
		if (isRefusal(picture)) return picture;
		const input = {
			name: orNothing(name),
			support: orNothing(support),
			accent: colorOf(accent),
			logo: picture
		};
		if (Object.values(input).every((value) => value === undefined))
			throw new UsageError('Give --name, --support, --accent or --logo.');
		return asking(place, async (ask) => {
			const face = await ask<StoredFace>({ procedure: 'face.change', input });
			return isRefusal(face) ? face : { lines: linesOf(face), json: face };
		});
	}
});

/** `undefined` stays, `null` is taken away. */
function orNothing(typed: string | undefined): string | null | undefined {
	return typed === 'none' ? null : typed;
}

function colorOf(typed: string | undefined): string | null | undefined {
	const color = orNothing(typed?.toLowerCase());
	if (typeof color === 'string' && !isHexColor(color))
		throw new UsageError('--accent: a color is written as #1f5fbf.');
	return color;
}

async function logoOf(path: string | undefined) {
	if (path === undefined || path === 'none') return orNothing(path);
	const cleaned = cleanLogo(await readFile(path));
	return isRefusal(cleaned) ? cleaned : Buffer.from(cleaned).toString('base64');
}

function linesOf({ name, support, accent, logo }: StoredFace): string[] {
	const colors = accent && accentColors(accent);
	return table([
		['name', name ?? 'Keyferry'],
		['support', support ?? 'none'],
		['color', accent ?? 'Keyferry’s own'],
		...(colors
			? [
					['  on light', shownAs(colors.light.accent, accent)],
					['  on dark', shownAs(colors.dark.accent, accent)]
				]
			: []),
		['logo', logo ? `PNG, ${Buffer.from(logo, 'base64').length} bytes` : 'Keyferry’s own']
	]);
}

function shownAs(color: string, chosen: string | undefined): string {
	return color === chosen ? 'as it is' : `${color}, so that text is readable (4.5:1)`;
}

export const faceCommand = defineCommand({
	meta: { name: 'face', description: 'How the vendor appears to people: show, set' },
	subCommands: { show, set }
});
