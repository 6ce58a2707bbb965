/**
 * Unlock for another machine: a request composed on the desk, by name, organization and key. (K2)
 *
 * The machine key is made and held by this desk, and the request says so [MA3]: such a key proves no
 * return later. A machine that can run the CLI makes a better request.
 *
 * @module
 */
import type { Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { asLine, judgeName, seenOrNone } from '#lib/domain/typed-name.ts';
import { readFile, writeFile } from '#lib/formats/file.ts';
import { requestFileName } from '#lib/formats/file-name.ts';
import { FORMAT_VERSION, type Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { signerOf } from '#lib/signing/keys.ts';
import { proofOf } from '#lib/signing/request.ts';
import { writeState } from '#lib/desk/store/state.ts';
import { deskNow, strict } from '#lib/desk/store/database.ts';
import type { MachineKeyRow } from '#lib/desk/store/desk-rows.ts';
import type { StoredRequest } from '#lib/desk/store/file-rows.ts';
import { readableLines, readBody, summarize } from '#lib/desk/files/summary.ts';
import { changeSettings } from '#lib/desk/store/settings.ts';
import { makeStoredKey } from '#lib/desk/store/stored-key.ts';
import { appendCommands, type Draft } from '#lib/desk/store/outbox.ts';
import { syncNow } from '#lib/desk/store/sync-signal.ts';
import type { LicenseChoice } from './license-choice.ts';
import { draftSubmissions } from './submit.ts';

export type RequestForm = {
	license: LicenseChoice;
	machine: Machine;
	name: string;
	organization?: string;
	/** Host or asset tag. */
	label?: string;
	site?: string;
	/** Version of the product that asks. */
	version?: string;
	os?: string;
};

/**
 * Makes and signs a request, and stores it with its machine key. Returns after the disk has both.
 *
 * @param submit - Queues it for the hub in the same write.
 */
export async function composeRequest(
	form: RequestForm,
	{ submit = false }: { submit?: boolean } = {}
): Promise<StoredRequest | Refusal> {
	const name = asLine(form.name);
	const unnamed = judgeName(name);
	if (unnamed) return unnamed;
	const { key, pair, jwk } = await makeStoredKey();
	const signer = await signerOf(pair);
	const jti = uuidv7();
	const claims: Claims['activation-request'] = {
		v: FORMAT_VERSION,
		jti,
		iat: deskNow(),
		num: form.license.number,
		proof: form.license.sec && (await proofOf(form.license.sec, jti, signer.kid)),
		fp: form.machine.fp,
		vm: form.machine.vm,
		held: 'desk',
		os: seenOrNone(form.os),
		pv: seenOrNone(form.version),
		name,
		org: seenOrNone(form.organization),
		label: seenOrNone(form.label),
		site: seenOrNone(form.site),
		cnf: { jwk }
	};
	const token = await signToken('activation-request', claims, signer);
	const summary = summarize({ type: 'activation-request', claims });
	summary.product = form.license.product;
	const text = writeFile([token], readableLines(summary));
	const tooLong = readFile(text);
	if (isRefusal(tooLong)) return tooLong;
	const unreadable = readBody(tooLong);
	if (isRefusal(unreadable)) return unreadable;
	const row: StoredRequest = {
		jti,
		number: claims.num,
		text,
		summary,
		origin: 'made',
		fileName: requestFileName(claims),
		storedAt: deskNow()
	};
	const machineKey = { request: jti, privateKey: key, publicKey: jwk };
	await storeRequest(row, machineKey, submit ? await draftSubmissions([row]) : []);
	await changeSettings({ name, organization: seenOrNone(form.organization) });
	if (submit) syncNow();
	return row;
}

async function storeRequest(
	row: StoredRequest,
	key: MachineKeyRow,
	commands: readonly Draft[]
): Promise<void> {
	const { requests, machineKeys, outbox, states } = strict;
	await strict.transaction('rw', [requests, machineKeys, outbox, states], async () => {
		await machineKeys.put(key);
		await requests.put(row);
		if (commands.length > 0) await appendCommands(commands);
		await writeState('changedAt', deskNow());
	});
}
