/** What the table of rooms says about a path, an import, and the whole. */
import { targetOf } from './architecture-imports.ts';
import { TABLE, TESTS } from './architecture-table.ts';

/** The room that a path lies in: the longest path of the table that it begins with. */
export function roomOf(path: string): string | undefined {
	return Object.keys(TABLE)
		.filter((room) => path === room || path.startsWith(`${room}/`))
		.sort((one, other) => other.length - one.length)[0];
}

/** Whether a name, or all that begin so, is meant. */
export function matches(pattern: string, name: string): boolean {
	return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

/** The rooms that each room may import, be it for a type, without itself. */
export function stairs(): Map<string, string[]> {
	const names = Object.keys(TABLE);
	return new Map(
		Object.entries(TABLE).map(([room, { rooms }]) => {
			const patterns = rooms.map((pattern) => pattern.replace('type:', ''));
			const below = names.filter((name) => patterns.some((pattern) => matches(pattern, name)));
			return [room, below.filter((name) => name !== room)];
		})
	);
}

/** Why a file may not import something, or nothing where it may. */
export function complaint(file: string, specifier: string, typeOnly: boolean): string | undefined {
	const room = roomOf(file);
	if (room === undefined) return `${file} is in a folder that has no row`;
	const { own, name } = targetOf(file, specifier);
	const isTest = file.endsWith('.test.ts');
	const rules = isTest ? [TABLE[room]!, TESTS] : [TABLE[room]!];
	if (!own) {
		if (rules.some(({ packages }) => packages.some((pattern) => matches(pattern, name)))) return;
		return `${file} (${room}) imports the package ${name}`;
	}
	if (isTest && name.startsWith('tests/')) return;
	if (name === 'src/app.css' && room === 'src/routes') return;
	const target = roomOf(name);
	if (target === room) {
		return specifier.startsWith('#')
			? `${file} imports ${specifier} of its own room by #`
			: undefined;
	}
	if (target === undefined) return `${file} imports ${name}, which is in no room`;
	for (const allowed of rules.flatMap(({ rooms }) => rooms)) {
		if (matches(allowed, target)) return;
		if (allowed.startsWith('type:') && matches(allowed.slice(5), target) && typeOnly) return;
	}
	return `${file} (${room}) imports ${name} (${target})${typeOnly ? ' as a type' : ''}`;
}
