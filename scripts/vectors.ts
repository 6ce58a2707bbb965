/**
 * `npm run vectors`: makes `tests/vectors/*.json`, the same bytes every time. A change of these files
 * is a change of the format. `machine.json` is recorded, not made here.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainVectors } from './vectors/activation-chain.ts';
import { formVectors } from './vectors/activation-form.ts';
import { judgeVectors, stateVectors } from './vectors/activation-judge.ts';
import { root } from './root.ts';

const files = {
	activation: {
		about:
			'Activation files and what a verifier must say of them: ok, or the code of its refusal. A verifier pins `roots`, knows `voided`, and asks what is given of product, version, builtAt and machine; what is absent is not asked.',
		vectors: [...chainVectors(), ...formVectors(), ...judgeVectors()]
	},
	'activation-state': {
		about: 'Activation files for verifiers that keep a state between files (FI1, FI8, CL1).',
		vectors: stateVectors()
	}
};

for (const [name, { about, vectors }] of Object.entries(files)) {
	const names = new Set(vectors.map((vector) => vector.name));
	if (names.size < vectors.length) throw new Error(`${name}: two vectors have one name`);
	const path = join(root, 'tests/vectors', `${name}.json`);
	writeFileSync(path, `${JSON.stringify({ about, vectors }, null, '\t')}\n`);
	console.log(`${name}.json: ${vectors.length} vectors`);
}
