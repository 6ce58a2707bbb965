/**
 * License keys of a first sync: asked for once all rows are here, so that lists wait for no key. What is
 * still owed is kept with what has come: a sync that is ended goes on there. [SY4]
 *
 * @module
 */
import type { KeysAsked, KeysPage } from '#lib/protocol/pull.ts';
import { hubClient } from '#lib/desk/hub/hub.ts';
import { relaxed } from '#lib/desk/store/database.ts';
import { readState, writeState } from '#lib/desk/store/state.ts';
import type { StateValues } from '#lib/desk/store/state-rows.ts';
import { wholeKeys } from './whole-keys.ts';
import { keyBlocksOf } from '#lib/desk/mirror/store-license-keys.ts';

type Owed = StateValues['owedKeys'];

/** Customers that are asked about at once: more than a page has, where each has a few licenses. */
const CUSTOMERS = 100;

/** Pulls keys until none are owed. The next page is on its way while this one is stored. */
export async function pullOwedKeys(): Promise<void> {
	let owed = (await readState('owedKeys')) ?? [];
	let ahead = owed.length > 0 ? ask(owed) : undefined;
	while (ahead) {
		const page = await ahead;
		const left = leftAfter(owed, page);
		ahead = left.length > 0 ? ask(left) : undefined;
		// It is waited for above, or not at all.
		ahead?.catch(() => undefined);
		if (!(await store(page, { owed, left }))) return;
		owed = left;
	}
}

async function ask(owed: Owed): Promise<KeysPage> {
	const asked: KeysAsked = {
		customerIds: owed.slice(0, CUSTOMERS).map(({ customerId }) => customerId),
		alike: true
	};
	const after = owed[0]?.after;
	if (after !== undefined) asked.after = after;
	return wholeKeys(await hubClient.sync.keys.query(asked), asked);
}

function leftAfter(owed: Owed, { next }: KeysPage): Owed {
	if (!next) return owed.slice(CUSTOMERS);
	const at = owed.findIndex(({ customerId }) => customerId === next.customerId);
	return [next, ...owed.slice(at + 1)];
}

/** @returns False where somebody signed out or others are owed meanwhile: then nothing is done. */
function store(page: KeysPage, { owed, left }: { owed: Owed; left: Owed }): Promise<boolean> {
	return relaxed.transaction('rw', [relaxed.licenseKeys, relaxed.states], async () => {
		const now = await readState('owedKeys', relaxed);
		const identity = await readState('identity', relaxed);
		if (!identity || JSON.stringify(now) !== JSON.stringify(owed)) return false;
		await relaxed.licenseKeys.bulkPut(keyBlocksOf(page));
		if (left.length > 0) await writeState('owedKeys', left, relaxed);
		else await relaxed.states.delete('owedKeys');
		return true;
	});
}
