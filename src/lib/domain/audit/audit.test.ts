import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendEntries, checkChain, emptyHead, type AuditEntry, type AuditNote } from './audit.ts';
import { checkEnd, checkPage, startAuditCheck } from './audit-check.ts';
import { checkLedger, emptyLedger } from './audit-ledger.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const note = (
	action: AuditNote['action'],
	subject: string,
	facts: AuditNote['facts'] = {}
): AuditNote => ({ at: 1_800_000_000, actor: 'hub', action, subject, facts });
const chained = (...notes: AuditNote[]) =>
	appendEntries({ customerId: 'c', head: emptyHead }, notes, sha256).entries;

const license = 'l';
const issued = note('license.issued', license, { seats: 2, number: 'KF-1' });
const granted = (act: string, more = {}) =>
	note('activation.granted', act, { license, gen: 1, ...more });

describe('the chain', () => {
	const entries = chained(issued, granted('a'), granted('b'), note('license.suspended', license));

	test('[AU1] entries written in several transactions make one chain', () => {
		const first = appendEntries({ customerId: 'c', head: emptyHead }, [issued], sha256);
		const more = [granted('a'), granted('b'), note('license.suspended', license)];
		const second = appendEntries({ customerId: 'c', head: first.head }, more, sha256);
		expect([...first.entries, ...second.entries]).toEqual(entries);
		expect(second.head).toEqual({ n: 4, hash: entries[3]!.hash });
		expect(checkChain(entries, sha256)).toBeUndefined();
		expect(checkChain(entries.slice(1), sha256, first.head)).toBeUndefined();
	});

	test('[AU1] the order of facts and the way back from the database do not matter', () => {
		const stored = entries.map((entry) => ({
			...entry,
			facts: Object.fromEntries(Object.entries(entry.facts).reverse())
		}));
		expect(checkChain(stored, sha256)).toBeUndefined();
		const [open] = chained(note('license.issued', license, { seats: 1, expiresAt: undefined }));
		const back = JSON.parse(JSON.stringify(open)) as AuditEntry;
		expect(checkChain([back], sha256)).toBeUndefined();
	});

	test('[AU1] whatever is changed, left out or moved is named by its place', () => {
		for (const at of entries.keys()) {
			const n = at + 1;
			const change = (more: Partial<AuditEntry>) =>
				checkChain(entries.with(at, { ...entries[at]!, ...more }), sha256);
			for (const more of [
				{ at: 1 },
				{ actor: 'x' },
				{ action: 'license.resumed' as const },
				{ subject: 'x' },
				{ facts: { seats: 99 } }
			])
				expect(change(more)).toEqual({ n, why: 'hash' });
			expect(change({ prev: 'x' })).toEqual({ n, why: 'prev' });
			if (n < entries.length) {
				const without = entries.filter((entry) => entry.n !== n);
				expect(checkChain(without, sha256)).toEqual({ n, why: 'gap' });
				const forged = { ...entries[at]!, actor: 'x' };
				const { hash } = chained(...entries.slice(0, at), forged)[at]!;
				const rewritten = entries.with(at, { ...forged, hash });
				expect(checkChain(rewritten, sha256)).toEqual({ n: n + 1, why: 'prev' });
			}
		}
	});

	test('[AU1] whoever rewrites an entry has to rewrite all that follow, the head included', () => {
		const forged = chained(...entries.map((entry, at) => (at === 1 ? granted('x') : entry)));
		for (const at of entries.keys())
			if (at === 0) expect(forged[at]).toEqual(entries[at]);
			else expect(forged[at]!.hash).not.toBe(entries[at]!.hash);
		// The links set right by hand, as far as they are not hashed.
		const linked = [...forged.slice(0, 2), { ...entries[2]!, prev: forged[1]!.hash }, entries[3]!];
		expect(checkChain(linked, sha256)).toEqual({ n: 3, why: 'hash' });
	});

	test('[AU1] an end that was cut off is found by the head that the ledger keeps', () => {
		const check = startAuditCheck();
		expect(checkPage(check, entries.slice(0, 3), sha256)).toBeUndefined();
		const head = { n: 4, hash: entries[3]!.hash };
		expect(checkEnd(check, { head, licenses: [] })).toEqual({ n: 3, why: 'head' });
	});
});

describe('the ledger counted again', () => {
	const first = (...notes: AuditNote[]) => checkLedger(chained(...notes));

	test('[SE1] names the first grant beyond the seats, and a fact may go beyond', () => {
		const full = [issued, granted('a'), granted('b')];
		expect(first(...full)).toBeUndefined();
		expect(first(...full, granted('c'), granted('d'))).toEqual({ n: 4, why: 'oversold' });
		const found = note('activation.adopted', 'c', { license, gen: 1, overage: true });
		expect(first(...full, found)).toBeUndefined();
		expect(first(...full, found, granted('d'))).toEqual({ n: 5, why: 'oversold' });
	});

	test('[SE1] a cooling seat stays counted until it has cooled', () => {
		const cools = note('activation.returned', 'a', { license, freed: false, coolsUntil: 9 });
		const early = [issued, granted('a'), granted('b'), cools];
		expect(first(...early, granted('c'))).toEqual({ n: 5, why: 'oversold' });
		expect(first(...early, note('seat.cooled', 'a', { license }), granted('c'))).toBeUndefined();
		expect(first(...early, granted('c', { cooling: 'a' }))).toBeUndefined();
		const freed = note('activation.retired', 'b', { license, freed: true });
		expect(first(issued, granted('a'), granted('b'), freed, granted('c'))).toBeUndefined();
	});

	test('[SE1] seats that nobody took cannot be given back, nor one be taken twice', () => {
		const back = note('activation.returned', 'a', { license, freed: true });
		expect(first(issued, back)).toEqual({ n: 2, why: 'unknown-seat' });
		expect(first(issued, granted('a'), back, back)).toEqual({ n: 4, why: 'unknown-seat' });
		expect(first(issued, granted('a'), granted('a'))).toEqual({ n: 3, why: 'seat-twice' });
		expect(first(granted('a'))).toEqual({ n: 1, why: 'unknown-license' });
		const forgotten = note('activation.returned', 'z', {
			license,
			freed: false,
			forgotten: true
		});
		expect(first(issued, forgotten, note('seat.cooled', 'z', { license }))).toBeUndefined();
	});

	test('[SE1] the same is found whatever the pages are', () => {
		const entries = chained(issued, granted('a'), granted('b'), granted('c'), granted('d'));
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5 }), (size) => {
				const check = startAuditCheck();
				const found = [];
				for (let at = 0; at < entries.length; at += size)
					found.push(checkPage(check, entries.slice(at, at + size), sha256));
				expect(found.find((each) => each)).toEqual({ n: 4, why: 'oversold' });
			})
		);
	});

	test('[AU1] counts that the ledger keeps otherwise are shown side by side', () => {
		const check = startAuditCheck();
		const entries = chained(issued, granted('a'));
		expect(checkPage(check, entries, sha256)).toBeUndefined();
		const kept = { active: 2, reserved: 0, cooling: 0 };
		const end = { head: check.head, licenses: [{ id: license, seats: 2, counts: kept }] };
		expect(checkEnd(check, end)).toEqual({
			n: 2,
			why: 'counts',
			license,
			counted: { active: 1, reserved: 0, cooling: 0 },
			kept
		});
		expect(checkLedger(entries, emptyLedger())).toBeUndefined();
	});
});
