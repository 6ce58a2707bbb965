/**
 * A small world for the model: one hub, one customer with two licenses, machines, people, and desks
 * that can be reached or not.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import { fingerprint } from '../fixtures/chain.ts';
import { openDesk, type Desk } from '../fixtures/desk.ts';
import { signIn } from '../fixtures/field-work.ts';
import { makeLicense, makeMachine, type TestLicense, type TestMachine } from '../fixtures/hub.ts';
import { Profile } from '../fixtures/profile.ts';
import { ORIGIN, type Person, type ServedHub } from '../fixtures/served-hub.ts';
import { Line } from '../faults/line.ts';

export const DESKS = 4;
export const MACHINES = 6;
export const LICENSES = 2;
export const PEOPLE = 3;
/** Of a license, at most. */
export const SEATS = 4;
export const DAY = 86_400;

/** A desk that comes and goes, and what of it was kept. */
export type Place = {
	desk?: Desk;
	profile: Profile;
	line: Line;
	/** What its clock is ahead of the hub's, in seconds. */
	ahead: number;
	kept?: Profile;
};

/** A machine whose parts are replaced. */
export type ModelMachine = TestMachine & { fp: Fingerprint };

export class World {
	readonly hub: ServedHub;
	readonly folder = mkdtempSync(join(tmpdir(), 'keyferry-model-'));
	readonly licenses: TestLicense[] = [];
	readonly machines: ModelMachine[] = [];
	readonly people: Person[] = [];
	readonly places: Place[] = [];
	/** Requests that machines made, as files that anyone may carry. */
	readonly requests: { jti: string; text: string; machine: number }[] = [];
	backup?: string;
	isRestored = false;
	/** What each activation may say of its machine: as it began, and counted replacements. [MA5] */
	readonly fingerprints = new Map<string, Set<string>>();
	readonly counted = { faults: 0, commands: 0, activations: 0 };

	constructor(hub: ServedHub) {
		this.hub = hub;
	}

	/** Two licenses of one customer, of few seats; a manager, a technician, and one without rights. */
	async settle(): Promise<void> {
		await this.hub.hub.confirmTime('staff');
		const first = await makeLicense(this.hub, { seats: 3, returnsPerYear: 1 });
		const { customerId } = first;
		this.licenses.push(first, await makeLicense(this.hub, { seats: 2, customerId }));
		for (let at = 0; at < MACHINES; at++) {
			const machine = await makeMachine();
			this.machines.push({ ...machine, fp: fingerprint(machine.name) });
		}
		for (const name of ['manager', 'technician', 'stranger'])
			this.people.push(await this.hub.addPerson(name));
		await this.hub.setRole(this.people[0]!, customerId, 'manager');
		await this.hub.setRole(this.people[1]!, customerId, 'technician');
		for (const person of [0, 1]) {
			const place = this.addPlace();
			await signIn(await this.open(place), this.people[person]!);
		}
	}

	/** @param of - The profile that it is a copy of. */
	addPlace(of?: { profile: Profile; ahead: number }): Place {
		const line = new Line((request) => this.hub.line(request));
		const place: Place = { line, ahead: of?.ahead ?? 0, profile: of?.profile ?? new Profile() };
		place.profile.line = (request) => line.send(request);
		place.profile.now = () => (this.hub.clock.now + place.ahead) * 1000;
		this.places.push(place);
		return place;
	}

	/** The desk of a place, opened where it is not. */
	async open(place: Place): Promise<Desk> {
		if (place.desk?.life.isOver) delete place.desk;
		place.desk ??= await openDesk(place.profile, ORIGIN);
		return place.desk;
	}

	place(at: number): Place {
		return this.places[at % this.places.length]!;
	}

	end(): void {
		for (const { desk } of this.places) desk?.life.end();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
