/**
 * What people do at a desk, by the desk's own calls, and what then lies on it.
 *
 * @module
 */
import type { DrawRow, FileRow, Hold, OutboxRow, OwnAllotmentRow } from '#lib/desk/store/rows.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { fileTokens, readFile, writeFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { makeReturn } from '#lib/signing/return.ts';
import type { Desk } from './desk.ts';
import type { TestMachine } from './hub.ts';

/** Takes in what was carried to the desk, and keeps what is new. */
export async function takeIn(desk: Desk, text: string): Promise<void> {
	await desk.do(async (calls) => calls.keepItems((await calls.takeInText(text, 'stick')).items));
}

/** Takes in a request or a return and queues it for the hub. */
export async function bring(desk: Desk, text: string, jti: string): Promise<void> {
	await takeIn(desk, text);
	await desk.do((calls) => calls.submitRequests([jti]));
}

/** Takes in a request and issues its file here and now, from an allotment of this desk. */
export async function drawFor(
	desk: Desk,
	text: string,
	jti: string
): Promise<{ text: string } | Refusal | undefined> {
	await takeIn(desk, text);
	return desk.do((calls) => calls.issueNow(jti));
}

/** The return of an activation file, signed by its machine. */
export async function giveBackFile(
	file: string,
	{ key }: TestMachine
): Promise<{ text: string; jti: string }> {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	// Trust and revocation rode along; a return needs only its own chain.
	const { key: hubKey, allotment, body } = read;
	const activation = body.payload as Claims['activation'];
	const now = Math.floor(Date.now() / 1000);
	const token = await makeReturn(activation, { ...key, now });
	const chain = fileTokens({ key: hubKey, allotment, body }).map((each) => each.text);
	const text = writeFile([...chain, token], []);
	const made = readFile(text);
	if (isRefusal(made)) throw new Error(made.refused);
	return { text, jti: (made.body.payload as Claims['return']).jti };
}

export async function signIn(
	desk: Desk,
	{ email, password }: { email: string; password: string }
): Promise<void> {
	await desk.do((calls) => calls.signIn(email, password));
}

/** Everything of a desk that the hub must agree with. */
export type DeskJournal = {
	desk: string;
	outbox: OutboxRow[];
	files: FileRow[];
	draws: DrawRow[];
	allotments: OwnAllotmentRow[];
	/** Why what waits is held, where it is. */
	held?: Hold;
};

export async function journalOf(desk: Desk): Promise<DeskJournal> {
	const { strict, readFact } = desk.calls;
	const [outbox, files, draws, allotments, sync] = await Promise.all([
		strict.outbox.toArray(),
		strict.files.toArray(),
		strict.draws.toArray(),
		strict.ownAllotments.toArray(),
		readFact('sync')
	]);
	return { desk: desk.profile.name, outbox, files, draws, allotments, held: sync?.held };
}
