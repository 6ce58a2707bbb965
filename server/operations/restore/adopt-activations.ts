/**
 * Activations that a restored hub has forgotten: its own signature on their files is the fact. [SY6]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { decideAdoption, type Adoption } from '#lib/domain/adoption.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import { among } from '#server/db/among.ts';
import { activationFiles } from '#server/db/schema/ledger.ts';
import { writing, type Writing } from '#server/db/writing.ts';
import { findCustomers, type Adopted, type Signed } from './adopted.ts';
import { hashesOf } from '#server/ledger/held-activations.ts';
import type { Hub } from '#server/hub/hub.ts';
import type { HeldActivation, Ledger } from '#server/ledger/ledger.ts';
import { openLedger } from '#server/ledger/open.ts';
import { closeLedger } from '#server/ledger/close.ts';

/** Rising generations, so that the newest of an activation is the one that stays. */
export async function adoptActivations(
	hub: Hub,
	files: readonly Signed<'activation'>[],
	actor: string
): Promise<Map<Signed<'activation'>, Adopted | Refusal>> {
	const done = new Map<Signed<'activation'>, Adopted | Refusal>();
	const customerOf = await findCustomers(hub, files);
	const ordered = [...files].sort((a, b) => a.claims.gen - b.claims.gen);
	for (const [customerId, some] of Map.groupBy(ordered, ({ claims }) => customerOf.get(claims.sub)))
		if (customerId === undefined)
			for (const file of some)
				done.set(file, refuse('LICENSE_NOT_FOUND', { number: file.claims.num }));
		else
			await writing(hub.db, async (shell) => {
				const ledger = await loadForAdoption(hub, shell, { customerId, files: some });
				const stored = await storedFiles(shell, { customerId, files: some });
				for (const file of some) {
					const { act, num: number } = file.claims;
					const outcome = adoptOne(hub, ledger, { file, actor });
					if (outcome === 'known') keepOlder(ledger, file, stored);
					done.set(file, { kind: 'activation', number, act, outcome });
				}
				await closeLedger(shell, ledger);
			});
	return done;
}

function loadForAdoption(
	hub: Hub,
	shell: Writing,
	{ customerId, files }: { customerId: string; files: readonly Signed<'activation'>[] }
): Promise<Ledger> {
	const machines = files.map(({ claims }) => claims);
	return openLedger(hub, shell, customerId, {
		alike: machines.map(({ sub: licenseId, fp }) => ({ licenseId, fp })),
		leaving: machines.map(({ act, sub: licenseId, req: request }) => ({
			...{ act, licenseId, request, way: 'return' as const }
		}))
	});
}

type StoredFile = Pick<typeof activationFiles.$inferSelect, 'act' | 'gen' | 'token'>;

/** The files that the hub has of these activations. */
function storedFiles(
	{ tx }: Writing,
	{ customerId, files }: { customerId: string; files: readonly Signed<'activation'>[] }
): Promise<StoredFile[]> {
	const { act, gen, token } = activationFiles;
	const acts = [...new Set(files.map(({ claims }) => claims.act))];
	return tx
		.select({ act, gen, token })
		.from(activationFiles)
		.where(and(eq(activationFiles.customerId, customerId), among(act, acts)));
}

/**
 * A generation that came back after a later one: it is out, so it is kept, and a request that it
 * answered gets its bytes again. [SE3]
 */
function keepOlder(
	ledger: Ledger,
	file: Signed<'activation'>,
	stored: readonly StoredFile[]
): void {
	const { act, gen, req } = file.claims;
	const known = ledger.held.get(act);
	const isThis = (each: { act: string; gen: number }) => each.act === act && each.gen === gen;
	const isStored = stored.some(isThis) || ledger.changed.files.some(isThis);
	if (!known || gen >= known.gen || isStored) return;
	ledger.changed.files.push(fileRow(ledger, file));
	ledger.held.set(act, { ...known, filesEndAt: lastEnd(file, known) });
	ledger.changed.activations.add(act);
	const request = ledger.requests.get(req);
	const answer = stored.find(({ token }) => token === request?.token);
	if (!request || !answer || answer.act !== act || answer.gen < gen) return;
	const { kid, text: token, claims } = file;
	ledger.requests.set(req, { ...request, kid, token, decidedAt: claims.iat });
	ledger.changed.requests.add(req);
}

function adoptOne(
	hub: Hub,
	ledger: Ledger,
	{ file, actor }: { file: Signed<'activation'>; actor: string }
): Adoption {
	const { claims } = file;
	const { act, sub: licenseId } = claims;
	const row = ledger.licenses.get(licenseId);
	if (!row) throw new Error(`license ${licenseId} is in the directory only`);
	const wanted = new Set(hashesOf(claims.fp));
	const alike = [...ledger.held.values()].filter(
		(each) =>
			each.licenseId === licenseId &&
			each.state === 'active' &&
			hashesOf(each.fp).some((hash) => wanted.has(hash))
	);
	const known = ledger.givenBack.has(act)
		? { state: 'returned', gen: claims.gen }
		: ledger.held.get(act);
	const adoption = decideAdoption({
		file: claims,
		known,
		held: alike.map(({ fp, label }) => ({ fp, label: label ?? undefined })),
		license: { seats: row.seats, counts: row },
		// A seat is not lost to a clock that leapt. [CL3]
		now: hub.freeingTime()
	});
	if (adoption === 'known' || adoption === 'ended') return adoption;
	if (adoption === 'given-back') {
		// A receipt may have said so before the request was known: it is spent. [SE3]
		rememberRequest(ledger, file, act);
		return adoption;
	}
	rememberRequest(ledger, file, adoption === 'same-machine' ? null : act);
	if (adoption === 'same-machine') return adoption;

	const isNew = adoption !== 'newer';
	if (isNew) row.active += 1;
	ledger.held.set(act, heldRow(ledger, file, adoption));
	ledger.changed.activations.add(act);
	ledger.changed.licenses.add(licenseId);
	ledger.changed.files.push(fileRow(ledger, file));
	ledger.notes.push({
		at: hub.now(),
		actor,
		action: isNew ? 'activation.adopted' : 'activation.renewed',
		subject: act,
		facts: {
			license: licenseId,
			gen: claims.gen,
			...(isNew && { request: claims.req }),
			...(adoption === 'overage' && { overage: true })
		}
	});
	return adoption;
}

function fileRow(
	{ customerId }: Ledger,
	{ claims, kid, text: token }: Signed<'activation'>
): typeof activationFiles.$inferInsert {
	const { jti, act, gen, req: request, iat: signedAt } = claims;
	return { customerId, jti, act, gen, request, kid, token, signedAt };
}

/** When the last file of an activation ends; never, where one of them does not. */
function lastEnd({ claims: { exp } }: Signed<'activation'>, known?: HeldActivation): number | null {
	if (exp === undefined || known?.filesEndAt === null) return null;
	return Math.max(exp, known?.filesEndAt ?? 0);
}

/** Of a later generation nobody can tell whose key made the first request. [SE5] */
function heldRow(
	{ customerId, held }: Ledger,
	file: Signed<'activation'>,
	adoption: Adoption
): HeldActivation {
	const { claims } = file;
	const { act, gen, sub: licenseId, exp = null, label = null, name, req: request, fp } = claims;
	const known = held.get(act);
	const firstKey = gen === 1 ? claims.cnf.jkt : '';
	return {
		...{ customerId, act, licenseId, state: 'active', coolsUntil: null, gen, fp, label, name },
		...{ grantedAt: claims.iat, expiresAt: exp, request },
		jkt: known?.jkt ?? firstKey,
		held: known ? known.held : (claims.held ?? null),
		filesEndAt: lastEnd(file, known),
		overage: known?.overage ?? adoption === 'overage',
		drawn: false
	};
}

/** The same request again gets the same bytes, or is spent. [SE3] */
function rememberRequest(
	ledger: Ledger,
	{ claims, kid, text }: Signed<'activation'>,
	act: string | null
): void {
	const { req: request, sub: licenseId, cnf, iat } = claims;
	if (ledger.requests.get(request)?.state === 'granted') return;
	ledger.requests.set(request, {
		...{ customerId: ledger.customerId, request, licenseId, state: 'granted', jkt: cnf.jkt },
		...{ act, refusal: null, kid, token: text, decidedAt: iat }
	});
	ledger.changed.requests.add(request);
}
