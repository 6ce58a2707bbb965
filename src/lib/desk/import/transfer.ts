/**
 * Export and import of the whole desk. In the one-file desk the exported file is the truth: its
 * browser storage may go with the stick, the profile or a moved file.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { isFact } from '#lib/protocol/commands.ts';
import { readFile } from '#lib/formats/file.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { fileRow } from '#lib/desk/files/answer-files.ts';
import { clearFact, deskNow, readFact, strict } from '#lib/desk/store/database.ts';
import { changeSettings } from '#lib/desk/requests/desk.ts';
import { draftCommand } from '#lib/desk/store/outbox.ts';
import { requestRow } from '#lib/desk/files/request-row.ts';
import type {
	FileRow,
	KeyRow,
	MachineKeyRow,
	OutboxRow,
	RequestRow
} from '#lib/desk/store/rows.ts';
import { readBody, sayWhat } from '#lib/desk/files/said.ts';
import { orStorageFull } from '#lib/desk/store/storage.ts';
import { chainTrust } from '#lib/desk/hub/trust.ts';

const FORMAT = 'keyferry-desk';
const VERSION = 1;

/** What exists only here. What the hub mirrors is fetched from it again. */
type Export = {
	format: typeof FORMAT;
	version: typeof VERSION;
	exportedAt: number;
	requests: RequestRow[];
	files: FileRow[];
	keys: KeyRow[];
	/** Keys that the browser does not give out are left out; requests remain valid without them. */
	machineKeys: MachineKeyRow[];
	/** What waits for the hub, in order; ids are kept, so nothing is done twice. [SY2] */
	waiting: OutboxRow[];
};

/** Everything that this desk holds, as one file. */
export async function exportDesk(): Promise<{ blob: Blob; fileName: string }> {
	const exportedAt = deskNow();
	// What changes from here on is not in this file. On a full disk nothing can be noted; it is written all the same.
	await orStorageFull(() => clearFact('changedAt'));
	const [requests, files, keys, machineKeys, waiting] = await strict.transaction(
		'r',
		[strict.requests, strict.files, strict.keys, strict.machineKeys, strict.outbox],
		() =>
			Promise.all([
				strict.requests.toArray(),
				strict.files.toArray(),
				strict.keys.toArray(),
				strict.machineKeys.toArray(),
				strict.outbox.where('state').equals('waiting').sortBy('n')
			])
	);
	const whole: Export = {
		format: FORMAT,
		version: VERSION,
		exportedAt,
		requests,
		files,
		keys,
		machineKeys: machineKeys.filter(({ privateKey }) => !(privateKey instanceof CryptoKey)),
		waiting: waiting.filter(({ type }) => travels(type))
	};
	await orStorageFull(() => changeSettings({ exportedAt }));
	const day = new Date(exportedAt * 1000).toISOString().slice(0, 16).replace(/[:T]/g, '-');
	const blob = new Blob([JSON.stringify(whole, null, '\t')], { type: 'application/json' });
	return { blob, fileName: `keyferry-desk-${day}.json` };
}

/**
 * Takes an export over. What is here already stays as it is; nothing is replaced.
 *
 * @returns How many things were added.
 */
export async function importDesk(text: string): Promise<number | Refusal<'FILE_MALFORMED'>> {
	const found = readExport(text);
	const whole = isRefusal(found) ? found : await readAgain(found);
	if (isRefusal(whole)) return whole;
	return strict.transaction(
		'rw',
		[strict.requests, strict.files, strict.keys, strict.machineKeys, strict.outbox, strict.facts],
		async () => {
			const head = (await readFact('outbox')) ?? { id: uuidv7(), lastN: 0 };
			let added = 0;
			for (const row of whole.requests)
				if (!(await strict.requests.get(row.jti))) added += await one(strict.requests.add(row));
			for (const row of whole.files)
				if (!(await strict.files.get(row.jti))) added += await one(strict.files.add(row));
			for (const row of whole.keys)
				if (!(await strict.keys.get(row.jti))) added += await one(strict.keys.add(row));
			for (const row of whole.machineKeys)
				if (!(await strict.machineKeys.get(row.request))) await strict.machineKeys.add(row);
			for (const row of whole.waiting) {
				if (await strict.outbox.get(row.id)) continue;
				head.lastN += 1;
				// The id says that it is the same command; the number counts in this desk's outbox.
				const place = { outbox: head.id, n: head.lastN, createdAt: row.createdAt };
				added += await one(strict.outbox.add({ ...row, ...place, state: 'waiting' }));
			}
			await strict.facts.bulkPut([
				{ name: 'outbox', value: head },
				{ name: 'changedAt', value: deskNow() }
			]);
			return added;
		}
	);
}

function readExport(text: string): Export | Refusal<'FILE_MALFORMED'> {
	try {
		const value: unknown = JSON.parse(text);
		if (isExport(value)) return value;
	} catch {
		// Not even JSON: the same answer.
	}
	return malformed;
}

const malformed = refuse('FILE_MALFORMED', { reason: 'desk-export' });

/** What the rows say is read from their files once more, so that no export can put words in. */
async function readAgain(whole: Export): Promise<Export | Refusal<'FILE_MALFORMED'>> {
	const trust = await chainTrust();
	const again: Export = { ...whole, requests: [], files: [], keys: [], waiting: [] };
	for (const row of whole.waiting) {
		const { id, type, args, subject, createdAt } = row;
		const text = 'request' in args ? args.request : 'file' in args ? args.file : '';
		if (isRefusal(readFile(text))) return malformed;
		// Made anew, so that its hash is right and nothing else comes along.
		const draft = await draftCommand(
			type,
			'request' in args ? { request: text } : { file: text },
			subject
		);
		again.waiting.push({ ...draft, id, createdAt, outbox: '', n: 0, state: 'waiting' });
	}
	for (const row of [...whole.requests, ...whole.keys, ...whole.files]) {
		const file = readFile(row.text);
		if (isRefusal(file)) return malformed;
		const body = readBody(file);
		if (isRefusal(body)) return malformed;
		const { jti } = body.claims;
		const said = sayWhat(body, file);
		const { text, storedAt, fileName } = row as RequestRow;
		const { origin } = row as RequestRow;
		const asked = requestRow(file, body, { text, origin, storedAt });
		if (asked) {
			again.requests.push({ ...asked, fileName });
			continue;
		}
		const verified = !isRefusal(await verifyFile(file, trust));
		if (body.type === 'license') {
			const { sub: licenseId, num: number } = body.claims;
			again.keys.push({ ...(row as KeyRow), jti, licenseId, number, said, verified });
		} else {
			const read = await fileRow(file, { body, text, verified, name: fileName });
			again.files.push({ ...read, fileName, storedAt });
		}
	}
	return again;
}

function isExport(value: unknown): value is Export {
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
function travels(type: string): boolean {
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

async function one(added: PromiseLike<unknown>): Promise<number> {
	await added;
	return 1;
}
