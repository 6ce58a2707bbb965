/**
 * Pushes that other desks could not send, as files that this one carries. [SY8]
 *
 * @module
 */
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { readPushFile } from '#lib/formats/push.ts';
import { verifyPush } from '#lib/signing/push.ts';
import { deskNow } from '#lib/desk/store/database.ts';
import type { FileRow, FileSummary } from '#lib/desk/store/file-rows.ts';

/** What a push file says; `jti` is of its token. */
export type CarriedPush = { jti: string; summary: FileSummary };

/** Reads the push of another desk. The key that it names has signed it. */
export async function readCarriedPush(text: string): Promise<CarriedPush | Refusal> {
	const signed = readPushFile(text);
	if (isRefusal(signed)) return signed;
	const verified = await verifyPush(signed);
	if (isRefusal(verified)) return verified;
	const { jti, desk: label, signedAt: madeAt, commands, damaged } = verified;
	return { jti, summary: { label, madeAt, commands: commands.length + damaged.length } };
}

/** The row of a push that is to be relayed. */
export async function pushRow(text: string, fileName: string): Promise<FileRow | Refusal> {
	const carried = await readCarriedPush(text);
	if (isRefusal(carried)) return carried;
	const { jti, summary } = carried;
	return { jti, kind: 'push', text, summary, verified: true, fileName, storedAt: deskNow() };
}
