/**
 * The file of a whole desk. In the one-file desk it is the truth: its browser storage may go with the
 * stick, the profile or a moved file.
 *
 * @module
 */
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isFact } from '#lib/protocol/commands.ts';
import type { FileRow, KeyRow, StoredRequest } from '#lib/desk/store/file-rows.ts';
import type { MachineKeyRow, OutboxRow } from '#lib/desk/store/desk-rows.ts';

const FORMAT = 'keyferry-desk';
const VERSION = 1;

/** What exists only here. What the hub mirrors is fetched from it again. */
export type DeskExport = {
	format: typeof FORMAT;
	version: typeof VERSION;
	exportedAt: number;
	requests: StoredRequest[];
	files: FileRow[];
	keys: KeyRow[];
	/** Keys that the browser does not give out are left out; requests remain valid without them. */
	machineKeys: MachineKeyRow[];
	/** What waits for the hub, in order; ids are kept, so nothing is done twice. [SY2] */
	waiting: OutboxRow[];
};

export const exportMalformed = refuse('FILE_MALFORMED', { reason: 'desk-export' });

export function writeDeskExport(content: Omit<DeskExport, 'format' | 'version'>): string {
	const whole: DeskExport = { format: FORMAT, version: VERSION, ...content };
	return JSON.stringify(whole, null, '\t');
}

export function readDeskExport(text: string): DeskExport | Refusal<'FILE_MALFORMED'> {
	try {
		const value: unknown = JSON.parse(text);
		if (isExport(value)) return value;
	} catch {
		// Not even JSON: the same answer.
	}
	return exportMalformed;
}

function isExport(value: unknown): value is DeskExport {
	if (!isRecord(value) || value.format !== FORMAT || value.version !== VERSION) return false;
	const { requests, files, keys, machineKeys, waiting } = value;
	return (
		[requests, files, keys].every((table) =>
			isTable(table, ({ jti, text }) => typeof jti === 'string' && typeof text === 'string')
		) &&
		isTable(machineKeys, ({ request }) => typeof request === 'string') &&
		isTable(
			waiting,
			({ id, type, args, subject, createdAt }) =>
				typeof id === 'string' &&
				isRecord(args) &&
				typeof type === 'string' &&
				travels(type) &&
				typeof (type === 'activation.request' ? args.request : args.file) === 'string' &&
				typeof subject === 'string' &&
				typeof createdAt === 'number'
		)
	);
}

/** What another desk may bring just as well. What is asked for this desk itself stays here. */
export function travels(type: string): boolean {
	return type === 'activation.request' || isFact(type);
}

function isTable(
	value: unknown,
	isRow: (row: Record<string, unknown>) => boolean
): value is Record<string, unknown>[] {
	return Array.isArray(value) && value.every((row) => isRecord(row) && isRow(row));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
