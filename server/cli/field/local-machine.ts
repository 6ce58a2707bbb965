/**
 * This machine as the commands see it: its state folder, its sources, and the roots it believes.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { readFile } from '#lib/formats/file.ts';
import { decodeText } from '#lib/formats/text.ts';
import { parseClaims, type PublicJwk } from '#lib/formats/tokens.ts';
import { recordedSources } from '#lib/sdk/node/sources/recorded.ts';
import { openState, readPinnedRoots, type MachineState } from '#lib/sdk/node/state.ts';
import { verifyFile } from '#lib/signing/chain.ts';
import { complain, UsageError } from '#server/cli/base/outcome.ts';

/** Said whenever a recording speaks for the machine, so that it never does so unseen. */
export const RECORDED_NOTICE =
	'Note: recorded sources stand in for this machine (KEYFERRY_MACHINE_SOURCES, a test).';

/**
 * @param options - `repair`: also the state of this machine before its repair. [MA3] `given`: the
 * fingerprint given to it by hand. [MA2]
 */
export function openLocalState(
	folder: string | undefined,
	{ repair = false, given }: { repair?: boolean; given?: string } = {}
) {
	const probe = recordedSources();
	if (probe) complain(RECORDED_NOTICE);
	return openState({ state: folder, probe, repair, given });
}

export function nowSeconds(): number {
	// A battery that is empty sets clocks before 1970, which no file can say.
	return Math.max(0, Math.floor(Date.now() / 1000));
}

export type FoundRoots = {
	roots: PublicJwk[];
	/** Named or of the kit: to be pinned once they have proven useful. */
	fresh: boolean;
};

/** The option, else the kit's, else those pinned in the state; never those in a file. */
export async function findRoots(
	named: string | undefined,
	state?: MachineState
): Promise<FoundRoots | Refusal> {
	if (named !== undefined) {
		const roots = await readRoots(named);
		return isRefusal(roots) ? roots : { roots, fresh: true };
	}
	const looked: string[] = [];
	for (const file of kitRootFiles()) {
		looked.push(file);
		if (!existsSync(file)) continue;
		const roots = await readRoots(file);
		return isRefusal(roots) ? roots : { roots, fresh: true };
	}
	const pinned = state ? readPinnedRoots(state) : [];
	if (pinned.length > 0) return { roots: pinned, fresh: false };
	return refuse('ROOTS_MISSING', { looked: [...looked, ...(state?.folders.read ?? [])] });
}

/** Beside the script and beside the executable, where the kit puts them. */
function kitRootFiles(): string[] {
	const folders = [dirname(process.argv[1] ?? '.'), dirname(process.execPath)];
	return [...new Set(folders)].map((folder) => join(folder, 'roots.json'));
}

/** A JWKS, or a trust file, which the person who names it vouches for. */
async function readRoots(file: string): Promise<PublicJwk[] | Refusal> {
	const text = decodeText(readFileSync(file));
	if (text.trimStart().startsWith('{')) return readJwks(file, text);
	const read = readFile(text);
	if (isRefusal(read)) return read;
	if (read.body.type !== 'trust')
		return refuse('TOKEN_TYPE_UNEXPECTED', { expected: ['trust'], found: read.body.type });
	const claims = parseClaims('trust', read.body.payload);
	if (isRefusal(claims)) return claims;
	const verified = await verifyFile(read, { roots: claims.roots });
	return isRefusal(verified) ? verified : claims.roots;
}

function readJwks(file: string, text: string): PublicJwk[] {
	const keys = parseKeys(text).flatMap(({ kty, crv, x }): PublicJwk[] =>
		kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' ? [{ kty, crv, x }] : []
	);
	if (keys.length === 0) throw new UsageError(`${file} holds no Ed25519 keys.`);
	return keys;
}

function parseKeys(text: string): Partial<Record<keyof PublicJwk, unknown>>[] {
	try {
		const { keys } = JSON.parse(text) as { keys?: unknown };
		return Array.isArray(keys) ? (keys as object[]) : [];
	} catch {
		return [];
	}
}
