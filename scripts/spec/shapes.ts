/**
 * Schemas in words, with every bound that a reader checks.
 *
 * @module
 */
import * as z from 'zod';
import { code } from './markdown.ts';

/** What of JSON Schema our schemas make use of. */
export type Shape = {
	type?: string;
	const?: unknown;
	enum?: unknown[];
	pattern?: string;
	minLength?: number;
	maxLength?: number;
	minimum?: number;
	maximum?: number;
	items?: Shape;
	minItems?: number;
	maxItems?: number;
	properties?: Record<string, Shape>;
	required?: string[];
	additionalProperties?: Shape | boolean;
	anyOf?: Shape[];
	description?: string;
};

/** Shapes that have a name, by their JSON. */
export type ShapeNames = ReadonlyMap<string, string>;

export function shapeOf(schema: z.core.$ZodType): Shape {
	const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: 'input' });
	return shape as Shape;
}

/** The key of a shape among those with a name. What a member means is said where it stands. */
export function shapeKey({ description: _, ...shape }: Shape): string {
	return JSON.stringify(shape);
}

/** One row for each member: its name, whether it must be there, and its shape. */
export function memberRows(
	{ properties = {}, required = [] }: Shape,
	names: ShapeNames = new Map()
): [name: string, must: string, shape: string][] {
	return Object.entries(properties).map(([name, shape]) => [
		code(name),
		required.includes(name) ? 'yes' : 'no',
		describeShape(shape, names)
	]);
}

export function describeShape(shape: Shape, names: ShapeNames = new Map()): string {
	const name = names.get(shapeKey(shape));
	if (name !== undefined) return `*${name}*`;
	const inner = (each: Shape) => describeShape(each, names);
	const { type, anyOf, items, properties, additionalProperties } = shape;
	if (anyOf) return anyOf.map(inner).join(' or ');
	if (shape.const !== undefined) return code(JSON.stringify(shape.const));
	if (shape.enum) return shape.enum.map((each) => code(JSON.stringify(each))).join(', ');
	if (type === 'array') return `list${counted(shape.minItems, shape.maxItems)} of ${inner(items!)}`;
	if (type === 'integer') return `integer${ranged(shape.minimum, shape.maximum)}`;
	if (type === 'string') {
		const long = lengthOf(shape.minLength, shape.maxLength);
		return shape.pattern === undefined ? `text${long}` : `text${long} like ${code(shape.pattern)}`;
	}
	if (properties) return `{ ${membersOf(shape, names).join(', ')} }`;
	if (type === 'object') {
		const value = typeof additionalProperties === 'object' ? inner(additionalProperties) : '';
		return value && value !== 'anything' ? `object of ${value}` : 'object';
	}
	return type ?? 'anything';
}

function membersOf({ properties = {}, required = [] }: Shape, names: ShapeNames): string[] {
	return Object.entries(properties).map(
		([name, shape]) =>
			`${code(required.includes(name) ? name : `${name}?`)}: ${describeShape(shape, names)}`
	);
}

function counted(least?: number, most?: number): string {
	if (least === undefined) return most === undefined ? '' : ` of at most ${most}, each one`;
	return most === undefined
		? ` of at least ${least}, each one`
		: ` of ${least} to ${most}, each one`;
}

function lengthOf(least = 0, most?: number): string {
	if (most === undefined) return least > 0 ? `, at least ${least} long` : '';
	return `, ${least} to ${most} long`;
}

function ranged(least?: number, most?: number): string {
	const from = least === undefined || least <= -Number.MAX_SAFE_INTEGER ? undefined : least;
	const to = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : powerOf(most);
	if (from === undefined) return to === undefined ? '' : ` up to ${to}`;
	return to === undefined ? ` from ${from}` : ` from ${from} to ${to}`;
}

function powerOf(limit: number): string {
	const power = Math.log2(limit + 1);
	return Number.isInteger(power) && power > 16 ? `2^${power} - 1` : String(limit);
}
