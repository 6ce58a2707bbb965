/**
 * Odd pieces among what is brought back. [FI3, SE8]
 *
 * @module
 */
import { expect, test } from 'vitest';
import { isRefusal, refuse } from '#lib/domain/refusal.ts';
import { signToken } from '#lib/signing/jws.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { adopt } from '#server/operations/restore/adopt.ts';
import { licenseRowOf } from '../../fixtures/counts.ts';
import { askFor, claimsOf, makeLicense, makeMachine, makeTestHub } from '../../fixtures/hub.ts';
import { withPoison } from '../../fixtures/poison.ts';
import type { BringingBack } from '../../fixtures/bringing-back.ts';

export function adoptingOddPiecesContract({ made, store, backUp, grant }: BringingBack): void {
	test('[FI3, SE8] an odd piece is answered, and stops none of its neighbors', async () => {
		const license = await makeLicense(made, { seats: 9 });
		const restored = await backUp();
		const files = [];
		for (let i = 0; i < 3; i++) files.push(await grant(license, await makeMachine()));
		const odd = await oddPieces(files[0]!);
		const { hub, other } = await restored();
		const mixed = [...Object.values(odd).slice(0, 4), files[0]!, ...Object.values(odd).slice(4)];
		const said = await adopt(hub, [...mixed, ...files.slice(1)], 'desk');
		expect(said).toHaveLength(Object.keys(odd).length + files.length);
		expect(said.filter((each) => !isRefusal(each))).toMatchObject(
			files.map((file) => {
				return { act: claimsOf<'activation'>(file).act, outcome: 'seat' };
			})
		);
		expect(await licenseRowOf(other.db, license)).toMatchObject({ active: 3 });
		await other.close();
	});

	test('[FI3, SE8] a piece that throws is answered alone, by the id that the log has', async () => {
		const license = await makeLicense(made, { seats: 9 });
		const restored = await backUp();
		const files: string[] = [];
		for (const label of ['press', 'poison', 'lathe', 'saw'])
			files.push(await grant(license, await makeMachine(), { label }));
		const { hub, other } = await restored();
		const faults: string[] = [];
		hub.onFault = (support) => void faults.push(support);
		const poison = { table: 'activation', column: 'label', value: 'poison' };
		const said = await withPoison(other, poison, () => adopt(hub, files, 'desk'));
		expect(said.map((each) => (isRefusal(each) ? each : each.outcome))).toEqual([
			'seat',
			refuse('FACT_FAILED', { support: faults[0]! }),
			'seat',
			'seat'
		]);
		expect(await licenseRowOf(other.db, license)).toMatchObject({ active: 3 });
		// It was kept by whoever brought it, and is adopted once the fault is mended.
		expect(await adopt(hub, files, 'desk')).toMatchObject([
			{ outcome: 'known' },
			{ outcome: 'seat' },
			{ outcome: 'known' },
			{ outcome: 'known' }
		]);
		await other.close();
	});

	/** Pieces that nobody can take up, and how each is odd. */
	const oddPieces = async (file: string): Promise<Record<string, string>> => {
		const claims = claimsOf<'activation'>(file);
		const [chain] = /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?=~)/.exec(
			file.replaceAll('\n', '')
		) ?? [''];
		const signed = async (changes: object) =>
			`${chain}~${await signToken('activation', { ...claims, ...changes }, made.hub.signer)}`;
		const stranger = await makeTestHub(store);
		const theirs = await makeLicense(stranger, { seats: 1 });
		const foreign = await activate(stranger.hub, await askFor(theirs, await makeMachine()));
		if (isRefusal(foreign)) throw new Error(foreign.refused);
		return {
			'a NUL in its label': await signed({ label: 'rack\u0000' }),
			'half a surrogate': await signed({ label: 'rack\ud800' }),
			'a time that no calendar has': await signed({ iat: 2 ** 50 }),
			'a generation that no column has': await signed({ gen: 2 ** 31 }),
			'a slot of no allotment': await signed({ allot: claims.jti, slot: 1 }),
			'a license that is nowhere': await signed({ sub: claims.jti, act: claims.jti }),
			damaged: file.replace(/[A-Za-z](?=\n-----END)/, (sign) => (sign === 'A' ? 'B' : 'A')),
			foreign: answerFile(stranger.hub, foreign),
			empty: '',
			'no file of ours': 'Dear customer, please find attached'
		};
	};
}
