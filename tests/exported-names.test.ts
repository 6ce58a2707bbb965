/** One word, one thing: no exported name stands for two. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { sourcesUnder } from './architecture-imports.ts';

const root = resolve(import.meta.dirname, '..');

/** Names that several files export and mean the same by, each with what that is. */
const SAME: Record<string, string> = {
	day: 'a date inside a sentence, with the language bound or given',
	moment: 'a date with its time, likewise',
	relative: 'how long ago a date was, likewise',
	many: 'a count with its noun, in each language',
	n: 'a number as a language writes it',
	explain: 'a refusal in words, in the language of the screen or a given one',
	keepFile: 'a signed file is stored: in the ledger, in a state folder [FI1]',
	retireMachine: 'the operation, and the desk that asks the hub for it',
	endAllotment: 'the operation, and the desk that asks the hub for it',
	setDeskPolicy: 'the operation, and the desk that asks the hub for it',
	writeOffAllotment: 'the operation, and the desk that asks the hub for it'
};

const EXPORT = /^export (?:async )?(?:const|let|function\*?|class|type|interface)\s+(\w+)/gm;

test('a name that stands in several files means the same in all of them', () => {
	const places = new Map<string, string[]>();
	for (const file of [...sourcesUnder('src'), ...sourcesUnder('server')]) {
		if (/\.(test|fixture|d)\.ts$/.test(file)) continue;
		const text = readFileSync(join(root, file), 'utf8');
		for (const [, name = ''] of text.matchAll(EXPORT)) {
			places.set(name, [...(places.get(name) ?? []), file]);
		}
	}
	const several = [...places].filter(([, files]) => files.length > 1);
	const unexplained = several.filter(([name]) => !(name in SAME));
	expect(unexplained.map(([name, files]) => `${name}: ${files.join(', ')}`)).toEqual([]);
	const alone = Object.keys(SAME).filter((name) => !several.some(([known]) => known === name));
	expect(alone).toEqual([]);
});
