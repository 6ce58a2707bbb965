/**
 * Before a request is decided: which license does it mean, and may it be asked for? [RE2]
 *
 * Everything here is fixed for the life of a license, so it happens outside the transaction.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { verifyRequest, type VerifiedRequest } from '#lib/signing/request.ts';
import { among } from '#server/db/among.ts';
import { directory } from '#server/db/schema/catalog.ts';
import { licenses } from '#server/db/schema/ledger.ts';
import type { PlacedRequest, PlacedReturn, RequestIntent } from '#server/ledger/held/ask.ts';
import { provesLicense } from '#server/hub/license-proof.ts';
import { actorOf, may, type Asker, type Hub } from '#server/hub/hub.ts';
import { importMachineKey } from './machine-key.ts';
import { readCarried } from '#server/operations/facts/read-return.ts';

/** A request as it was read, and what its file carries besides. */
export type ReadRequest = {
	request: VerifiedRequest;
	returns: readonly PlacedReturn[];
	/** Why a carried return was left out. */
	notices: readonly Refusal[];
	intent: RequestIntent;
};

/** A request, and who submits it. Nobody in particular is `undefined`. */
export type SubmittedRequest = ReadRequest & { asker: Asker | undefined };

/**
 * Reads a request file or its tokens. Signature before schema. [FI3]
 *
 * @param isAlone - Nobody else waits for this thread.
 */
export async function readRequest(
	hub: Hub,
	text: string,
	{
		asker,
		intent = 'decide',
		isAlone
	}: { asker: Asker | undefined; intent?: RequestIntent; isAlone?: boolean }
): Promise<ReadRequest | Refusal> {
	const file = readFile(text);
	if (isRefusal(file)) return file;
	const request = await verifyRequest(file.body, (jwk) => importMachineKey(jwk, { isAlone }));
	if (isRefusal(request)) return request;
	return { request, intent, ...(await readCarried(hub, file, actorOf(asker))) };
}

/**
 * Finds the license of each request. One that may not be asked for gets the answer of an unknown
 * number, so that nobody can try out which numbers exist. [RE2]
 */
export async function admit(
	hub: Hub,
	submitted: readonly SubmittedRequest[]
): Promise<(PlacedRequest | Refusal<'LICENSE_NOT_FOUND' | 'NOT_PERMITTED'>)[]> {
	const numbers = new Set(submitted.map(({ request }) => request.claims.num));
	const found = await findLicenses(hub, [...numbers]);
	return submitted.map((each) => admitTo(hub, found.get(each.request.claims.num), each));
}

/** The same of one request, to a license that was found by its number. */
export function admitTo(
	hub: Hub,
	license: Admitting | undefined,
	{ request, asker, returns, intent }: SubmittedRequest
): PlacedRequest | Refusal<'LICENSE_NOT_FOUND' | 'NOT_PERMITTED'> {
	const unknown = refuse('LICENSE_NOT_FOUND', { number: request.claims.num });
	if (!license) return unknown;
	const { customerId, licenseId } = license;
	if (!may(asker, 'activation.request', customerId) && !isProven(hub, request, license))
		return may(asker, 'customer.read', customerId)
			? refuse('NOT_PERMITTED', { action: 'activation.request' })
			: unknown;
	const actor = actorOf(asker);
	return { kind: 'request', request, customerId, licenseId, actor, returns, intent };
}

/** What of a license tells who may ask for it. */
type Admitting = { customerId: string; licenseId: string; sealedSecret: string };

async function findLicenses(hub: Hub, numbers: readonly string[]): Promise<Map<string, Admitting>> {
	if (numbers.length === 0) return new Map();
	const rows = await hub.db
		.select({
			customerId: licenses.customerId,
			licenseId: licenses.licenseId,
			number: licenses.number,
			sealedSecret: licenses.sealedSecret
		})
		.from(directory)
		.innerJoin(
			licenses,
			and(
				eq(licenses.customerId, directory.customerId),
				eq(licenses.licenseId, directory.licenseId)
			)
		)
		.where(among(directory.key, numbers));
	return new Map(rows.map(({ number, ...found }) => [number, found]));
}

function isProven(hub: Hub, { claims, jkt }: VerifiedRequest, found: Admitting): boolean {
	const { jti, proof } = claims;
	return proof !== undefined && provesLicense(hub, found, { jti, jkt, proof });
}
