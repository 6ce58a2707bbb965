/**
 * How one person likes a list: the columns that it has, and the questions that they ask again and again,
 * each under a name. [DK3]
 *
 * @module
 */

export type ListView = {
	name: string;
	/** What stands behind the path of the list's address: `?is=full`. */
	query: string;
};

export type ListSettings = {
	/** By name. Absent: as the list comes. */
	columns?: string[];
	views?: ListView[];
};

/** Made of what is kept when it is carried out: two changes, one right behind the other, both count. */
export type ListChange = (before: ListSettings) => ListSettings;

/** More are no help to find one. */
export const MOST_VIEWS = 20;
export const VIEW_NAME_LIMIT = 40;

/** Keeps a question under a name; one of that name is replaced where it stands. */
export function withView(views: readonly ListView[], { name, query }: ListView): ListView[] {
	const view = { name: nameOf(name), query };
	if (view.name === '') return [...views];
	const at = views.findIndex((each) => isSameName(each.name, view.name));
	if (at >= 0) return views.with(at, view);
	return [...views, view].slice(0, MOST_VIEWS);
}

/** Another name, unless it is none or another view's. */
export function renamedView(views: readonly ListView[], from: string, to: string): ListView[] {
	const name = nameOf(to);
	const isTaken = views.some((each) => each.name !== from && isSameName(each.name, name));
	if (name === '' || isTaken) return [...views];
	return views.map((each) => (each.name === from ? { ...each, name } : each));
}

export function withoutView(views: readonly ListView[], name: string): ListView[] {
	return views.filter((each) => each.name !== name);
}

/** The columns in the list's own order, with or without this one. */
export function toggledColumn<C extends string>(
	all: readonly C[],
	shown: readonly C[],
	column: C
): C[] {
	const isShown = shown.includes(column);
	return all.filter((each) => (each === column ? !isShown : shown.includes(each)));
}

/** What was chosen before, as far as this version has such columns. */
export function knownColumns<C extends string>(
	all: readonly C[],
	chosen: readonly string[] | undefined,
	usual: readonly C[]
): readonly C[] {
	return chosen === undefined ? usual : all.filter((each) => chosen.includes(each));
}

function nameOf(text: string): string {
	return text.replace(/\s+/g, ' ').trim().slice(0, VIEW_NAME_LIMIT).trim();
}

function isSameName(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
