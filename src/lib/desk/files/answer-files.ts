/**
 * Answers: activation files, refusal files and receipts, on their way back to the machine that asked.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFile, type TokenFile } from '#lib/formats/file.ts';
import { answerName, fileName, fileStem } from '#lib/formats/file-name.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { FileRow, StoredRequest } from '#lib/desk/store/file-rows.ts';
import { answeredRequest, readBody, summarize, type Body } from './summary.ts';
import { chainTrust } from '#lib/desk/hub/trust.ts';

/** A file as the hub sent it, and what it answers where it does not say so itself. */
export type Delivered = { text: string; request?: string };

/**
 * Makes rows of answers that the hub sent, to be stored as they are. Text that is no file of ours is
 * left out: the outbox keeps it with the result.
 */
export async function readAnswers(delivered: readonly Delivered[]): Promise<FileRow[]> {
	const trust = await chainTrust();
	const rows: FileRow[] = [];
	for (const { text, request } of delivered) {
		const file = readFile(text);
		if (isRefusal(file)) continue;
		const body = readBody(file);
		if (isRefusal(body)) continue;
		const verified = !isRefusal(await verifyFile(file, trust));
		rows.push(await fileRow(file, { body, text, verified, request }));
	}
	return rows;
}

/** @param name - The name it came by; answers get the stem of their request instead. [FI4] */
export async function fileRow(
	file: TokenFile,
	{
		body,
		text,
		verified,
		name,
		request = answeredRequest(body)
	}: { body: Body; text: string; verified: boolean; name?: string; request?: string }
): Promise<FileRow> {
	const summary = summarize(body, file);
	const asked = request === undefined ? undefined : await strict.requests.get(request);
	const number = summary.number ?? asked?.number;
	const row: FileRow = {
		jti: body.claims.jti,
		kind: body.type,
		text,
		summary: {
			...summary,
			label: summary.label ?? asked?.summary.label,
			name: summary.name ?? asked?.summary.name,
			organization: summary.organization ?? asked?.summary.organization,
			product: summary.product ?? asked?.summary.product,
			number
		},
		verified,
		fileName: name ?? plainName(body, summary.label),
		storedAt: deskNow()
	};
	if (request !== undefined) row.request = request;
	if (number !== undefined) row.number = number;
	row.fileName = answerFileName(row, asked) ?? (await carriedName(row)) ?? row.fileName;
	return row;
}

/** A receipt of a return that rode in a request of this desk. */
async function carriedName({ kind, request = '' }: FileRow): Promise<string | undefined> {
	if (kind !== 'receipt') return undefined;
	const carrier = await strict.requests.filter(({ carries }) => request in (carries ?? {})).first();
	return carrier?.carries?.[request];
}

/** Stores files that are not there yet; call inside a transaction over `files`. [FI1] */
export async function addFiles(rows: readonly FileRow[], connection = strict): Promise<void> {
	const known = await connection.files.bulkGet(rows.map((row) => row.jti));
	await connection.files.bulkPut(rows.filter((_, at) => known[at] === undefined));
}

/** The stem of the request, so that request and answer lie side by side. [FI4] */
export function answerFileName(
	answer: Pick<FileRow, 'kind' | 'request' | 'summary' | 'number'>,
	asked?: StoredRequest
): string | undefined {
	if (answer.request === undefined) return undefined;
	if (asked) return answerName(asked.fileName, answer.kind);
	if (answer.number === undefined) return undefined;
	const { label } = answer.summary;
	return fileName(answer.kind, fileStem({ label, number: answer.number, request: answer.request }));
}

function plainName(body: Body, label: string | undefined): string {
	const tail = body.claims.jti.slice(-6);
	return fileName(body.type, `${label?.replace(/[^A-Za-z0-9]+/g, '-') || body.type}_${tail}`);
}
