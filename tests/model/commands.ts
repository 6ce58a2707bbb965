/**
 * What can happen in the world, one command at a time. Each goes as far as the world lets it: a command
 * that is not possible just now is none.
 *
 * @module
 */
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { allotments } from '#server/db/schema/allotments.ts';
import { activations } from '#server/db/schema/ledger.ts';
import { passTime } from '#server/jobs/schedule.ts';
import { endAllotment, writeOffAllotment } from '#server/operations/allotments/end-allotment.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { resumeLicense, suspendLicense } from '#server/operations/licenses/suspend-license.ts';
import { unfreezeLicense } from '#server/operations/restore/unfreeze-license.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { fingerprint } from '../fixtures/chain.ts';
import { bring, drawFor, giveBackFile, signIn, takeIn } from '../fixtures/field-work.ts';
import { askFor } from '../fixtures/hub.ts';
import type { Crash } from '../fixtures/served-hub.ts';
import { troubles, type Trouble } from '../faults/line.ts';
import { DAY, DESKS, LICENSES, MACHINES, PEOPLE, SEATS, type World } from './world.ts';

const desk = fc.nat({ max: DESKS - 1 });
const license = fc.nat({ max: LICENSES - 1 });
const machine = fc.nat({ max: MACHINES - 1 });
const person = fc.nat({ max: PEOPLE - 1 });

/** What goes wrong in a round of sync: with the line, the desk's writes, or the hub's. */
const trouble = fc.oneof(
	{ weight: 4, arbitrary: fc.constant({}) },
	{
		weight: 4,
		arbitrary: fc.record({
			line: fc.constantFrom(...troubles),
			after: fc.nat({ max: 4 })
		})
	},
	{ weight: 2, arbitrary: fc.record({ writes: fc.nat({ max: 8 }) }) },
	{
		weight: 2,
		arbitrary: fc.record({ hub: fc.constantFrom('before-commit', 'after-commit') })
	}
) as fc.Arbitrary<{ line?: Trouble; after?: number; writes?: number; hub?: Crash }>;

type CommandOf<A> = {
	weight: number;
	args: fc.Arbitrary<A>;
	run: (world: World, args: A) => Promise<void>;
};

function command<A>(
	weight: number,
	args: { [K in keyof A]: fc.Arbitrary<A[K]> },
	run: (world: World, args: A) => Promise<void>
): CommandOf<A> {
	return { weight, args: fc.record(args), run };
}

export const commands = {
	/** A machine asks, and a desk takes its request in and queues it. */
	request: command(
		6,
		{ desk, machine, license, proven: fc.boolean() },
		async (world, { desk: at, machine: who, license: which, proven }) => {
			const { number, sec } = world.licenses[which]!;
			const jti = uuidv7();
			const asked = { number, ...(proven && { sec }) };
			const asking = world.machines[who]!;
			const text = await askFor(asked, asking, { jti, fp: asking.fp });
			world.requests.push({ jti, text, machine: who });
			await bring(await world.open(world.place(at)), text, jti);
		}
	),
	/** A part of a machine is replaced, and its next request says so. [MA5] */
	part: command(
		3,
		{ machine, part: fc.constantFrom('board' as const, 'disk' as const, 'mac' as const) },
		(world, { machine: who, part }) => {
			const changed = world.machines[who]!;
			changed.fp = { ...changed.fp, [part]: fingerprint(uuidv7())[part] };
			return Promise.resolve();
		}
	),
	/** A request that is out already is carried to another desk as well. */
	'request again': command(
		2,
		{ desk, which: fc.nat({ max: 20 }) },
		async (world, { desk: at, which }) => {
			const asked = world.requests[which % Math.max(1, world.requests.length)];
			if (asked) await bring(await world.open(world.place(at)), asked.text, asked.jti);
		}
	),
	/** A file is issued on the spot. */
	draw: command(
		6,
		{ desk, machine, license, withdraw: fc.option(fc.nat({ max: 4 })) },
		async (world, { desk: at, machine: who, license: which, withdraw }) => {
			const { number } = world.licenses[which]!;
			const jti = uuidv7();
			const asking = world.machines[who]!;
			const text = await askFor({ number }, asking, { jti, fp: asking.fp });
			world.requests.push({ jti, text, machine: who });
			const place = world.place(at);
			const opened = await world.open(place);
			// Killed in the middle of it: what was begun is finished by the next start.
			if (withdraw !== null) opened.life.endAfter(withdraw);
			await drawFor(opened, text, jti);
			opened.life.endAfter(Infinity);
		}
	),
	reserve: command(
		5,
		{ desk, license, seats: fc.integer({ min: 1, max: 2 }), waits: fc.boolean() },
		async (world, { desk: at, license: which, seats, waits }) => {
			const { number } = world.licenses[which]!;
			const opened = await world.open(world.place(at));
			await opened.do((calls) => calls.reserveSeats(number, seats));
			if (waits) await opened.do((calls) => calls.round());
		}
	),
	close: command(2, { desk, which: fc.nat({ max: 3 }) }, async (world, { desk: at, which }) => {
		const opened = await world.open(world.place(at));
		const own = await opened.do((calls) => calls.strict.ownAllotments.toArray());
		const block = own?.[which % Math.max(1, own.length)];
		if (block) await opened.do((calls) => calls.closeAllotment(block.id));
	}),
	/** A machine gives its seat back by a file that lies on one desk, through another. */
	return: command(4, { desk, through: desk, machine }, async (world, args) => {
		const who = world.machines[args.machine]!;
		const from = await world.open(world.place(args.desk));
		const files = await from.do((calls) => calls.strict.files.toArray());
		const file = files?.findLast(
			({ kind, summary }) => kind === 'activation' && summary.label === who.name
		);
		if (!file) return;
		const { text, jti } = await giveBackFile(file.text, who);
		await bring(await world.open(world.place(args.through)), text, jti);
	}),
	/** Whoever was refused waits for a seat, or does so no longer. [RE1] */
	wait: command(3, { desk, withdraws: fc.boolean() }, async (world, { desk: at, withdraws }) => {
		const opened = await world.open(world.place(at));
		const all = await opened.do((calls) => calls.listRequests());
		const row = all?.find(({ state }) => state === (withdraws ? 'waiting' : 'refused'));
		if (!row) return;
		await opened.do((calls) =>
			withdraws ? calls.withdrawWaiting(row.jti) : calls.waitForSeat(row.jti)
		);
	}),
	/** What is unsent goes to another desk as a file. [SY8] */
	carry: command(2, { desk, through: desk }, async (world, { desk: at, through }) => {
		const from = await world.open(world.place(at));
		const files = await from.do((calls) => calls.exportUnsent());
		const to = await world.open(world.place(through));
		for (const { text } of files ?? []) await takeIn(to, text);
	}),
	/** The manager says that a machine is gone. [SE6] */
	retire: command(1, { machine }, async (world, { machine: who }) => {
		if (world.hub.isDown) return;
		const { db } = world.hub.store;
		const label = world.machines[who]!.name;
		const [row] = await db.select().from(activations).where(eq(activations.label, label));
		const { manager } = world.licenses[0]!;
		if (row) await retireMachine(world.hub.hub, { act: row.act, reason: 'lost' }, manager);
	}),
	/** The manager ends a lost desk's block, or takes what is left of it back. [AL4] */
	'end block': command(
		1,
		{ which: fc.nat({ max: 5 }), writesOff: fc.boolean() },
		async (world, { which, writesOff }) => {
			if (world.hub.isDown) return;
			const { customerId, manager } = world.licenses[0]!;
			const { db } = world.hub.store;
			const mine = eq(allotments.customerId, customerId);
			const blocks = await db.select().from(allotments).where(mine);
			const block = blocks[which % Math.max(1, blocks.length)];
			const end = writesOff ? writeOffAllotment : endAllotment;
			const lost = { allotment: block?.allotment ?? '', reason: 'lost' };
			if (block) await end(world.hub.hub, lost, manager);
		}
	),
	sync: command(
		14,
		{ desk, trouble },
		async (world, { desk: at, trouble: { line, after, writes, hub } }) => {
			const place = world.place(at);
			const opened = await world.open(place);
			place.line.expect(line, after ?? 0);
			if (writes !== undefined) opened.life.endAfter(writes);
			if (hub) world.hub.crashAt(hub);
			await opened.do((calls) => calls.round());
			place.line.expect(undefined, 0);
			opened.life.endAfter(Infinity);
			world.hub.crashAt(undefined);
		}
	),
	/** What the line held up arrives. */
	late: command(2, { desk }, (world, { desk: at }) => world.place(at).line.deliverLate()),
	crash: command(2, { desk }, async (world, { desk: at }) => {
		world.place(at).desk?.life.end();
	}),
	copy: command(1, { desk }, async (world, { desk: at }) => {
		if (world.places.length >= DESKS) return;
		const { profile, ahead } = world.place(at);
		world.addPlace({ profile: await profile.copy(), ahead });
	}),
	keep: command(1, { desk }, async (world, { desk: at }) => {
		const place = world.place(at);
		place.kept = await place.profile.copy();
	}),
	/** The whole profile as it was, or its database alone. */
	restore: command(1, { desk, whole: fc.boolean() }, async (world, { desk: at, whole }) => {
		const place = world.place(at);
		if (!place.kept) return;
		place.desk?.life.end();
		const { cookies, localStorage } = place.profile;
		await place.profile.restore(place.kept);
		if (!whole) Object.assign(place.profile, { cookies, localStorage });
	}),
	'sign in': command(2, { desk, person }, async (world, { desk: at, person: who }) => {
		await signIn(await world.open(world.place(at)), world.people[who]!);
	}),
	'sign out': command(1, { desk }, async (world, { desk: at }) => {
		const opened = await world.open(world.place(at));
		await opened.do((calls) => calls.signOut());
	}),
	rights: command(
		1,
		{ person, role: fc.constantFrom('manager' as const, 'technician' as const, 'none' as const) },
		async (world, { person: who, role }) => {
			if (world.hub.isDown) return;
			const { customerId } = world.licenses[0]!;
			const given = role === 'none' ? undefined : role;
			await world.hub.setRole(world.people[who]!, customerId, given);
		}
	),
	'hub stops': command(1, {}, async (world) => {
		if (!world.hub.isDown) await world.hub.stop();
	}),
	'hub starts': command(3, {}, async (world) => {
		if (world.hub.isDown) await world.hub.start();
	}),
	'back up': command(1, {}, async (world) => {
		if (world.hub.isDown) return;
		world.backup = join(world.folder, uuidv7());
		await world.hub.backUp(world.backup);
	}),
	'restore hub': command(1, {}, async (world) => {
		if (world.backup === undefined) return;
		await world.hub.restore(world.backup);
		world.isRestored = true;
	}),
	unfreeze: command(2, { license }, async (world, { license: which }) => {
		if (!world.hub.isDown) await unfreezeLicense(world.hub.hub, world.licenses[which]!, 'staff');
	}),
	seats: command(
		2,
		{ license, seats: fc.integer({ min: 1, max: SEATS }) },
		async (world, { license: which, seats }) => {
			if (world.hub.isDown) return;
			// A license that is suspended or frozen stays as it is.
			await renewLicense(world.hub.hub, world.licenses[which]!, { seats });
		}
	),
	suspend: command(1, { license }, async (world, { license: which }) => {
		if (!world.hub.isDown) await suspendLicense(world.hub.hub, world.licenses[which]!);
	}),
	resume: command(2, { license }, async (world, { license: which }) => {
		if (!world.hub.isDown) await resumeLicense(world.hub.hub, world.licenses[which]!);
	}),
	'hub clock': command(
		2,
		{ days: fc.constantFrom(-365, -1, 1, 31, 95, 365) },
		async (world, { days }) => {
			world.hub.clock.now += days * DAY;
		}
	),
	'time confirmed': command(2, {}, async (world) => {
		if (!world.hub.isDown) await world.hub.hub.confirmTime('staff');
	}),
	'time passes': command(2, {}, async (world) => {
		if (!world.hub.isDown) await passTime(world.hub.hub);
	}),
	'desk clock': command(
		2,
		{ desk, days: fc.constantFrom(-365, -2, 0, 2, 365) },
		async (world, { desk: at, days }) => {
			world.place(at).ahead = days * DAY;
		}
	)
};

export type CommandName = keyof typeof commands;

/** A command as it is written down. */
export type ModelCommand = {
	[N in CommandName]: [N, (typeof commands)[N] extends CommandOf<infer A> ? A : never];
}[CommandName];

export const anyCommand: fc.Arbitrary<ModelCommand> = fc.oneof(
	...Object.entries(commands)
		.filter(([name]) => !process.env.MODEL_WITHOUT?.split(',').includes(name))
		.map(([name, { weight, args }]) => ({
			weight,
			arbitrary: fc.tuple(
				fc.constant(name),
				args as fc.Arbitrary<unknown>
			) as fc.Arbitrary<ModelCommand>
		}))
);

const faults: readonly CommandName[] = [
	...(['crash', 'copy', 'restore', 'rights', 'hub stops', 'restore hub', 'seats'] as const),
	...(['hub clock', 'desk clock', 'late'] as const)
];

export async function runCommand(world: World, [name, args]: ModelCommand): Promise<void> {
	if (faults.includes(name) || (name === 'sync' && Object.keys(args.trouble).length > 0))
		world.counted.faults++;
	// Sound: `ModelCommand` pairs each name with its own arguments.
	const { run } = commands[name] as CommandOf<unknown>;
	await run(world, args);
}
