import { describe, expect, test } from 'vitest';
import { packAnswers } from './answer-archive.ts';

const DAY = '2026-11-29';
const answer = (fileName: string, customer?: string, text = fileName) => ({
	fileName,
	text,
	customer
});
const namesOf = (customers: readonly (string | undefined)[]) =>
	packAnswers(
		customers.flatMap((customer, at) => [
			answer(`a${at}.kfact`, customer),
			answer(`b${at}.kfact`, customer)
		]),
		DAY
	);

describe('[DK7] what answers are saved as', () => {
	test('one answer is its own file', () => {
		expect(packAnswers([answer('rack-1.kfact', 'Example GmbH')], DAY)).toEqual({
			fileName: 'rack-1.kfact',
			files: [{ name: 'rack-1.kfact', text: 'rack-1.kfact' }]
		});
	});

	test('those of one customer are an archive with its name and the day, without folders', () => {
		const { fileName, files } = namesOf(['Example GmbH']);
		expect(fileName).toBe('example-gmbh-2026-11-29.zip');
		expect(files.map(({ name }) => name)).toEqual(['a0.kfact', 'b0.kfact']);
	});

	test('those of several have a folder each, and what is nobody’s has one too', () => {
		const { fileName, files } = namesOf(['Example GmbH', undefined, 'Müller & Söhne']);
		expect(fileName).toBe('keyferry-answers-2026-11-29.zip');
		expect(files.map(({ name }) => name)).toEqual([
			...['example-gmbh/a0.kfact', 'example-gmbh/b0.kfact', 'other/a1.kfact', 'other/b1.kfact'],
			...['muller-sohne/a2.kfact', 'muller-sohne/b2.kfact']
		]);
	});

	test('whose they are may be unknown for all of them', () => {
		expect(namesOf([undefined]).fileName).toBe('keyferry-answers-2026-11-29.zip');
	});

	test.for([
		['CON', '_con-2026-11-29.zip', '_con'],
		['../../etc', 'etc-2026-11-29.zip', 'etc'],
		['A:\\B*?', 'a-b-2026-11-29.zip', 'a-b'],
		['株式会社 サンプル', '株式会社-サンプル-2026-11-29.zip', '株式会社-サンプル'],
		['!!!', 'keyferry-answers-2026-11-29.zip', 'other'],
		['x'.repeat(300), `${'x'.repeat(40)}-2026-11-29.zip`, 'x'.repeat(40)]
	] as const)('the name %s is safe on every system', ([customer, archive, folder]) => {
		expect(namesOf([customer]).fileName).toBe(archive);
		const [first] = namesOf([customer, 'Somebody else']).files;
		expect(first?.name).toBe(`${folder}/a0.kfact`);
	});

	test('two customers whose names come to the same do not share a folder', () => {
		const { files } = namesOf(['Acme', 'ACME!']);
		expect(files.map(({ name }) => name.split('/')[0])).toEqual([
			'acme',
			'acme',
			'acme-2',
			'acme-2'
		]);
	});

	test('requests on their way out say so', () => {
		const rows = [answer('a.kfreq', 'Example GmbH'), answer('b.kfreq', 'Example GmbH')];
		expect(packAnswers(rows, DAY, 'requests').fileName).toBe(
			'example-gmbh-requests-2026-11-29.zip'
		);
		const unknown = rows.map(({ fileName, text }) => ({ fileName, text }));
		expect(packAnswers(unknown, DAY, 'requests').fileName).toBe('keyferry-requests-2026-11-29.zip');
	});

	test('the same answer twice is one file', () => {
		expect(
			packAnswers([answer('a.kfact', 'X', 't'), answer('a.kfact', 'X', 't')], DAY).files
		).toHaveLength(1);
	});
});
