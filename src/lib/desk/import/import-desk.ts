/**
 * Importing the export of another desk, or of this one as it was.
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { portableName } from '#lib/formats/file-name.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { fileRow } from '#lib/desk/files/answer-files.ts';
import { keepMirrored } from '#lib/desk/files/mirrored-answers.ts';
import { requestRow } from '#lib/desk/files/request-row.ts';
import { readBody, summarize } from '#lib/desk/files/summary.ts';
import { readState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { StoredRequest } from '#lib/desk/store/file-rows.ts';
import { chainTrust } from '#lib/desk/hub/trust.ts';
import { draftCommand } from '#lib/desk/store/outbox.ts';
import { exportMalformed, readDeskExport, type DeskExport } from './desk-export.ts';

/**
 * Adds what an export holds. What is here already stays as it is; nothing is replaced.
 *
 * @returns How many things were added.
 */
export async function importDesk(text: string): Promise<number | Refusal<'FILE_MALFORMED'>> {
	const found = readDeskExport(text);
	const whole = isRefusal(found) ? found : await readAgain(found);
	if (isRefusal(whole)) return whole;
	const added = await strict.transaction(
		'rw',
		[strict.requests, strict.files, strict.keys, strict.machineKeys, strict.outbox, strict.states],
		async () => {
			const head = (await readState('outbox')) ?? { id: uuidv7(), lastN: 0 };
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
			await strict.states.bulkPut([
				{ name: 'outbox', value: head },
				{ name: 'changedAt', value: deskNow() }
			]);
			return added;
		}
	);
	await keepMirrored();
	return added;
}

/** What the rows say is read from their files once more, so that no export can put words in. */
async function readAgain(whole: DeskExport): Promise<DeskExport | Refusal<'FILE_MALFORMED'>> {
	const trust = await chainTrust();
	const again: DeskExport = { ...whole, requests: [], files: [], keys: [], waiting: [] };
	for (const row of whole.waiting) {
		const { id, type, args, subject, createdAt } = row;
		const text = 'request' in args ? args.request : 'file' in args ? args.file : '';
		if (isRefusal(readFile(text))) return exportMalformed;
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
		if (isRefusal(file)) return exportMalformed;
		const body = readBody(file);
		if (isRefusal(body)) return exportMalformed;
		const { jti } = body.claims;
		const summary = summarize(body, file);
		const { text, storedAt, fileName: named, savedAt: left } = row as StoredRequest;
		const saved = typeof left === 'number' ? { savedAt: left } : {};
		// Whoever wrote the export thought of it.
		const name = typeof named === 'string' ? portableName(named) : undefined;
		const origin = 'origin' in row && row.origin === 'made' ? 'made' : 'imported';
		const asked = requestRow(file, body, { text, origin, storedAt });
		if (asked) {
			again.requests.push({ ...asked, ...saved, fileName: name ?? asked.fileName });
			continue;
		}
		const verified = !isRefusal(await verifyFile(file, trust));
		if (body.type === 'license') {
			const { sub: licenseId, num: number } = body.claims;
			again.keys.push({ jti, licenseId, number, text, summary, verified, storedAt });
		} else {
			const read = await fileRow(file, { body, text, verified, name });
			again.files.push({ ...read, ...saved, fileName: name ?? read.fileName, storedAt });
		}
	}
	return again;
}

async function one(added: PromiseLike<unknown>): Promise<number> {
	await added;
	return 1;
}
