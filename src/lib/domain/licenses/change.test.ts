import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	cleanText,
	decideChange,
	judgeText,
	showText,
	type AskedChange,
	type ChangedText,
	type ShownText
} from './change.ts';
import { isRefusal } from '../refusal.ts';

const held: ChangedText = { value: 'Rack 7', by: 'ada', at: 10 };

describe('[CH1] a change names what it replaces', () => {
	test('it is done where that is still there, and where the same text is there already', () => {
		expect(decideChange(held, { value: 'Rack 8', was: 'Rack 7' })).toBe('changed');
		expect(decideChange(held, { value: 'Rack 7', was: 'Rack 1' })).toBe('same');
		expect(decideChange(undefined, { value: 'Rack 8', was: '' })).toBe('changed');
		expect(decideChange(undefined, { value: '', was: 'Rack 1' })).toBe('same');
		expect(decideChange(held, { value: '', was: 'Rack 7' })).toBe('changed');
	});

	test('else the refusal has both texts, who wrote the other, and when', () => {
		expect(decideChange(held, { value: 'Rack 8', was: '' })).toEqual({
			refused: 'CHANGED_MEANWHILE',
			facts: { mine: 'Rack 8', value: 'Rack 7', by: 'ada', at: 10 }
		});
	});

	test('what is pasted is made fit to be stored', () => {
		expect(cleanText('note', ' one\r\ntwo\tthree\u2028four\u0000 ')).toBe('one\ntwo three\nfour');
		expect(cleanText('label', 'one\ntwo\ud800')).toBe('one two\ufffd');
		for (const field of ['note', 'site'] as const)
			expect(judgeText(field, cleanText(field, 'a\u001b\r\u0085\udfffb'))).toBeUndefined();
	});

	test('[FI3] texts are bounded, and only a note has lines', () => {
		expect(judgeText('note', 'one\ntwo')).toBeUndefined();
		expect(judgeText('label', 'one\ntwo')).toBe('text');
		for (const text of ['a\u0000b', 'a\u001bb', 'a\ud800b', 'a\rb', 'a\u2028b'])
			expect(judgeText('note', text)).toBe('text');
		expect(judgeText('note', 'x'.repeat(2001))).toBe('length');
		expect(judgeText('site', 'x'.repeat(201))).toBe('length');
		expect(judgeText('site', '')).toBeUndefined();
	});
});

describe('[CH1] what a desk shows', () => {
	const asked = (value: string, was: string, state: AskedChange['state']): AskedChange => {
		const refusal = decideChange({ value: 'theirs', by: 'bob', at: 20 }, { value, was });
		const change = { id: value, value, was, state };
		return isRefusal(refusal) && state === 'refused' ? { ...change, refusal } : change;
	};

	test('a change is shown at once, and the next one replaces it', () => {
		expect(showText(held, [])).toEqual({ value: 'Rack 7', was: 'Rack 7', held, isUnsent: false });
		const first = asked('Rack 8', 'Rack 7', 'unsent');
		expect(showText(held, [first])).toMatchObject({
			value: 'Rack 8',
			was: 'Rack 8',
			isUnsent: true
		});
		const told = { ...first, state: 'told' as const };
		expect(showText(held, [told])).toMatchObject({ value: 'Rack 8', isUnsent: false });
	});

	test('a refused text stays, beside what there is instead', () => {
		const { value, conflict } = showText(held, [
			asked('mine', 'Rack 7', 'refused'),
			asked('mine too', 'mine', 'refused')
		]);
		expect(value).toBe('Rack 7');
		expect(conflict).toEqual({
			ids: ['mine', 'mine too'],
			mine: 'mine too',
			earlier: ['mine'],
			theirs: { value: 'theirs', by: 'bob', at: 20 }
		});
	});

	test('the mirror may know more than the refusal did', () => {
		const later: ChangedText = { value: 'later', by: 'eve', at: 30 };
		expect(showText(later, [asked('mine', '', 'refused')]).conflict?.theirs).toEqual(later);
		expect(showText({ ...later, value: 'mine' }, [asked('mine', '', 'refused')]).conflict).toBe(
			undefined
		);
	});

	test('nothing is to be decided of what was decided, or is asked again', () => {
		const refused = asked('mine', '', 'refused');
		expect(showText(held, [{ ...refused, state: 'over' }]).conflict).toBeUndefined();
		const again = asked('mine', 'theirs', 'unsent');
		expect(showText(held, [refused, again]).conflict).toBeUndefined();
	});
});

/** Desks and a hub, each with what it would keep; what they decide by is the code itself. */
class World {
	readonly hub = new Map<string, ChangedText>();
	/** Every text that the hub took, for ever. */
	readonly audit: string[] = [];
	readonly desks: { mirror: Map<string, ChangedText>; asked: Map<string, AskedChange[]> }[];
	/** Words, and those that somebody gave up before their eyes. */
	readonly written: string[] = [];
	readonly givenUp = new Set<string>();
	#time = 0;

	constructor(desks: number) {
		this.desks = Array.from({ length: desks }, () => ({ mirror: new Map(), asked: new Map() }));
	}

	shown(at: number, text: string): ShownText {
		const { mirror, asked } = this.desks[at]!;
		return showText(mirror.get(text), asked.get(text) ?? []);
	}

	/** A note grows by a word, a label becomes one. */
	write(at: number, text: string): void {
		const { was, value, conflict } = this.shown(at, text);
		if (conflict) return;
		const word = `w${this.written.length}.`;
		this.written.push(word);
		this.#ask(at, text, { value: text === 'note' ? `${value} ${word}` : word, was });
	}

	#ask(at: number, text: string, change: { value: string; was: string }): void {
		const { asked } = this.desks[at]!;
		const id = `${at}.${this.#time++}`;
		asked.set(text, [...(asked.get(text) ?? []), { ...change, id, state: 'unsent' }]);
	}

	push(at: number): void {
		for (const [text, changes] of this.desks[at]!.asked)
			for (const change of changes.filter(({ state }) => state === 'unsent')) {
				const decision = decideChange(this.hub.get(text), change);
				change.state = isRefusal(decision) ? 'refused' : 'told';
				if (isRefusal(decision)) change.refusal = decision;
				if (decision !== 'changed') continue;
				// Nobody replaces what they have not seen.
				expect(change.was).toBe(this.hub.get(text)?.value ?? '');
				this.hub.set(text, { value: change.value, by: `desk ${at}`, at: ++this.#time });
				this.audit.push(change.value);
			}
	}

	pull(at: number): void {
		const desk = this.desks[at]!;
		desk.mirror = new Map(this.hub);
		for (const change of [...desk.asked.values()].flat())
			if (change.state === 'told') change.state = 'over';
	}

	decide(at: number, text: string, how: 'mine' | 'theirs' | 'both'): void {
		const { conflict } = this.shown(at, text);
		if (!conflict) return;
		const { ids, mine, earlier, theirs } = conflict;
		for (const change of this.desks[at]!.asked.get(text)!)
			if (ids.includes(change.id)) change.state = 'over';
		const value = { mine, theirs: theirs.value, both: `${theirs.value} ${mine}` }[how];
		for (const word of this.written)
			if ([mine, ...earlier].some((each) => each.includes(word)) && !value.includes(word))
				this.givenUp.add(word);
		if (value !== theirs.value) this.#ask(at, text, { value, was: theirs.value });
	}

	lost(): string[] {
		const kept = [
			...[...this.hub.values()].map(({ value }) => value),
			...this.audit,
			...this.desks.flatMap(({ asked }, at) =>
				[...asked].flatMap(([text, changes]) => {
					const { conflict } = this.shown(at, text);
					const unsent = changes.filter(({ state }) => state === 'unsent');
					return [
						...unsent.map(({ value }) => value),
						...(conflict ? [conflict.mine, ...conflict.earlier] : [])
					];
				})
			)
		];
		return this.written.filter(
			(word) => !this.givenUp.has(word) && !kept.some((text) => text.includes(word))
		);
	}
}

const TEXTS = ['note', 'label'] as const;

const step = (desks: number) =>
	fc.record({
		does: fc.constantFrom('write', 'write', 'push', 'pull', 'mine', 'theirs', 'both'),
		at: fc.nat({ max: desks - 1 }),
		text: fc.constantFrom(...TEXTS)
	});

test('[CH1] two or three desks that write offline end alike, and no word is lost', () => {
	for (const desks of [2, 3])
		fc.assert(
			fc.property(fc.array(step(desks), { maxLength: 60 }), (steps) => {
				const world = new World(desks);
				for (const { does, at, text } of steps) {
					if (does === 'write') world.write(at, text);
					else if (does === 'push') world.push(at);
					else if (does === 'pull') world.pull(at);
					else world.decide(at, text, does);
					expect(world.lost()).toEqual([]);
				}
				// One after another syncs, keeps its own, and syncs again.
				for (let at = 0; at < desks; at++)
					for (let times = 0; times < 2; times++) {
						world.push(at);
						world.pull(at);
						for (const text of TEXTS) world.decide(at, text, 'mine');
					}
				for (let at = 0; at < desks; at++) {
					world.pull(at);
					for (const text of TEXTS) {
						const { value, isUnsent, conflict } = world.shown(at, text);
						expect({ value, isUnsent, conflict }).toEqual({
							value: world.hub.get(text)?.value ?? '',
							isUnsent: false,
							conflict: undefined
						});
					}
				}
				expect(world.lost()).toEqual([]);
			})
		);
});
