import { expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { packSticks, type StickWords } from './stick.ts';
import { readStickIndex, STICK_INDEX, writeStickIndex } from './stick-index.ts';
import { readZip } from './zip.ts';

const head = { customer: 'Example GmbH', site: 'Hall 7', day: '2026-11-29' };
const words: StickWords = {
	howTo: ['Load it: a | b'],
	columns: {
		file: 'File',
		kind: 'Kind',
		machine: 'Machine',
		product: 'Product',
		license: 'License'
	},
	kind: {
		activation: 'activation file',
		receipt: 'receipt',
		refusal: 'refusal',
		trust: 'trust',
		revocation: 'retired'
	},
	everybody: 'all'
};
const forMachine = (label: string, request = `request-${label}`) => ({
	kind: 'activation' as const,
	text: `file of ${label} ${request}`,
	label,
	machine: label,
	request,
	number: 'KF-7Q2M-90TK-C4X7',
	title: 'Atlas'
});
const textsIn = (bytes: Uint8Array) => {
	const entries = readZip(bytes, 1_000_000);
	if (isRefusal(entries)) throw new Error(entries.refused);
	const texts = entries.map((entry) => {
		if ('refusal' in entry) throw new Error(entry.name);
		return [entry.name, new TextDecoder().decode(entry.bytes)] as const;
	});
	return new Map(texts);
};

test('[SK1] a stick is named by customer, site and day, and its index names each file', () => {
	const trust = { kind: 'trust' as const, text: 'trust' };
	const [stick, ...more] = packSticks(head, [forMachine('rack'), trust], words);
	expect(more).toEqual([]);
	expect(stick).toMatchObject({ fileName: 'example-gmbh_hall-7_2026-11-29.zip', files: 2 });
	const texts = textsIn(stick!.bytes);
	expect([...texts.keys()]).toEqual([STICK_INDEX, 'trust.kftrust', 'rack_C4X7_t-rack.kfact']);
	expect(texts.get('rack_C4X7_t-rack.kfact')).toBe('file of rack request-rack');
	const index = texts.get(STICK_INDEX)!;
	expect(index.split('\r\n').slice(0, 6)).toEqual([
		'KEYFERRY STICK 1',
		'2026-11-29',
		'Example GmbH',
		'Hall 7',
		'',
		'Load it: a / b'
	]);
	expect(index).toContain(
		'rack_C4X7_t-rack.kfact | activation file | rack    | Atlas   | KF-7Q2M-90TK-C4X7'
	);
	expect(readStickIndex(index)).toEqual({ ...head, files: [...texts.keys()].slice(1) });
});

test('[SK1] more files than an archive holds are several sticks, each with what all machines learn from', () => {
	const files = Array.from({ length: 7 }, (_, n) => forMachine(`rack-${n}`));
	const sticks = packSticks(head, [...files, { kind: 'trust', text: 'trust' }], words, 4);
	expect(sticks.map(({ fileName, files: count }) => [fileName, count])).toEqual([
		['example-gmbh_hall-7_2026-11-29_1-3.zip', 4],
		['example-gmbh_hall-7_2026-11-29_2-3.zip', 4],
		['example-gmbh_hall-7_2026-11-29_3-3.zip', 2]
	]);
	const texts = sticks.map(({ bytes }) => textsIn(bytes));
	expect(texts.every((each) => each.has('trust.kftrust'))).toBe(true);
	const own = texts.flatMap((each) => [...each.values()].filter((text) => text.startsWith('file')));
	expect(own.sort()).toEqual(files.map(({ text }) => text).sort());
});

test('[SK1] two machines of one name are two files, and a site without a name leaves none', () => {
	const [stick] = packSticks(
		{ ...head, site: '' },
		[forMachine('rack', 'a-000001'), { ...forMachine('rack', 'b-000001'), machine: 'a | b\nc' }],
		words
	);
	expect(stick!.fileName).toBe('example-gmbh_2026-11-29.zip');
	const index = readStickIndex(textsIn(stick!.bytes).get(STICK_INDEX)!);
	expect(index?.files).toEqual(['rack_C4X7_000001.kfact', 'rack_C4X7_000001-2.kfact']);
});

test('[SK2] what is no index is none, and one that somebody wrote draws no line of its own', () => {
	for (const text of ['', 'Buy milk', 'KEYFERRY STICK 1\nno day\nA\nB\n', 'KEYFERRY STICK 10'])
		expect(readStickIndex(text), text).toBeUndefined();
	const drawn = { ...head, customer: 'A\r\nB', site: 'x | y' };
	const index = readStickIndex(
		writeStickIndex(drawn, { lines: ['a\nf | g'], rows: [['File', '']] })
	);
	expect(index).toEqual({ day: head.day, customer: 'A B', site: 'x / y', files: [] });
	const long = writeStickIndex(head, {
		lines: [],
		rows: Array.from({ length: 3000 }, (_, n) => [`${n}`, 'x'])
	});
	expect(readStickIndex(long)?.files.length).toBe(1000);
});
