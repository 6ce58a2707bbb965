/**
 * Ways to break the hub, each with the test that must notice.
 *
 * @module
 */

export type Guard = { file: string; test: string };

export type Mutant = {
	name: string;
	file: string;
	/** Text that is there exactly once. */
	from: string;
	to: string;
	killedBy: Guard;
};

export const mutants: Mutant[] = [
	{
		name: 'no-lock',
		file: 'server/db/writing.ts',
		from: `
				.orderBy(asc(licenses.licenseId))
				.for('update')
				.execute();`,
		to: `
				.orderBy(asc(licenses.licenseId))
				.execute();`,
		killedBy: {
			file: 'tests/faults/hub/races.test.ts',
			test: 'through one hub and through four, five are granted'
		}
	},
	{
		name: 'fingerprint-without-quota',
		file: 'src/lib/domain/seats/activation.ts',
		from: `differs.length > 0 && replacementsLeft > 0`,
		to: `differs.length > 0`,
		killedBy: {
			file: 'src/lib/domain/seats/one-machine.test.ts',
			test: '[MA5, SE1, SE5, SE6] no more machines run than seats, replacements and freeing returns of a span'
		}
	},
	{
		name: 'taken-back-forgets-files',
		file: 'src/lib/domain/seats/activation-record.ts',
		from: `return { ...row, filesEndAt: laterEnd(left.filesEndAt, row.filesEndAt) };`,
		to: `return row;`,
		killedBy: {
			file: 'src/lib/domain/seats/one-machine.test.ts',
			test: '[SE5] a seat that its machine took back cools until the files of both activations have ended'
		}
	},
	{
		name: 'answer-before-commit',
		file: 'server/db/writing.ts',
		from: `const done = await db.transaction(async (tx) => {
				const started = start(tx, customerId);
				const worked = await work(started);
				await started.auditHead();
				// The commit is sent right behind: where one of these fails, it undoes all.
				shell.ending = started.writeRest();
				shell.ending.catch(() => undefined);
				return worked;
			}, ahead(customerId));
			await shell.ending;
			return done;`,
		to: `return await new Promise<T>((resolve, reject) => {
				const written = db.transaction(async (tx) => {
					const started = start(tx, customerId);
					const worked = await work(started);
					await started.auditHead();
					shell.ending = started.writeRest();
					shell.ending.catch(reject);
					resolve(worked);
				}, ahead(customerId));
				written.catch(reject);
			});`,
		killedBy: {
			file: 'tests/faults/hub/postgres-killed.test.ts',
			test: '[SE3] the line cut before and after a commit: nothing lost, nothing twice'
		}
	},
	{
		name: 'revision-not-compared',
		file: 'drizzle/0029_rows-of-one-customer.sql',
		from: ` AND revision = seen_revision AND audit_hash = seen_hash;`,
		to: `;`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE2] what another hub has granted meanwhile is not granted again on what was seen'
		}
	},
	{
		name: 'known-request-not-refused',
		file: 'drizzle/0029_rows-of-one-customer.sql',
		from: `AND request = ANY (unread_requests))
		OR EXISTS (`,
		to: `AND false)
		OR EXISTS (`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[RE1] another key under the same id is refused, and the first answer stays'
		}
	},
	{
		name: 'file-stored-before-it-is-signed',
		file: 'server/ledger/grant-shortly.ts',
		from: `owed.pay([...ledger.changed.files, ...ledger`,
		to: `owed.pay([...ledger`,
		killedBy: {
			file: 'tests/model/both-ways.test.ts',
			test: '[SE1, SE2, SE3] as seen and under locks, the same history leaves the same ledger'
		}
	},
	{
		name: 'no-idempotency',
		file: 'server/ledger/decide-request.ts',
		from: `if (before && isOwn && isGranted(before)) {`,
		to: `if (before && isOwn && isGranted(before) && ledger.hub.now() < 0) {`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE3] the same request gets the same bytes, and takes no second seat'
		}
	},
	{
		name: 'return-without-proof',
		file: 'src/lib/domain/seats/giving-back.ts',
		from: `return proven && seat.freedInSpan < allowed ?`,
		to: `return seat.freedInSpan < allowed ?`,
		killedBy: {
			file: 'src/lib/domain/seats/giving-back.test.ts',
			test: '[SE5] without proof cools until its files have ended'
		}
	},
	{
		name: 'seat-freed-at-return',
		file: 'src/lib/domain/seats/giving-back.ts',
		from: `return proven && seat.freedInSpan < allowed ? { freed: true } : cool(seat);`,
		to: `return allowed < 0 ? cool(seat) : { freed: true };`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE5] a key that a desk holds proves nothing: the seat cools'
		}
	},
	{
		name: 'journal-after-issue',
		file: 'src/lib/desk/allotments/binding.ts',
		from: `await strict.draws.add(bound);`,
		to: `setTimeout(() => void strict.draws.add(bound), 5_000);`,
		killedBy: {
			file: 'tests/faults/desk/desk-crash.test.ts',
			test: '[AL2] killed at any write, it has what it has shown, and no slot twice'
		}
	},
	{
		name: 'keys-outlive-the-role',
		file: 'server/operations/pull/pull.ts',
		from: `before.has(customerId) === now.has(customerId)`,
		to: `before.size + now.size >= 0`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SY4] another role reads its customer again: keys come with it and go with it'
		}
	},
	{
		name: 'return-without-quota',
		file: 'src/lib/domain/seats/giving-back.ts',
		from: `return proven && seat.freedInSpan < allowed ?`,
		to: `return proven && allowed > 0 ?`,
		killedBy: {
			file: 'src/lib/domain/seats/giving-back.test.ts',
			test: '[SE5] is free at once four times per seat within a year, and cools the fifth time'
		}
	},
	{
		name: 'replacement-without-quota',
		file: 'src/lib/domain/seats/giving-back.ts',
		from: `return seat.freedInSpan < replacementsAllowed(seat) ?`,
		to: `return replacementsAllowed(seat) > 0 ?`,
		killedBy: {
			file: 'src/lib/domain/seats/giving-back.test.ts',
			test: '[SE6] frees its seat within the quota and cools beyond it'
		}
	},
	{
		name: 'later-key-proves',
		file: 'src/lib/domain/seats/activation-record.ts',
		from: `		request,
		expiresAt: exp,`,
		to: `		request,
		firstKey: file.key,
		expiresAt: exp,`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: 'a later key does not become the one that proves a return'
		}
	},
	{
		name: 'desk-key-proves',
		file: 'src/lib/domain/seats/activation-record.ts',
		from: `return held === null && firstKey === key;`,
		to: `return held !== '' && firstKey === key;`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE5] a key that a desk holds proves nothing: the seat cools'
		}
	},
	{
		name: 'new-receipt-each-time',
		file: 'server/ledger/give-back.ts',
		from: `if (before?.kid && before.token)`,
		to: `if (before?.kid && before.token && hub.now() < 0)`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[MA4] a repeated return gets the same receipt, byte for byte, and counts once'
		}
	},
	{
		name: 'cooling-seat-free',
		file: 'server/ledger/held/seats.ts',
		from: `	if (next.state === 'cooling') license.cooling += 1;
`,
		to: ``,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE5] a machine takes its own cooling seat again, others do not get it'
		}
	},
	{
		name: 'spent-request-answered',
		file: 'server/ledger/decide-request.ts',
		from: `if (holder?.state === 'active') {`,
		to: `if (holder) {`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE3] the request of a returned activation is spent'
		}
	},
	{
		name: 'retired-unrevoked',
		file: 'server/operations/activations/retire-machine.ts',
		from: `if (isNew) await revoke(`,
		to: `if (!isNew) await revoke(`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE6, FI8] the revocation list rides in the next files, and what follows stays'
		}
	},
	{
		name: 'audit-unchained',
		file: 'src/lib/domain/audit/audit.ts',
		from: `		prev = hash;
		return { ...open, hash };`,
		to: `		return { ...open, hash };`,
		killedBy: {
			file: 'src/lib/domain/audit/audit.test.ts',
			test: '[AU1] entries written in several transactions make one chain'
		}
	},
	{
		name: 'audit-link-unhashed',
		file: 'src/lib/domain/audit/audit.ts',
		from: `canonicalJson({ customerId, n, prev, at, actor, action, subject, facts })`,
		to: `canonicalJson({ customerId, n, prev: '', at, actor, action, subject, facts })`,
		killedBy: {
			file: 'src/lib/domain/audit/audit.test.ts',
			test: '[AU1] whoever rewrites an entry has to rewrite all that follow, the head included'
		}
	},
	{
		name: 'audit-entry-skipped',
		file: 'server/ledger/write-ledger.ts',
		from: `for (const note of notes) audit(note);`,
		to: `for (const note of notes.slice(1)) audit(note);`,
		killedBy: {
			file: 'tests/hub/restore/keeping.test.ts',
			test: '[AU1] every write is in it, in the same transaction, and its counts are the ledger’s'
		}
	},
	{
		name: 'audit-entry-skipped-as-seen',
		file: 'server/ledger/store-grants.ts',
		from: `head: seen.head }, notes, sha256);`,
		to: `head: seen.head }, notes.slice(1), sha256);`,
		killedBy: {
			file: 'tests/hub/restore/keeping.test.ts',
			test: '[AU1] every write is in it, in the same transaction, and its counts are the ledger’s'
		}
	},
	{
		name: 'ended-device-goes-on',
		file: 'server/operations/push/settle-claims.ts',
		from: `ended ? declineButFacts(each, ended) : each`,
		to: `each`,
		killedBy: {
			file: 'tests/hub/people/people.test.ts',
			test: '[DV1, SY10] what an ended device has done counts, what it asks for is refused, its seats stay blocked and are named'
		}
	},
	{
		name: 'customer-not-named',
		file: 'server/db/rows.ts',
		from: 'where old.customer_id = ${customerId} and ',
		to: 'where ',
		killedBy: {
			file: 'tests/hub/one-customer.test.ts',
			test: '[DB1] a seat is granted, drawn and given back by statements that each name the customer'
		}
	},
	{
		name: 'backup-without-a-table',
		file: 'server/db/schema/tables.ts',
		from: `	giveBacks,\n	revocations,\n	audit,`,
		to: `	revocations,\n	audit,`,
		killedBy: {
			file: 'tests/hub/restore/keeping.test.ts',
			test: '[SY6] every table is in it but those that hold secrets of the moment'
		}
	},
	{
		name: 'backup-of-many-moments',
		file: 'server/db/dump.ts',
		from: `isolationLevel: 'repeatable read'`,
		to: `isolationLevel: 'read committed'`,
		killedBy: {
			file: 'tests/hub/postgres.test.ts',
			test: '[SY6] a backup shows one moment, whatever is granted while it is written'
		}
	},
	{
		name: 'restored-under-the-old-epoch',
		file: 'server/operations/restore/restore.ts',
		from: `	await tx.update(hubTable).set({ epoch }).where(eq(hubTable.id, 'hub'));
`,
		to: ``,
		killedBy: {
			file: 'tests/hub/restore/keeping.test.ts',
			test: '[SY6] what was granted after it is found again and never granted twice'
		}
	},
	{
		name: 'restored-without-freeze',
		file: 'server/operations/restore/restore.ts',
		from: `	await freezeAll(tx, at);
`,
		to: ``,
		killedBy: {
			file: 'tests/hub/restore/keeping.test.ts',
			test: '[SY6] what was granted after it is found again and never granted twice'
		}
	},
	{
		name: 'newest-does-not-hold',
		file: 'src/lib/domain/seats/adoption.ts',
		from: `if (isOver) return leave(record, 'return');`,
		to: ``,
		killedBy: {
			file: 'src/lib/domain/seats/adoption.test.ts',
			test: '[SE8] up to six files of one machine or of two: every order, every repetition, one ledger'
		}
	},
	{
		name: 'joined-draw-ends-with-what-it-joined',
		file: 'server/ledger/give-back.ts',
		from: `placeDraws(ledger, [key, draw?.act ?? key], actor);`,
		to: ``,
		killedBy: {
			file: 'tests/hub/restore/adopting-orders.test.ts',
			test: '[SE8, AL5] up to six files of one machine, of its hub and of two desks: one ledger in every order'
		}
	},
	{
		name: 'first-told-draw-holds',
		file: 'src/lib/domain/seats/adoption.ts',
		from: `live.toSorted(bySlot)[0]`,
		to: `live[0]`,
		killedBy: {
			file: 'src/lib/domain/seats/adoption.test.ts',
			test: '[SE8, AL5] of several draws of one machine the earliest block and slot holds'
		}
	},
	{
		name: 'adopted-receipt-cools-nothing',
		file: 'src/lib/domain/seats/adoption.ts',
		from: `return leave(record, way, coolsUntil !== null && coolsUntil > now ? coolsUntil : null);`,
		to: `return leave(record, way);`,
		killedBy: {
			file: 'tests/hub/restore/keeping.test.ts',
			test: '[SY6, SE5] seats given back after it are given back again by their receipts'
		}
	},
	{
		name: 'moved-license-grants',
		file: 'src/lib/domain/licenses/license.ts',
		from: `if (successor !== undefined) return`,
		to: `if (successor !== undefined && now < 0) return`,
		killedBy: {
			file: 'tests/hub/licenses/moving.test.ts',
			test: '[SE7] of one in use the free seats move at once, the rest as they become free'
		}
	},
	{
		name: 'moved-seats-stay',
		file: 'server/jobs/move-freed-seats.ts',
		from: `const seats = license.seats - free;`,
		to: `const seats = license.seats;`,
		killedBy: {
			file: 'tests/hub/licenses/moving.test.ts',
			test: '[SE7] of one in use the free seats move at once, the rest as they become free'
		}
	},
	{
		name: 'fingerprint-replaced-without-quota',
		file: 'src/lib/domain/seats/activation.ts',
		from: `differs.length > 0 && replacementsLeft > 0;`,
		to: `differs.length > 0;`,
		killedBy: {
			file: 'src/lib/domain/seats/activation.test.ts',
			test: '[MA5] keeps the fingerprint that there is beyond the quota'
		}
	},
	{
		name: 'software-weighs-as-hardware',
		file: 'src/lib/domain/machines/machine.ts',
		from: `const HARDWARE_WEIGHT = 3;`,
		to: `const HARDWARE_WEIGHT = 1;`,
		killedBy: {
			file: 'src/lib/domain/machines/machine.test.ts',
			test: '[MA2] an image on a machine that has kept one part of three is another machine'
		}
	},
	{
		name: 'absent-components-uncounted',
		file: 'src/lib/domain/machines/machine.ts',
		from: `enrolled[c] !== undefined || present[c] !== undefined`,
		to: `enrolled[c] !== undefined && present[c] !== undefined`,
		killedBy: {
			file: 'src/lib/domain/machines/machine.test.ts',
			test: '[MA2] absent components weigh as much as others: few of many are no machine'
		}
	},
	{
		name: 'list-shared',
		file: 'src/lib/domain/machines/machine.ts',
		from: `return common * 2 > new Set([...one, ...other]).size;`,
		to: `return common > 0;`,
		killedBy: {
			file: 'src/lib/domain/machines/machine.test.ts',
			test: '[MA2] addresses match when more than half of both lists together is common'
		}
	},
	{
		name: 'joined-though-a-component-differs',
		file: 'server/ledger/allotments/record-draw.ts',
		from: `.find((row) => isSameFingerprint(row.fp, fp));`,
		to: `.find((row) => row.fp.disk === fp.disk);`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[MA5] a draw of what looks like a known machine keeps the seat of its slot, and says so'
		}
	},
	{
		name: 'slot-reuse',
		file: 'src/lib/domain/seats/allotment.ts',
		from: `const taken = new Set(bound.map(({ slot }) => slot));`,
		to: `const taken = new Set<number>(bound.slice(0, 0).map(({ slot }) => slot));`,
		killedBy: {
			file: 'src/lib/domain/seats/allotment.test.ts',
			test: '[AL2, AL6] whoever asks in whatever order: distinct slots, never beyond the block'
		}
	},
	{
		name: 'slot-beyond-block',
		file: 'src/lib/domain/seats/allotment.ts',
		from: `for (let slot = 1; slot <= max; slot++)`,
		to: `for (let slot = 1; slot <= max + 1; slot++)`,
		killedBy: {
			file: 'src/lib/domain/seats/allotment.test.ts',
			test: '[AL2, AL6] whoever asks in whatever order: distinct slots, never beyond the block'
		}
	},
	{
		name: 'slot-beyond-block-believed',
		file: 'src/lib/signing/draw.ts',
		from: `slot === undefined || slot > allotment.max`,
		to: `slot === undefined`,
		killedBy: {
			file: 'tests/journeys/ten-desks.test.ts',
			test: '[AL1, AL2, AL3, AL6, SE1] ten desks offline on 25 seats: every file holds, none beyond a block, each counted once'
		}
	},
	{
		name: 'copy-unnoticed',
		file: 'src/lib/domain/seats/allotment.ts',
		from: `const isContested = before.some(({ state }) => state !== 'contested');`,
		to: `const isContested = before.length < 0;`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[AL5, SE1, O11] one slot on two machines: both signatures, frozen, and the second is told'
		}
	},
	{
		name: 'block-uncounted',
		file: 'server/ledger/allotments/reserve.ts',
		from: `setAside(ledger, block, max);`,
		to: `setAside(ledger, block, 0);`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[AL1] a desk holds no more than its license allows, nor more than is free'
		}
	},
	{
		name: 'draw-twice',
		file: 'server/ledger/allotments/record-draw.ts',
		from: `({ slot, token }) => slot === claims.slot && token === placed.text`,
		to: `({ slot, token }) => slot === claims.slot && token === ''`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SY10] a draw counts once, whoever brings it and however often'
		}
	},
	{
		name: 'named-slot-freed',
		file: 'server/ledger/allotments/close-allotment.ts',
		from: `const freed = block.reserved - left;`,
		to: `const freed = block.reserved;`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[AL4] a close frees what was not drawn; what it names stays until it is recorded'
		}
	},
	{
		name: 'block-freed-early',
		file: 'server/ledger/allotments/sweep-allotments.ts',
		from: `return hub.freeingTime() - FREEING_MARGIN_SECONDS;`,
		to: `return hub.freeingTime();`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[AL4, CL3] seats come back 48 hours after the last file has ended, inside a grant'
		}
	},
	{
		name: 'overage-signed',
		file: 'server/ledger/allotments/answer-draw.ts',
		from: `activation && !activation.overage && isSignable`,
		to: `activation && isSignable`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[AL4] a manager writes off once issuing has ended; what comes after that is an overage'
		}
	},
	{
		name: 'hub-time-goes-back',
		file: 'src/lib/domain/hub/hub-time.ts',
		from: `if (clock <= last) return known;`,
		to: `if (clock === last) return known;`,
		killedBy: {
			file: 'src/lib/domain/hub/hub-time.test.ts',
			test: '[CL3] hub time never goes back, whatever the clock does, and however often it is killed'
		}
	},
	{
		name: 'time-told-unreserved',
		file: 'src/lib/domain/hub/hub-time.ts',
		from: `return Math.min(last, reserved);`,
		to: `return last;`,
		killedBy: {
			file: 'src/lib/domain/hub/hub-time.test.ts',
			test: '[CL3] hub time never goes back, whatever the clock does, and however often it is killed'
		}
	},
	{
		name: 'killed-hub-begins-by-its-clock',
		file: 'src/lib/domain/hub/hub-time.ts',
		from: `last: kept.reserved }, clock);`,
		to: `last: clock }, clock);`,
		killedBy: {
			file: 'src/lib/domain/hub/hub-time.test.ts',
			test: '[CL3] hub time never goes back, whatever the clock does, and however often it is killed'
		}
	},
	{
		name: 'leap-believed',
		file: 'src/lib/domain/hub/hub-time.ts',
		from: `time.leap?.from ?? Infinity`,
		to: `Infinity`,
		killedBy: {
			file: 'src/lib/domain/hub/hub-time.test.ts',
			test: '[CL3] a leap of more than 48 hours frees nothing until staff confirm it'
		}
	},
	{
		name: 'leap-frees-seats',
		file: 'server/ledger/open.ts',
		from: `lte(activations.coolsUntil, hub.freeingTime())`,
		to: `lte(activations.coolsUntil, hub.now())`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[CL3] no seat is freed by a leap that nobody has confirmed'
		}
	},
	{
		name: 'seats-uncounted',
		file: 'src/lib/domain/seats/activation.ts',
		from: `if (freeSeats(seats, counts) === 0) return full;`,
		to: `if (freeSeats(seats, counts) < 0) return full;`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE1] the third machine of two seats is refused, and the refusal is a file'
		}
	},
	{
		name: 'poison-spreads',
		file: 'server/operations/activations/group-commit.ts',
		from: `else for (const each of group) await settle([each]);`,
		to: `else for (const { reject } of group) reject(error);`,
		killedBy: {
			file: 'server/operations/activations/group-commit.test.ts',
			test: 'an ask that cannot be decided fails alone'
		}
	},
	{
		name: 'poisoned-push-stays',
		file: 'server/operations/push/turn.ts',
		from: `	const turns: Turn<C>[] = [];
`,
		to: `	if (brought.length > 0) throw new Error('one command throws');
	const turns: Turn<C>[] = [];
`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SY3] a command that throws is refused alone, stored and logged; the rest is done'
		}
	},
	{
		name: 'stolen-session-pushes',
		file: 'server/operations/push/outboxes.ts',
		from: `if (desk.jkt !== row.jkt)`,
		to: `if (desk.jkt === '')`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SY9] the first push enrols the key, and then only this key of this user speaks'
		}
	},
	{
		name: 'results-expire-early',
		file: 'server/jobs/expire-results.ts',
		from: `400 * DAY_SECONDS`,
		to: `300 * DAY_SECONDS`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SY2] a result is kept for 400 days; after that nothing is done again'
		}
	},
	{
		name: 'dependent-done-anyway',
		file: 'server/operations/push/settle-claimed.ts',
		from: `else if (first?.refusal && first.refusal.refused !== 'ALREADY_DONE')`,
		to: `else if (first?.refusal && first.refusal.refused === 'ALREADY_DONE')`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SY1] what depends on a refused command is refused, on a granted one it is done'
		}
	},
	{
		name: 'passed-on-and-settled',
		file: 'server/operations/push/settle-claimed.ts',
		from: `row.passed! >= claim.moves`,
		to: `row.passed! < 0`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SY2, DB1] of a license that comes back as well, wherever the pushes ended'
		}
	},
	{
		name: 'step-taken-again',
		file: 'server/db/steps.ts',
		from: `if (marked.length === 0)`,
		to: `if (marked.length < 0)`,
		killedBy: {
			file: 'tests/hub/people/people.test.ts',
			test: '[DV1, DB1] killed before all are told that a device was ended, it is noted once for each'
		}
	},
	{
		name: 'taken-step-forgotten-early',
		file: 'server/jobs/forget-taken-steps.ts',
		from: `!left.has(mark.id)`,
		to: `mark.id !== ''`,
		killedBy: {
			file: 'tests/hub/licenses/moving.test.ts',
			test: '[DB1, SE1] that a step was taken is known for 400 days, and for as long as it is left somewhere'
		}
	},
	{
		name: 'found-step-not-marked-anew',
		file: 'server/db/steps.ts',
		from: `.set({ takenAt })`,
		to: `.set({ id })`,
		killedBy: {
			file: 'tests/hub/licenses/moving.test.ts',
			test: '[DB1, SE1] that a step was taken is known for 400 days, and for as long as it is left somewhere'
		}
	},
	{
		name: 'no-lock-timeout',
		file: 'server/db/store.ts',
		from: `lock_timeout: 5_000,`,
		to: `lock_timeout: 0,`,
		killedBy: {
			file: 'tests/faults/hub/hub-paused.test.ts',
			test: '[HT2] its neighbors say no within bounds, are not ready, and go on by themselves'
		}
	},
	{
		name: 'paused-transaction-kept',
		file: 'server/db/store.ts',
		from: `idle_in_transaction_session_timeout: 10_000,`,
		to: `idle_in_transaction_session_timeout: 0,`,
		killedBy: {
			file: 'tests/faults/hub/hub-paused.test.ts',
			test: '[HT2] its neighbors say no within bounds, are not ready, and go on by themselves'
		}
	},
	{
		name: 'no-sync-to-disk',
		file: 'server/db/durable-files.ts',
		from: `else fsyncSync(stream.nfd);
				Atomics.add(this.#synced, SYNCED.files, 1);`,
		to: `else fsyncSync(stream.nfd);`,
		killedBy: {
			file: 'server/db/durable-files.test.ts',
			test: 'each commit reaches the kernel as one sync'
		}
	},
	{
		name: 'lease-beyond-the-number',
		file: 'src/lib/domain/site/lease.ts',
		from: `if (free(most) > 0) return most;`,
		to: `if (free(most) > -1) return most;`,
		killedBy: {
			file: 'src/lib/domain/site/lease.test.ts',
			test: '[LE1, LE6] no pool ever has a lease too many, and none is left empty while somebody waits'
		}
	},
	{
		name: 'lease-answered-before-commit',
		file: 'server/site/leases/claim.ts',
		from: `signedLease(commons, of, holding), kept]`,
		to: `signedLease(commons, of, holding), kept.catch(() => undefined)]`,
		killedBy: {
			file: 'tests/site/keeping.test.ts',
			test: '[LE2] what cannot be kept is not granted, and nobody holds it'
		}
	},
	{
		name: 'lease-by-any-key',
		file: 'server/site/v1/lease.ts',
		from: `if (!holding || !isProven(call, proof, holding.key()))`,
		to: `if (!holding)`,
		killedBy: {
			file: 'tests/site/leases.test.ts',
			test: '[LE4] a lease of somebody else is as none, for whatever is asked'
		}
	},
	{
		name: 'grant-for-any-machine',
		file: 'server/operations/site-servers/server-grant.ts',
		from: `request.claims.num === number && request.jkt === jkt`,
		to: `request.claims.num === number`,
		killedBy: {
			file: 'tests/hub/process/http.test.ts',
			test: 'activates with what a person gave it: that license, that machine'
		}
	},
	{
		name: 'site-pages-without-sign-in',
		file: 'server/site/rpc/procedures.ts',
		from: `if (!ctx.session.isSignedIn)`,
		to: `if (!ctx.session.isSignedIn && ctx.session.isNew)`,
		killedBy: {
			file: 'tests/site/account.test.ts',
			test: '[ST3] whoever is not signed in is answered nothing but who they are'
		}
	},
	{
		name: 'site-asks-forbidden-hub',
		file: 'server/site/unlock/hub.ts',
		from: `	if (site.settings.read('neverContactHub')) return refuse('HUB_CONTACT_FORBIDDEN', {});
`,
		to: ``,
		killedBy: {
			file: 'tests/site/account.test.ts',
			test: '[ST4] a hub is not asked where that is forbidden, by whatever way'
		}
	},
	{
		name: 'was-not-compared',
		file: 'src/lib/domain/licenses/change.ts',
		from: `if (there === was && isSeen) return 'changed';`,
		to: `if (there !== value) return 'changed';`,
		killedBy: {
			file: 'src/lib/domain/licenses/change.test.ts',
			test: '[CH1] two or three desks that write offline end alike, and no word is lost'
		}
	},
	{
		name: 'switched-unseen',
		file: 'src/lib/domain/licenses/change.ts',
		from: `const isSeen = after === undefined || held === undefined || (held.id ?? '') === after;`,
		to: `const isSeen = true;`,
		killedBy: {
			file: 'src/lib/domain/licenses/switch.test.ts',
			test: 'whatever is asked in any order, nobody replaces what they have not seen'
		}
	},
	{
		name: 'switched-and-not-renewed',
		file: 'server/operations/licenses/switch-entitlements.ts',
		from: `await renewActivations(shell.tx, ledger, { license, actor: last.actor });`,
		to: ``,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[P7, O7] switched off, the key and the next file of each machine do not carry it'
		}
	},
	{
		name: 'owner-not-asked',
		file: 'server/workers/hand-over.ts',
		from: `if (owner === self || late.has(owner)) return own(submitted);`,
		to: `return own(submitted);`,
		killedBy: {
			file: 'tests/faults/workers/workers.test.ts',
			test: '[DB3] most requests are decided by the worker that owns their customer'
		}
	},
	{
		name: 'standing-owner-waited-for',
		file: 'server/workers/hand-over.ts',
		from: `late.add(owner);`,
		to: ``,
		killedBy: {
			file: 'tests/faults/workers/workers.test.ts',
			test: '[SE1, SE3] an owner that stands still holds up nobody for ever, and gives nothing twice'
		}
	},
	{
		name: 'limits-of-each-worker',
		file: 'server/roles/hub.ts',
		from: `counts: leader?.counts,`,
		to: ``,
		killedBy: {
			file: 'tests/faults/workers/workers.test.ts',
			test: '[HT1, PE4] limits hold for all workers together, those of guesses to the last one'
		}
	},
	{
		name: 'keys-read-anew-by-the-leader-alone',
		file: 'server/serve-workers.ts',
		from: `await team.askAll('reload', undefined);`,
		to: ``,
		killedBy: {
			file: 'tests/faults/workers/workers-edges.test.ts',
			test: '[DB3, FI8] behind its own certificate; a key that is rotated signs for all of them from then on'
		}
	}
];
