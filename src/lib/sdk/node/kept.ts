/**
 * What lies in the state folder, as it says; nothing here is verified.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { readFiles, type TokenFile } from '#lib/formats/file.ts';
import type { DecodedToken } from '#lib/formats/jws.ts';
import { parseClaims, type Claims } from '#lib/formats/tokens.ts';
import { readKept, type MachineState } from './state.ts';

type Activation = Claims['activation'];

export type KeptActivation = { file: TokenFile; activation: Activation };

/** Requests that this machine made and keeps. */
export function madeRequests(state: MachineState): Claims['activation-request'][] {
	return readKept(state, 'requests').flatMap((text) =>
		readFiles(text).flatMap((file) => {
			if (isRefusal(file)) return [];
			const claims = parseClaims('activation-request', file.body.payload);
			return isRefusal(claims) ? [] : [claims];
		})
	);
}

/** The newest file of each activation that lies here, as it says; nothing is verified. */
export function keptActivations(state: MachineState): KeptActivation[] {
	const newest = new Map<string, KeptActivation>();
	for (const text of readKept(state, 'activations'))
		for (const file of readFiles(text)) {
			if (isRefusal(file) || file.body.type !== 'activation') continue;
			const activation = parseClaims('activation', file.body.payload);
			if (isRefusal(activation)) continue;
			const other = newest.get(activation.act);
			if (!other || other.activation.gen < activation.gen)
				newest.set(activation.act, { file, activation });
		}
	return [...newest.values()];
}

export function newestOf(state: MachineState, act: string): Activation | undefined {
	return keptActivations(state).find(({ activation }) => activation.act === act)?.activation;
}

/** Hub keys met before complete the chain of a bare token. */
export function knownHubKeys(state: MachineState): DecodedToken<'hub-key'>[] {
	return keptActivations(state).flatMap(({ file }) => file.key ?? []);
}
