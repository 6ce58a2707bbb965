/**
 * A hub that is being set up: what is known of it, and the hub itself once it has keys. [SU1, SU2]
 *
 * @module
 */
import { mayTake, nextSetupStep, type SetupStep } from '#lib/domain/hub/setup.ts';
import type { Seconds } from '#lib/domain/time.ts';
import { refuse, type Refusal } from '#lib/domain/refusal.ts';
import type { SetupMail } from '#lib/protocol/setup.ts';
import type { Hub } from '#server/hub/hub.ts';
import { hasKeys, takeGranted } from '#server/keys/granted.ts';
import { makeSecrets } from '#server/keys/make-hub.ts';
import { addFirstAdmin } from '#server/operations/people/add-first-admin.ts';
import type { GivenReach } from '#server/reach/said-reach.ts';
import { firstLicense } from './catalog.ts';
import { readRecord, writeRecord, type SetupRecord } from './record.ts';

/** What whoever starts the process hands in. */
export type SetupParts = {
	/** Data folder. */
	folder: string;
	/** Where it listens. */
	listening: () => string;
	/** Options of the command line, which are not asked for. */
	given: GivenReach;
	mail: SetupMail;
	/** Store and hub of a folder that has keys. */
	openHub: (address: string) => Promise<OpenedHub>;
	/** Answers encrypted lines too, from now on. */
	useTls: (tls: { cert: string; key: string }) => void;
	/** Everything is there: the process goes on as the hub, and has when this is over. */
	finish: () => Promise<void>;
	now: () => Seconds;
};

export type OpenedHub = {
	hub: Hub;
	/** Sends what mail waits. */
	sendMail: () => Promise<unknown>;
	close: () => Promise<void>;
};

export type Setup = SetupParts & {
	record: () => SetupRecord;
	/** Stored before it is true. */
	change: (changed: Partial<SetupRecord>) => void;
	done: () => Promise<Set<SetupStep>>;
	/** The hub and its admin. Only of one that has keys. */
	hub: () => Promise<OpenedHub & { adminId: string }>;
	close: () => Promise<void>;
};

export function openSetup(parts: SetupParts): Setup {
	const { folder } = parts;
	let record = readRecord(folder);
	let opened: Promise<OpenedHub & { adminId: string }> | undefined;
	const open = async () => {
		const { admin, reach, hubKey, grant } = record;
		if (!admin || !reach) throw new Error('a hub has keys before its address');
		// What was killed in between is done again.
		if (!hasKeys(folder)) {
			if (!hubKey || !grant) throw new Error('a hub has no keys yet');
			await takeGranted(folder, { iss: reach.vendor, hubKey, grant, secrets: makeSecrets() });
		}
		const made = await parts.openHub(reach.url);
		try {
			return { ...made, adminId: await addFirstAdmin(made.hub, admin) };
		} catch (error) {
			await made.close();
			throw error;
		}
	};
	const setup: Setup = {
		...parts,
		record: () => record,
		change: (changed) => {
			const next = { ...record, ...changed };
			writeRecord(folder, next);
			record = next;
		},
		done: async () => {
			const { admin, reach, grant, skipped, mail } = record;
			const done = new Set<SetupStep>(skipped);
			if (admin) done.add('admin');
			if (reach?.isSettled) done.add('reach');
			if (grant || hasKeys(folder)) done.add('keys');
			if (done.has('keys') && (await firstLicense((await setup.hub()).hub))) done.add('catalog');
			if (mail !== undefined) done.add('mail');
			return done;
		},
		hub: () => {
			if (opened) return opened;
			const opening = open();
			opened = opening;
			// It may succeed another time: a database that was away comes back.
			opening.catch(() => {
				if (opened === opening) opened = undefined;
			});
			return opening;
		},
		close: async () => {
			const open = await opened?.catch(() => undefined);
			opened = undefined;
			await open?.close();
		}
	};
	return setup;
}

/** @returns Why a step may not be taken now. */
export async function refuseStep(
	setup: Setup,
	step: SetupStep
): Promise<Refusal<'BODY_INVALID'> | undefined> {
	const done = await setup.done();
	if (mayTake(step, done)) return undefined;
	return refuse('BODY_INVALID', { path: step, reason: `the next step is ${nextSetupStep(done)}` });
}
