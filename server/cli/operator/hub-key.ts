/**
 * `keyferry hub-key` and `keyferry trust`: the keys of a hub, and what needs the root key, brought once.
 * [FI8, KE1]
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { defineCommand } from 'citty';
import { noticeKeyTerm } from '#lib/domain/hub/hub-key.ts';
import { command } from '#server/cli/base/command.ts';
import { UsageError } from '#server/cli/base/outcome.ts';
import { isoDay, mustBeNew } from '#server/cli/base/texts.ts';
import { withWayOut } from './serving.ts';

const root = {
	type: 'string',
	valueHint: 'FILE',
	required: true,
	description: 'Root private key, used for this command only'
} as const;
const data = {
	type: 'string',
	valueHint: 'DIR',
	required: true,
	description: 'Data folder'
} as const;
const afterwards = 'A running hub takes it up on SIGHUP, or when it is started again.';

const rotate = command({
	name: 'rotate',
	description: 'Make a new hub key and destroy the old private key',
	args: { root, data },
	async run(args) {
		const { rotateHubKey } = await import('#server/keys/rotate.ts');
		const done = await rotateHubKey(args.data, args.root).catch(withWayOut);
		return {
			lines: [
				`The hub signs with ${done.kid} from now on.`,
				...done.retired.map((kid) => `Retired: ${kid}. What it signed verifies for ever.`),
				`${afterwards} Take the root key away again.`
			],
			json: done
		};
	}
});

const list = command({
	name: 'list',
	description: 'Show the keys of a hub and until when it signs',
	args: { data },
	async run(args) {
		const { readHubKeys } = await import('#server/keys/folder.ts');
		const { hubKeys, signer } = await readHubKeys(args.data).catch(withWayOut);
		const keys = hubKeys.map(({ kid, nbf, exp }) => ({
			kid,
			state: kid === signer.kid ? 'signs' : 'retired',
			from: isoDay(nbf),
			ends: isoDay(exp)
		}));
		const lines = keys.map(({ kid, state, from, ends }) => `${kid}  ${state}  ${from} to ${ends}`);
		const ending = noticeKeyTerm(signer, Math.floor(Date.now() / 1000));
		if (ending)
			lines.push(
				ending.hasEnded
					? `The key ended on ${isoDay(ending.endsAt)}: the hub signs nothing.`
					: `The key ends on ${isoDay(ending.endsAt)}: after that the hub signs nothing.`,
				'Make a new one: keyferry hub-key rotate'
			);
		return { lines, json: { keys, ending: ending ?? null } };
	}
});

export const hubKeyCommand = defineCommand({
	meta: { name: 'hub-key', description: 'The key that the hub signs with' },
	subCommands: { list, rotate }
});

export const trustCommand = command({
	name: 'trust',
	description: 'Sign a new list of trusted roots and void hub keys',
	args: {
		root,
		data,
		void: {
			type: 'string',
			valueHint: 'KID',
			description: 'A stolen hub key: nothing that it signed counts any more'
		},
		next: {
			type: 'string',
			valueHint: 'JWK',
			description: 'File with the public key of a next root, trusted beside the present one'
		},
		out: { type: 'string', valueHint: 'FILE', description: 'Write the trust file (.kftrust) here' }
	},
	async run({ out, ...args }) {
		mustBeNew(out);
		const { renewTrust } = await import('#server/keys/rotate.ts');
		const changes = {
			rootFile: args.root,
			voided: args.void,
			next: args.next === undefined ? undefined : publicJwk(args.next)
		};
		const done = await renewTrust(args.data, changes).catch(withWayOut);
		if (out !== undefined) writeFileSync(out, done.file, { flag: 'wx' });
		const lines = [`Trust ${done.seq}: ${done.voided.length} hub keys are void.`];
		if (args.void !== undefined)
			lines.push(
				'License keys that it signed are signed again when the hub takes this up. Machines need ' +
					'new files: keyferry license renew.'
			);
		lines.push(`${afterwards} Take the root key away again.`);
		if (out === undefined) lines.push('', done.file.trimEnd());
		else lines.push(`Trust file in ${out}.`);
		return { lines, json: { seq: done.seq, voided: done.voided, file: out ?? done.file } };
	}
});

/** The public half, whatever else the file holds. */
function publicJwk(path: string): { kty: 'OKP'; crv: 'Ed25519'; x: string } {
	const jwk = JSON.parse(readFileSync(path, 'utf8')) as { kty?: string; crv?: string; x?: string };
	const { kty, crv, x } = jwk;
	if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || !/^[\w-]{43}$/.test(x))
		throw new UsageError(`${path} holds no Ed25519 key as a JWK.`);
	return { kty, crv, x };
}
