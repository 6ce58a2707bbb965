/**
 * Activation files that were brought back after a restore: which the ledger has, and which machines
 * they name. [SE8]
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import { isDesksAlone, isOver, type Sighting } from '#lib/domain/seats/adoption.ts';
import { fingerprintText, type Fingerprint } from '#lib/domain/machines/machine.ts';
import { among } from '#server/db/among.ts';
import { activationFiles } from '#server/db/schema/ledger.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { Transaction } from '#server/db/database.ts';
import type { FileRecord, FoundFiles, HeldActivation, Ledger } from './ledger.ts';

/** A machine under one license: nothing tells of another license's seats. */
type Named = { licenseId: string; fp: Fingerprint };

/** An activation whose file may be brought, with the fingerprint that the file names. */
export type Brought = Named & { act: string };

export async function readFoundFiles(
	tx: Transaction,
	{ customerId, found, held }: Ledger,
	meant: readonly Brought[]
): Promise<void> {
	if (meant.length === 0) return;
	const acts = [...new Set(meant.map(({ act }) => act))];
	const known = acts.flatMap((act) => held.get(act) ?? []);
	const machines = [...new Set([...meant, ...known].map(machineOf))];
	const mine = eq(activationFiles.customerId, customerId);
	const { act, gen, signedAt, machine } = activationFiles;
	const [stored, seen] = await Promise.all([
		tx
			.select({ act, gen })
			.from(activationFiles)
			.where(and(mine, among(act, acts))),
		tx
			.select({ act, signedAt, machine })
			.from(activationFiles)
			.where(and(mine, among(machine, machines)))
	]);
	for (const row of stored) noteStored(found, row);
	for (const { machine: name, ...sighting } of seen) noteSighting(found, name!, sighting);
}

/** Keeps in mind a file that is brought now. @returns The machine that it names. */
export function noteFound(
	{ found }: Ledger,
	file: Named & Sighting & Pick<FileRecord, 'gen'>
): string {
	const { act, signedAt } = file;
	const machine = machineOf(file);
	noteStored(found, file);
	noteSighting(found, machine, { act, signedAt });
	return machine;
}

/** By which activations a machine was seen, as far as files were brought and seats are held. */
export function sightingsOf(ledger: Ledger, named: Named): Sighting[] {
	const { found, held } = ledger;
	const machine = machineOf(named);
	const holding = sameMachine(held.sharing(named.fp), named).filter(
		(row) => !isOfDesks(ledger, row)
	);
	return [
		...(found.sightings.get(machine) ?? []),
		...holding.map(({ act, grantedAt: signedAt }) => ({ act, signedAt }))
	];
}

/** Activations by which this very machine holds a seat, or has one cool, as far as they are loaded. */
export function seatsOf({ held }: Ledger, named: Named): HeldActivation[] {
	return sameMachine(held.sharing(named.fp), named);
}

/** Activations that hold a seat which, by this file, their machine has left for another. */
export function leftFor(ledger: Ledger, file: Named & Sighting): HeldActivation[] {
	return sameMachine(ledger.held.sharing(file.fp), file).filter(
		(row) => !isOfDesks(ledger, row) && isOver(row, [file])
	);
}

/** Whether only desks speak of its seat. Its own draws must be loaded. */
export function isOfDesks({ blocks }: Ledger, row: HeldActivation): boolean {
	const own = blocks.draws.filter(
		({ drawnAct, state }) => drawnAct === row.act && state !== 'contested'
	);
	return isDesksAlone(row, own);
}

function sameMachine(rows: readonly HeldActivation[], named: Named): HeldActivation[] {
	const machine = machineOf(named);
	return rows.filter(
		(row) => (row.state === 'active' || row.state === 'cooling') && machineOf(row) === machine
	);
}

function machineOf({ licenseId, fp }: Named): string {
	return sha256(`${licenseId} ${fingerprintText(fp)}`);
}

function noteStored({ stored }: FoundFiles, { act, gen }: Pick<FileRecord, 'act' | 'gen'>): void {
	const gens = stored.get(act);
	if (gens) gens.add(gen);
	else stored.set(act, new Set([gen]));
}

function noteSighting({ sightings }: FoundFiles, machine: string, sighting: Sighting): void {
	const seen = sightings.get(machine);
	if (seen) seen.push(sighting);
	else sightings.set(machine, [sighting]);
}
