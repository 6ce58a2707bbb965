/**
 * Making an activation request on the machine that is to be activated. [MA3, RE2]
 *
 * @module
 */
import { judgeFingerprint, presentComponents, type Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { asLine, judgeName, seenOrNone } from '#lib/domain/typed-name.ts';
import { requestFileName } from '#lib/formats/file-name.ts';
import { fileTokens, writeFile } from '#lib/formats/file.ts';
import { FORMAT_VERSION, parseClaims, type Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import { exportPublicJwk, generateKeyPair, signerOf } from '#lib/signing/keys.ts';
import { proofOf } from '#lib/signing/request.ts';
import type { EnteredKey } from '../judge-key.ts';
import { hashComponent } from './sources/component-values.ts';
import { openMachineKey } from './machine-key.ts';
import { carriedReturns, giveAllBack, type Kept } from './repair.ts';
import type { PendingReturn } from './returns.ts';
import {
	enrolMachine,
	keepFile,
	keepRequestNote,
	type MachineState,
	type RequestNote
} from './state.ts';

export type RequestWishes = {
	/** Who asks. */
	name: string;
	organization?: string;
	/** Host name or asset tag: it names the files. */
	label?: string;
	/** Where the machine stands, as people call it: machines of one site are carried on one stick. [P11] */
	site?: string;
	/** Version of the product that asks. */
	version?: string;
	/** A fingerprint given by hand, kept in the state from now on. [MA2] */
	given?: string;
	/** Another machine, by its fingerprint code: the request is made here and held here. */
	machine?: Machine;
};

export type MadeRequest = {
	claims: Claims['activation-request'];
	/** Armoured text. */
	file: string;
	/** `LABEL_XXXX_YYYYYY.kfreq`. */
	name: string;
	/** Activations whose returns it carries; the hub applies them first. [MA4] */
	returns: Claims['activation'][];
	/** Activations of the machine before its repair that could not be given back. */
	kept: Kept[];
};

/** In place of a license key: a proof that was made from it, for one request of this machine. */
export type KeylessRenewal = { jti: string; proof: string; note: Omit<RequestNote, 'order'> };

/** @param key - What {@link judgeKey} made of what was entered; with the license key comes a proof. */
export async function makeRequest(
	state: MachineState,
	key: EnteredKey & { renewal?: KeylessRenewal },
	wishes: RequestWishes & { now: number }
): Promise<MadeRequest | Refusal> {
	const unnamed = judgeName(wishes.name);
	if (unnamed) return unnamed;
	const given = wishes.given && hashComponent('given', wishes.given);
	const asked =
		wishes.machine ?? (given ? { fp: { given }, vm: state.measured.vm } : state.machine);
	const refusal = judgeMachine(asked, key);
	if (refusal) return refusal;

	const foreign = wishes.machine !== undefined;
	const { signer, jwk } = foreign ? await passingKey() : await openMachineKey(state);
	const { number, license, renewal } = key;
	const jti = renewal?.jti ?? uuidv7(wishes.now * 1000);
	const claims = parseClaims('activation-request', {
		v: FORMAT_VERSION,
		jti,
		iat: wishes.now,
		num: number,
		proof: renewal?.proof ?? (license && (await proofOf(license.sec, jti, signer.kid))),
		fp: asked.fp,
		vm: asked.vm,
		held: foreign ? 'desk' : undefined,
		os: foreign ? undefined : process.platform,
		pv: seenOrNone(wishes.version),
		name: asLine(wishes.name),
		org: seenOrNone(wishes.organization),
		label: seenOrNone(wishes.label),
		site: seenOrNone(wishes.site),
		cnf: { jwk }
	});
	if (isRefusal(claims)) return claims;
	const token = await signToken('activation-request', claims, signer);
	const made = { claims, name: requestFileName(claims), title: license?.title };
	// What is asked for another machine is answered there.
	if (foreign) return { ...made, ...asFile(made, token, []), kept: [] };

	// Nothing is locked and no folder changes hands before the request is sure to be made.
	const kept = state.repaired ? await giveAllBack(state, key, wishes.now) : [];
	if (isRefusal(kept)) return kept;
	enrolMachine(state, given);
	const wholeFile = asFile(made, token, carriedReturns(state, key));
	keepFile(state, { kind: 'requests', id: jti, text: wholeFile.file });
	const { seats, clients, prd: product, title } = license ?? {};
	keepRequestNote(state, jti, renewal?.note ?? { seats, clients, product, title });
	return { ...made, ...wholeFile, kept };
}

function asFile(
	{ claims, title }: { claims: Claims['activation-request']; title?: string },
	token: string,
	carried: readonly PendingReturn[]
): Pick<MadeRequest, 'file' | 'returns'> {
	const returns = carried.map(({ activation }) => activation);
	const before = carried.flatMap(({ tokens }) => fileTokens(tokens).map(({ text }) => text));
	return { returns, file: writeFile([...before, token], requestLines(claims, title, returns)) };
}

/** Says at once what the hub would say after a journey. */
function judgeMachine(machine: Machine, { number, license }: EnteredKey): Refusal | undefined {
	if (license)
		return judgeFingerprint(machine, { policy: license.pol, number, contact: license.contact });
	const present = presentComponents(machine.fp);
	const { board, disk, mac, given } = machine.fp;
	const anchored = [board, disk, mac].some((component) => component !== undefined);
	if (given !== undefined || (present.length >= 2 && anchored)) return undefined;
	// Only the license knows whether a name given by hand will do.
	return refuse('FINGERPRINT_TOO_WEAK', { present, given: false });
}

/** A key for a request on behalf of another machine; it proves nothing later and is not kept. */
async function passingKey() {
	const pair = await generateKeyPair(false);
	return { signer: await signerOf(pair), jwk: await exportPublicJwk(pair.publicKey) };
}

function requestLines(
	claims: Claims['activation-request'],
	title: string | undefined,
	returns: MadeRequest['returns']
): string[] {
	return [
		`Keyferry activation request${title ? ` for ${title}` : ''}`,
		`License: ${claims.num}`,
		`Machine: ${claims.label ?? 'no label'}${claims.site ? `, ${claims.site}` : ''}`,
		`Asked by: ${claims.name}${claims.org ? `, ${claims.org}` : ''}`,
		`Made: ${new Date(claims.iat * 1000).toISOString()}`,
		...returns.map((each) => `Gives back: ${each.num}, ${each.label ?? 'no label'}`),
		'Carry this file to a desk or hub; nothing in it is secret.'
	];
}
