/** The activation files of `tests/vectors/`, through the SDK's own verifier. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/domain/refusal.ts';
import { emptyTrustState } from '#lib/domain/machines/verification.ts';
import { verifyActivation } from '#lib/sdk/verify.ts';
import type { FileVector } from '../scripts/vectors/vector.ts';

const load = (name: string): FileVector[] => {
	const path = new URL(`vectors/${name}.json`, import.meta.url);
	return (JSON.parse(readFileSync(path, 'utf8')) as { vectors: FileVector[] }).vectors;
};

describe.for(['activation', 'activation-state'])('%s.json', (name) => {
	test.for(load(name).map((vector) => [vector.name, vector] as const))(
		'[FI7] %s',
		async ([, { file, expect: expected, voided, state, ...asked }]) => {
			const kept = { ...emptyTrustState, voided, ...state };
			const outcome = await verifyActivation(file, { ...asked, state: kept });
			expect(isRefusal(outcome) ? outcome.refused : 'ok').toBe(expected);
		}
	);
});
