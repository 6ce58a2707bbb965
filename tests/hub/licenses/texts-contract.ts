/**
 * Notes, names and sites that people change wherever they are, whatever the hub keeps its ledger in.
 *
 * @module
 */
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { showText, type AskedChange, type ChangedText } from '#lib/domain/licenses/change.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandArgs, CommandResult, TextCommand } from '#lib/protocol/commands.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { activations } from '#server/db/schema/ledger.ts';
import { audit } from '#server/db/schema/hub.ts';
import { user } from '#server/db/schema/people.ts';
import type { Asker } from '#server/hub/hub.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { addCustomer } from '#server/operations/catalog/add-customer.ts';
import { moveLicense } from '#server/operations/licenses/move-license.ts';
import { pull } from '#server/operations/pull/pull.ts';
import { hashOf } from '#server/operations/push/judge-commands.ts';
import { push } from '#server/operations/push/push.ts';
import { askFor, makeLicense, makeMachine, type TestLicense } from '../../fixtures/hub.ts';
import { openHub, type MakeStore } from '../../fixtures/open-hub.ts';

export function textsContract(name: string, makeStore: MakeStore): void {
	describe(`texts at a hub on ${name}`, () => {
		const { made, store } = openHub(makeStore);

		const person = async (
			{ customerId }: TestLicense,
			name: string,
			role: 'viewer' | 'technician' = 'technician'
		): Promise<Asker> => {
			const userId = uuidv7();
			await store.db.insert(user).values({ id: userId, name, email: `${userId}@example.com` });
			return { userId, roles: new Map([[customerId, role]]) };
		};
		const machineOf = async (license: TestLicense) => {
			const answer = await activate(
				made.hub,
				await askFor(license, await makeMachine('rack-07')),
				{}
			);
			if (isRefusal(answer)) throw new Error(answer.refused);
			const [row] = await store.db
				.select()
				.from(activations)
				.where(
					and(
						eq(activations.customerId, license.customerId),
						eq(activations.request, answer.request)
					)
				);
			return { ...row!, file: answerFile(made.hub, answer) };
		};
		const send = async (asker: Asker | undefined, ...commands: Command[]) => {
			const [first] = commands;
			const reply = await push(made.hub, { outbox: first!.outbox, commands }, asker);
			if (isRefusal(reply)) throw new Error(reply.refused);
			return reply.results;
		};
		const seen = async (license: TestLicense, asker = license.manager) => {
			const page = await pull(made.hub, undefined, asker);
			return {
				page,
				license: page.licenses.find(({ id }) => id === license.licenseId)!,
				machine: page.activations.find(({ licenseId }) => licenseId === license.licenseId)
			};
		};
		const audited = async ({ customerId }: TestLicense) => {
			const rows = await store.db.select().from(audit).where(eq(audit.customerId, customerId));
			return rows
				.filter(({ action }) => /noted|labeled|sited/.test(action))
				.map(({ action, actor, subject, facts }) => ({ action, actor, subject, facts }));
		};

		test('[CH1] a technician notes, names and places; desks and the audit hear of it, files do not', async () => {
			const license = await makeLicense(made);
			const { act, file, fp } = await machineOf(license);
			const ada = await person(license, 'Ada');
			const before = await seen(license);
			const outbox = uuidv7();
			const about = { license: license.licenseId };
			const results = await send(
				ada,
				change(outbox, 1, 'license.note', { ...about, value: 'Ask Bob\nfirst.', was: '' }),
				change(outbox, 2, 'machine.label', { act, value: 'Rack 7, left', was: '' }),
				change(outbox, 3, 'machine.site', { act, value: 'Hamburg', was: '' }),
				change(outbox, 4, 'machine.site', { act, value: 'Bremen', was: 'Hamburg' })
			);
			expect(results.map(({ refusal }) => refusal)).toEqual(Array(4).fill(undefined));

			const at = made.clock.now;
			const after = await seen(license, ada);
			expect(after.license.note).toEqual({ value: 'Ask Bob\nfirst.', by: 'Ada', at });
			expect(after.machine).toMatchObject({
				label: 'Rack 7, left',
				requestLabel: 'rack-07',
				site: 'Bremen',
				texts: { label: { value: 'Rack 7, left', by: 'Ada', at }, site: { value: 'Bremen' } }
			});
			expect(after.license.revision).toBeGreaterThan(before.license.revision);
			expect(after.page.answers.map((row) => row.file)).toEqual([file]);
			const [row] = await store.db.select().from(activations).where(eq(activations.act, act));
			expect(row).toMatchObject({ label: 'rack-07', fp });
			const facts = { license: license.licenseId };
			const actor = ada.userId;
			expect(await audited(license)).toEqual([
				{
					action: 'license.noted',
					actor,
					subject: license.licenseId,
					facts: { value: 'Ask Bob\nfirst.' }
				},
				...(
					[
						['activation.labeled', 'Rack 7, left'],
						['activation.sited', 'Hamburg'],
						['activation.sited', 'Bremen']
					] as const
				).map(([action, value]) => ({ action, actor, subject: act, facts: { ...facts, value } }))
			]);

			await send(ada, change(outbox, 5, 'machine.label', { act, value: '', was: 'Rack 7, left' }));
			const { machine } = await seen(license);
			expect(machine).toMatchObject({ label: 'rack-07', texts: { label: { value: '' } } });
			expect(machine?.requestLabel).toBeUndefined();
		});

		test('[CH1] another text meanwhile is refused with both, who and when; the same one is done', async () => {
			const license = await makeLicense(made);
			const [ada, bob] = [await person(license, 'Ada'), await person(license, 'Bob')];
			const note = (outbox: string, n: number, value: string, was: string) =>
				change(outbox, n, 'license.note', { license: license.licenseId, value, was });
			await send(ada, note(uuidv7(), 1, 'Moves in May', ''));
			const at = made.clock.now;
			made.clock.now += 60;
			const outbox = uuidv7();
			const mine = note(outbox, 1, 'Moves in June', '');
			const facts = { mine: 'Moves in June', value: 'Moves in May', by: 'Ada', at };
			const refused = { refused: 'CHANGED_MEANWHILE', facts };
			expect((await send(bob, mine))[0]?.refusal).toEqual(refused);
			expect((await send(bob, mine))[0]?.refusal).toEqual(refused);

			const { revision } = (await seen(license)).license;
			const [same] = await send(bob, note(outbox, 2, 'Moves in May', 'whatever'));
			expect(same?.refusal).toBeUndefined();
			expect((await seen(license)).license).toMatchObject({ revision, note: { by: 'Ada' } });
			expect(await audited(license)).toHaveLength(1);

			const [kept] = await send(bob, note(outbox, 3, 'Moves in June', 'Moves in May'));
			expect(kept?.refusal).toBeUndefined();
			expect((await seen(license)).license.note).toMatchObject({
				value: 'Moves in June',
				by: 'Bob'
			});
		});

		test('[CH1, PE1] viewers may not, strangers find nothing, staff may', async () => {
			const license = await makeLicense(made);
			const { act } = await machineOf(license);
			const other = await makeLicense(made);
			const staff = { userId: uuidv7(), vendor: 'staff' as const, roles: new Map() };
			const tries: [Asker, string | undefined][] = [
				[await person(license, 'Vera', 'viewer'), 'NOT_PERMITTED'],
				[other.manager, 'NOT_FOUND'],
				[staff, undefined]
			];
			for (const [asker, code] of tries) {
				const outbox = uuidv7();
				const results = await send(
					asker,
					change(outbox, 1, 'license.note', { license: license.licenseId, value: 'x', was: '' }),
					change(outbox, 2, 'machine.label', { act, value: 'x', was: '' })
				);
				expect(codesOf(results)).toEqual([code, code]);
			}
			const unsigned = change(uuidv7(), 1, 'machine.label', { act, value: 'y', was: 'x' });
			expect(codesOf(await send(undefined, unsigned))).toEqual(['SIGN_IN_REQUIRED']);
		});

		test('[CH1, FI3] what nobody could store or show is refused alone', async () => {
			const license = await makeLicense(made);
			const outbox = uuidv7();
			const values = ['a\u0000b', 'a\ud800', 'x'.repeat(2001), 7, undefined, 'fits'];
			const commands = values.map((value, at) =>
				change(outbox, at + 1, 'license.note', {
					license: license.licenseId,
					value: value as string,
					was: ''
				})
			);
			expect(codesOf(await send(license.manager, ...commands))).toEqual([
				...Array<string>(5).fill('BODY_INVALID'),
				undefined
			]);
			expect((await seen(license)).license.note?.value).toBe('fits');
		});

		test('[CH1, SE7] a license that goes to another customer takes no note along', async () => {
			const license = await makeLicense(made);
			const { licenseId, customerId } = license;
			await send(
				license.manager,
				change(uuidv7(), 1, 'license.note', { license: licenseId, value: 'Ours', was: '' })
			);
			const to = await addCustomer(made.hub, { name: `Next ${uuidv7()}` }, 'hub');
			if (isRefusal(to)) throw new Error(to.refused);
			await moveLicense(made.hub, { customerId, licenseId }, to.id, 'hub');
			const next = { userId: uuidv7(), roles: new Map([[to.id, 'manager' as const]]) };
			const moved = (await pull(made.hub, undefined, next)).licenses;
			expect(moved).toMatchObject([{ id: licenseId }]);
			expect(moved[0]?.note).toBeUndefined();
		});

		test('[CH1] desks that write offline, in any order of sync, end as the hub, and no word is lost', async () => {
			const step = fc.record({
				does: fc.constantFrom('write', 'write', 'sync', 'mine', 'both'),
				at: fc.nat({ max: 2 }),
				text: fc.constantFrom('note' as const, 'label' as const)
			});
			await fc.assert(
				fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
					const license = await makeLicense(made);
					const { act } = await machineOf(license);
					const desks = await Promise.all(
						['Ada', 'Bob', 'Eve'].map(async (who) => new Desk(await person(license, who)))
					);
					const sync = async (desk: Desk) => {
						const waiting = desk.asked.filter(({ state }) => state === 'unsent');
						const commands = waiting.map(({ id, n, field, value, was }) => {
							const [type, about] =
								field === 'note'
									? (['license.note', { license: license.licenseId }] as const)
									: (['machine.label', { act }] as const);
							const args = { ...about, value, was };
							return { ...change(desk.outbox, n, type, args as never), id };
						});
						const results = commands.length > 0 ? await send(desk.asker, ...commands) : [];
						for (const [at, { refusal }] of results.entries()) {
							waiting[at]!.state = refusal ? 'refused' : 'over';
							if (refusal) waiting[at]!.refusal = refusal;
						}
						const { license: row, machine } = await seen(license, desk.asker);
						desk.mirror = { note: row.note, label: machine?.texts?.label };
					};
					const words: string[] = [];
					for (const { does, at, text } of steps) {
						const desk = desks[at]!;
						const { value, was, conflict } = desk.shown(text);
						if (does === 'sync') await sync(desk);
						else if (does === 'write' && !conflict) {
							words.push(`w${words.length}.`);
							desk.ask(text, { value: `${value} ${words.at(-1)}`.trim(), was });
						} else if (conflict && does !== 'write') desk.decide(text, does === 'both');
					}
					for (const desk of desks)
						for (let times = 0; times < 2; times++) {
							await sync(desk);
							for (const text of TEXTS) desk.decide(text, false);
						}
					for (const desk of desks) await sync(desk);
					const ends = desks.map((desk) => TEXTS.map((text) => desk.shown(text).value));
					const held = await seen(license);
					const said = [held.license.note?.value ?? '', held.machine?.texts?.label?.value ?? ''];
					expect(ends).toEqual(desks.map(() => said));
					const kept = (await audited(license)).map(({ facts }) => String(facts.value));
					expect(words.filter((word) => !kept.some((text) => text.includes(word)))).toEqual([]);
				}),
				{ numRuns: 6 }
			);
		});
	});
}

const TEXTS = ['note', 'label'] as const;

/** What a desk keeps of two texts, shown and decided by its own code. */
class Desk {
	readonly outbox = uuidv7();
	readonly asked: (AskedChange & { n: number; field: 'note' | 'label' })[] = [];
	mirror: { note?: ChangedText; label?: ChangedText } = {};
	readonly asker: Asker;

	constructor(asker: Asker) {
		this.asker = asker;
	}

	shown(field: 'note' | 'label') {
		return showText(
			this.mirror[field],
			this.asked.filter((each) => each.field === field)
		);
	}

	ask(field: 'note' | 'label', change: { value: string; was: string }): void {
		const n = this.asked.length + 1;
		this.asked.push({ ...change, field, n, id: uuidv7(), state: 'unsent' });
	}

	/** Keeps its own, or writes both: nobody gives a word up. */
	decide(field: 'note' | 'label', both: boolean): void {
		const { conflict } = this.shown(field);
		if (!conflict) return;
		const { ids, mine, earlier, theirs } = conflict;
		for (const each of this.asked) if (ids.includes(each.id)) each.state = 'over';
		const texts = both ? [theirs.value, ...earlier, mine] : [...earlier, mine];
		this.ask(field, { value: texts.join(' '), was: theirs.value });
	}
}

function change<T extends TextCommand>(
	outbox: string,
	n: number,
	type: T,
	args: CommandArgs[T]
): Command<T> {
	const command = { type, version: 1, args };
	return { id: uuidv7(), outbox, n, ...command, hash: hashOf(command), createdAt: 1 };
}

function codesOf(results: readonly CommandResult[]): (Refusal['refused'] | undefined)[] {
	return results.toSorted((a, b) => a.n - b.n).map(({ refusal }) => refusal?.refused);
}
