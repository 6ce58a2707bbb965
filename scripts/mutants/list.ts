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
				.for('update');`,
		to: `
				.orderBy(asc(licenses.licenseId));`,
		killedBy: {
			file: 'tests/faults/races.test.ts',
			test: 'through one hub and through four, five are granted'
		}
	},
	{
		name: 'answer-before-commit',
		file: 'server/db/writing.ts',
		from: `return await db.transaction(async (tx) => {
				const started = start(tx);
				const done = await work(started);
				await started.auditHeads();
				return done;
			});`,
		to: `return await new Promise<T>((resolve, reject) => {
				const written = db.transaction(async (tx) => {
					const started = start(tx);
					const done = await work(started);
					await started.auditHeads();
					resolve(done);
				});
				written.catch(reject);
			});`,
		killedBy: {
			file: 'tests/faults/postgres-killed.test.ts',
			test: '[SE3] the line cut before and after a commit: nothing lost, nothing twice'
		}
	},
	{
		name: 'no-idempotency',
		file: 'server/operations/decide-requests.ts',
		from: `if (before && isGranted(before)) {`,
		to: `if (before && isGranted(before) && hub.now() < 0) {`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE3] the same request gets the same bytes, and takes no second seat'
		}
	},
	{
		name: 'return-without-proof',
		file: 'src/lib/domain/giving-back.ts',
		from: `return proven && seat.freedInSpan < allowed ?`,
		to: `return seat.freedInSpan < allowed ?`,
		killedBy: {
			file: 'src/lib/domain/giving-back.test.ts',
			test: '[SE5] without proof cools until its files have ended'
		}
	},
	{
		name: 'return-without-quota',
		file: 'src/lib/domain/giving-back.ts',
		from: `return proven && seat.freedInSpan < allowed ?`,
		to: `return proven && allowed > 0 ?`,
		killedBy: {
			file: 'src/lib/domain/giving-back.test.ts',
			test: '[SE5] is free at once four times per seat within a year, and cools the fifth time'
		}
	},
	{
		name: 'replacement-without-quota',
		file: 'src/lib/domain/giving-back.ts',
		from: `return seat.freedInSpan < replacementsAllowed(seat) ?`,
		to: `return replacementsAllowed(seat) > 0 ?`,
		killedBy: {
			file: 'src/lib/domain/giving-back.test.ts',
			test: '[SE6] frees its seat within the quota and cools beyond it'
		}
	},
	{
		name: 'later-key-proves',
		file: 'server/operations/decide-requests.ts',
		from: `jkt: known?.jkt ?? jkt,`,
		to: `jkt,`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: 'a later key does not become the one that proves a return'
		}
	},
	{
		name: 'desk-key-proves',
		file: 'server/operations/give-back.ts',
		from: `known.held === null && known.jkt === proof.jkt`,
		to: `known.jkt === proof.jkt`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE5] a key that a desk holds proves nothing: the seat cools'
		}
	},
	{
		name: 'new-receipt-each-time',
		file: 'server/operations/give-back.ts',
		from: `if (before?.kid && before.token)`,
		to: `if (before?.kid && before.token && hub.now() < 0)`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[MA4] a repeated return gets the same receipt, byte for byte, and counts once'
		}
	},
	{
		name: 'cooling-seat-free',
		file: 'server/operations/give-back.ts',
		from: `if (!given.freed) license.cooling += 1;`,
		to: ``,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE5] a machine takes its own cooling seat again, others do not get it'
		}
	},
	{
		name: 'spent-request-answered',
		file: 'server/operations/decide-requests.ts',
		from: `if (holder?.state === 'active') return stored(before);`,
		to: `if (holder) return stored(before);`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE3] the request of a returned activation is spent'
		}
	},
	{
		name: 'retired-unrevoked',
		file: 'server/operations/retire-machine.ts',
		from: `if (isNew) await revoke(`,
		to: `if (!isNew) await revoke(`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE6, FI8] the revocation list rides in the next files, and what follows stays'
		}
	},
	{
		name: 'seats-uncounted',
		file: 'src/lib/domain/activation.ts',
		from: `if (freeSeats(seats, counts) === 0)`,
		to: `if (freeSeats(seats, counts) < 0)`,
		killedBy: {
			file: 'tests/hub/embedded.test.ts',
			test: '[SE1] the third machine of two seats is refused, and the refusal is a file'
		}
	},
	{
		name: 'poison-spreads',
		file: 'server/operations/group-commit.ts',
		from: `else await settleAlone(group);`,
		to: `else for (const { reject } of group) reject(error);`,
		killedBy: {
			file: 'server/operations/group-commit.test.ts',
			test: 'an ask that cannot be decided fails alone'
		}
	},
	{
		name: 'no-sync-to-disk',
		file: 'server/db/durable-files.ts',
		from: `else fsyncSync(stream.nfd);
				this.synced.files++;`,
		to: `else fsyncSync(stream.nfd);`,
		killedBy: {
			file: 'server/db/durable-files.test.ts',
			test: 'each commit reaches the kernel as one sync'
		}
	}
];
