/**
 * `npm run vectors`: makes `tests/vectors/*.json`, the same bytes every time. A change of these files
 * is a change of the format. `machine.json` is recorded, not made here.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainVectors } from './vectors/activation-chain.ts';
import { drawVectors } from './vectors/activation-draws.ts';
import { formVectors } from './vectors/activation-form.ts';
import { contextVectors, stateVectors } from './vectors/activation-context.ts';
import {
	licenseVectors,
	refusalVectors,
	requestVectors,
	trustVectors
} from './vectors/other-files.ts';
import {
	fileNameVectors,
	fingerprintVectors,
	matchVectors,
	numberVectors,
	qrVectors
} from './vectors/texts.ts';
import { usageVectors } from './vectors/usage.ts';
import { root } from './root.ts';

/** Elsewhere for a look, or for the test that compares. */
const folder = process.argv[2] ?? join(root, 'tests/vectors');

const files = {
	activation: {
		about:
			'Activation files and what a verifier must say of them: ok, or the code of its refusal. A verifier pins `roots`, knows `voided`, and asks what is given of product, version, builtAt and machine; what is absent is not asked.',
		vectors: [...chainVectors(), ...formVectors(), ...contextVectors(), ...drawVectors()]
	},
	'activation-state': {
		about: 'Activation files for verifiers that keep a state between files (FI1, FI8, CL1).',
		vectors: stateVectors()
	},
	'license-keys': {
		about:
			'License keys: the chain is verified from `roots`; whether it may be used is asked elsewhere.',
		vectors: licenseVectors()
	},
	refusals: {
		about: 'Signed refusals, as they are ferried back (O11).',
		vectors: refusalVectors()
	},
	trust: {
		about: 'What teaches a verifier: trust tokens, hub keys and revocations (FI8).',
		vectors: trustVectors()
	},
	requests: {
		about:
			'Activation requests: signed by the key inside, whose thumbprint is `jkt`. Where `sec` is given, `proven` says whether the proof shows that its maker held the license key (RE2).',
		vectors: await requestVectors()
	},
	usage: {
		about:
			'Usage reports of site servers, verified from `roots` by the activation in them (US2). `hours`: hour since 1970, peak, denied, waiting.',
		vectors: usageVectors()
	},
	qr: {
		about:
			'What a camera reads, code by code, and the token that comes of it (FI6). `waiting`: frames are missing. Other encoders may deflate differently: only decoding is fixed.',
		vectors: qrVectors()
	},
	'file-names': {
		about: 'File names from a label, a license number and the jti of a request (FI4).',
		vectors: fileNameVectors()
	},
	'license-numbers': {
		about: 'License numbers as people type them, and the canonical form.',
		vectors: numberVectors()
	},
	'fingerprint-codes': {
		about: 'Fingerprint codes as `keyferry fingerprint` prints them, and the machine in each.',
		vectors: fingerprintVectors()
	},
	matching: {
		about: 'An enrolled machine and the one at hand: the same or not, and which components (MA2).',
		vectors: matchVectors()
	}
};

for (const [name, { about, vectors }] of Object.entries(files)) {
	const names = new Set(vectors.map((vector: { name: string }) => vector.name));
	if (names.size < vectors.length) throw new Error(`${name}: two vectors have one name`);
	writeFileSync(
		join(folder, `${name}.json`),
		`${JSON.stringify({ about, vectors }, null, '\t')}\n`
	);
	console.log(`${name}.json: ${vectors.length} vectors`);
}
