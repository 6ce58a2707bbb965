/**
 * Texts that people change: decided under the license's lock of what is there now, and written beside
 * what the ledger counts. [CH1]
 *
 * @module
 */
import type { SQL } from 'drizzle-orm';
import { decideChange, type ChangedText } from '#lib/domain/licenses/change.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { updateOf } from '#server/db/rows.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import { namesOf } from '#server/db/names.ts';
import type { Transaction } from '#server/db/database.ts';
import type { PlacedChange } from '#server/ledger/held/ask.ts';
import type { Ledger } from '#server/ledger/held/ledger.ts';

/** Decides them one after another. @returns Why not, for each that is refused. */
export async function changeTexts(
	tx: Transaction,
	ledger: Ledger,
	changes: readonly PlacedChange[]
): Promise<Map<PlacedChange, Refusal | undefined>> {
	const decided = new Map(changes.map((each) => [each, changeText(ledger, each)] as const));
	const refused = [...decided.values()].filter((each) => each?.refused === 'CHANGED_MEANWHILE');
	const names = await namesOf(
		tx,
		refused.flatMap(({ facts: { by } }) => by ?? [])
	);
	for (const [each, refusal] of decided)
		if (refusal?.refused === 'CHANGED_MEANWHILE') {
			const { by = '', ...facts } = refusal.facts;
			decided.set(each, refuse('CHANGED_MEANWHILE', { ...facts, by: names.get(by) ?? '' }));
		}
	return decided;
}

function changeText(ledger: Ledger, change: PlacedChange): Refusal | undefined {
	const { hub } = ledger;
	const { actor, field, value, licenseId, act } = change;
	const text = textOf(ledger, change);
	if (isRefusal(text)) return text;
	const decision = decideChange(text.held, change);
	if (isRefusal(decision)) return decision;
	if (decision === 'same') return undefined;
	const at = hub.now();
	text.write({ value, by: actor, at });
	ledger.notes.push(
		field === 'note' || act === undefined
			? { at, actor, action: 'license.noted', subject: licenseId, facts: { value } }
			: {
					at,
					actor,
					action: field === 'label' ? 'activation.labeled' : 'activation.sited',
					subject: act,
					facts: { license: licenseId, value }
				}
	);
	return undefined;
}

type HeldText = { held: ChangedText | undefined; write: (next: ChangedText) => void };

/** The text that is meant. A license may have gone since it was found. */
function textOf(
	{ licenses: locked, held, changed }: Ledger,
	{ field, licenseId, act }: PlacedChange
): HeldText | Refusal<'NOT_FOUND'> {
	const license = locked.get(licenseId);
	if (!license) return refuse('NOT_FOUND', { what: `license ${licenseId}` });
	if (field === 'note' || act === undefined)
		return {
			held: license.note ?? undefined,
			write: (note) => {
				locked.set(licenseId, { ...license, note });
				changed.notes.add(licenseId);
			}
		};
	const row = held.get(act);
	if (!row) return refuse('NOT_FOUND', { what: `activation ${act}` });
	return {
		held: row.texts?.[field],
		write: (text) => {
			held.set(act, { ...row, texts: { ...row.texts, [field]: text } });
			changed.texts.add(act);
		}
	};
}

/** @param revision - Of the customer, at which desks hear of it. */
export function writeTexts(
	{ customerId, licenses: locked, held, changed }: Ledger,
	revision: number
): SQL[] {
	const noted = [...changed.notes].map((licenseId) => {
		return { customerId, licenseId, note: locked.get(licenseId)!.note, revision };
	});
	const called = [...changed.texts].map((act) => {
		return { customerId, act, texts: held.get(act)!.texts ?? null, revision };
	});
	return [
		...updateOf(licenses, noted, { customerId, set: ['note', 'revision'] }),
		...updateOf(activations, called, { customerId, set: ['texts', 'revision'] })
	];
}
