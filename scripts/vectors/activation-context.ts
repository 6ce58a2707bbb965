/**
 * Activation files: well signed, and verified against product, version, machine, history and time.
 *
 * @module
 */
import type { Fingerprint } from '#lib/domain/machines/machine.ts';
import { fileVector } from './activation-chain.ts';
import { keys } from './keys.ts';
import {
	DAY,
	fingerprint,
	full,
	hashed,
	hubKey,
	minimal,
	NOW,
	revocationClaims,
	token,
	YEAR
} from './tokens.ts';
import { armour, type Expected, type FileVector } from './vector.ts';

const file = (changes: object = {}) =>
	armour('activation', hubKey, token('activation', { ...minimal, ...changes }, keys.hub));
const ended = file({ exp: NOW + 1000 });

export function contextVectors(): FileVector[] {
	return [...products(), ...times(), ...graces(), ...machines(), ...retirements(), ...orders()];
}

type Asked = Parameters<typeof fileVector>[2];

function inContext(
	name: string,
	why: string,
	expect: Expected,
	asked: Asked,
	changes: object = {}
) {
	return fileVector([name, why, expect], file(changes), asked);
}

function products(): FileVector[] {
	const at = (version: string, expect: Expected) =>
		inContext(`version ${version}`, 'majors 8 to 9 are covered [K3]', expect, { version });
	const mnt = NOW + 1000;
	const upgraded = { x: { upgrade: 'KF-3A1R-55GW-08M7' } };
	return [
		inContext('this product', 'the slug is compared exactly', 'ok', { product: 'atlas-server' }),
		inContext('another product', 'same vendor, same hub', 'PRODUCT_MISMATCH', { product: 'atlas' }),
		at('8', 'ok'),
		at('9.99.1-beta', 'ok'),
		at('7.9', 'VERSION_NOT_COVERED'),
		at('10.0', 'VERSION_NOT_COVERED'),
		at('80', 'VERSION_NOT_COVERED'),
		at('unknown', 'VERSION_NOT_COVERED'),
		inContext(
			'built before maintenance ended',
			'covered [P5]',
			'ok',
			{ builtAt: mnt - 1 },
			{ mnt }
		),
		inContext(
			'built as maintenance ended',
			'the last second is covered',
			'ok',
			{ builtAt: mnt },
			{ mnt }
		),
		inContext(
			'built after maintenance ended',
			'not covered',
			'MAINTENANCE_ENDED',
			{ builtAt: mnt + 1 },
			{ mnt }
		),
		inContext(
			'maintenance ended, older build',
			'runs on for ever',
			'ok',
			{ builtAt: mnt - 1, now: NOW + YEAR },
			{ mnt }
		),
		inContext('maintenance without end', 'no mnt', 'ok', { builtAt: NOW + 9 * YEAR }),
		inContext(
			'an upgraded license',
			'its own majors go on [UP1]',
			'ok',
			{ version: '9' },
			upgraded
		),
		inContext(
			'an upgraded license, newer version',
			'another license is for that [UP1]',
			'VERSION_NOT_COVERED',
			{ version: '10' },
			upgraded
		),
		inContext(
			'a trial',
			'it says so where readers may pass over it [TR1]',
			'ok',
			{},
			{ x: { trial: 14 } }
		)
	];
}

function times(): FileVector[] {
	const exp = NOW + 1000;
	const later = token('revocation', revocationClaims([], { iat: exp }), keys.hub);
	return [
		inContext('one second before exp', 'still runs', 'ok', { now: exp - 1 }, { exp }),
		inContext(
			'at exp',
			'ended at the very second [CL1]',
			'ACTIVATION_EXPIRED',
			{ now: exp },
			{ exp }
		),
		inContext('long after exp', 'ended', 'ACTIVATION_EXPIRED', { now: exp + YEAR }, { exp }),
		inContext(
			'before nbf',
			'nbf is never compared with a local clock [CL1]',
			'ok',
			{ now: NOW - YEAR },
			{ exp }
		),
		inContext(
			'signed after its end',
			'trusted time is never before iat [CL1]',
			'ACTIVATION_EXPIRED',
			{ now: NOW - YEAR },
			{ exp: NOW }
		),
		inContext('without end, far in the future', 'no exp', 'ok', { now: NOW + 100 * YEAR }),
		fileVector(
			[
				'clock set back, hub time in the file',
				'a revocation proves that exp has passed [CL1]',
				'ACTIVATION_EXPIRED'
			],
			armour(
				'activation',
				hubKey,
				later,
				hubKey,
				token('activation', { ...minimal, exp }, keys.hub)
			),
			{ now: NOW }
		)
	];
}

function graces(): FileVector[] {
	const exp = NOW + 1000;
	const over = exp + 14 * DAY;
	const at = (name: string, why: string, expect: Expected, now: number, grace: unknown = 14) =>
		inContext(name, why, expect, { now }, { exp, x: { grace } });
	const ended = 'ACTIVATION_EXPIRED';
	const later = (iat: number) => token('revocation', revocationClaims([], { iat }), keys.hub);
	const seen = (name: string, why: string, expect: Expected, iat: number) => {
		const graced = token('activation', { ...minimal, exp, x: { grace: 14 } }, keys.hub);
		const text = armour('activation', hubKey, later(iat), hubKey, graced);
		return fileVector([name, why, expect], text, { now: NOW });
	};
	return [
		at('in grace, at exp', 'it still opens, with a warning [GR1]', 'ok', exp),
		at('in grace, its last second', 'it still opens [GR1]', 'ok', over - 1),
		at('grace over', 'over at the very second [GR1]', ended, over),
		at('grace of one day, over', 'days of 86,400 seconds [GR1]', ended, exp + DAY, 1),
		at('the longest grace', '365 days [GR1]', 'ok', exp + 365 * DAY - 1, 365),
		at('a longer grace', 'more than 365 days is none [GR1]', ended, exp, 366),
		at('no days of grace', 'none [GR1]', ended, exp, 0),
		at('negative grace', 'none, and it ends no earlier [GR1]', 'ok', exp - 1, -1),
		at('negative grace at exp', 'none [GR1]', ended, exp, -1),
		at('grace as text', 'no number, so none [GR1]', ended, exp, '14'),
		at('grace as a list', 'no number, so none [GR1]', ended, exp, [14]),
		at('grace as a truth', 'no number, so none [GR1]', ended, exp, true),
		inContext(
			'grace without an end',
			'there is none to pass [GR1]',
			'ok',
			{ now: NOW + 9 * YEAR },
			{
				x: { grace: 14 }
			}
		),
		seen('in grace by hub time', 'trusted time is within it [GR1]', 'ok', over - 1),
		seen('grace over by hub time', 'a clock set back gives none [GR1]', ended, over)
	];
}

function machines(): FileVector[] {
	const { os, fs, board, disk, mac } = fingerprint;
	const other = (name: string) => hashed(`other ${name}`);
	const on = (
		name: string,
		why: string,
		expect: Expected,
		fp: Fingerprint,
		changes: object = {},
		vm = false
	) => inContext(name, why, expect, { machine: { fp, vm } }, changes);
	const k = (n: number) => ({ pol: { ...minimal.pol, k: n } });
	const given = { fp: { given: hashed('given') }, k: 1, pol: { ...minimal.pol, given: true } };
	const mismatch = 'FINGERPRINT_MISMATCH';
	return [
		on('the same machine', 'all five match', 'ok', fingerprint),
		on('two of five', 'what is absent weighs as well [MA2]', mismatch, { os, disk }),
		on('reinstalled', 'new os and fs, all hardware the same [MA2]', 'ok', {
			os: other('os'),
			fs: other('fs'),
			board,
			disk,
			mac
		}),
		on('an adapter replaced', 'eight of eleven', 'ok', {
			os,
			fs,
			board,
			disk,
			mac: [other('mac')]
		}),
		on('a restored disk', 'eight of eleven', 'ok', { os, fs, board, disk: other('disk'), mac }),
		on('two hardware parts replaced', 'five of eleven [MA2]', mismatch, {
			os,
			fs,
			board,
			disk: other('disk'),
			mac: [other('mac')]
		}),
		on('one of two addresses', 'half of a list is no match [MA2]', mismatch, {
			os,
			fs,
			board,
			disk: other('disk'),
			mac: [mac[1]!]
		}),
		on('an address more', 'two of three are more than half [MA2]', 'ok', {
			os,
			fs,
			board,
			disk: other('disk'),
			mac: [...mac, other('mac')]
		}),
		on('a clone of the image', 'software is copied with it [MA2]', mismatch, {
			os,
			fs,
			disk: other('disk'),
			mac: [other('mac')]
		}),
		on(
			'only software matches',
			'at least one must be hardware [MA2]',
			mismatch,
			{ os, fs },
			{ fp: { os, fs } }
		),
		on('nothing matches', 'another machine', mismatch, { os: other('os'), disk: other('disk') }),
		on('nothing readable', 'no component at hand', mismatch, {}),
		on('a value under another name', 'components are compared by name', mismatch, {
			os,
			board: disk
		}),
		on('k 4 met', 'four of five', 'ok', { os, fs, board, disk, mac: [other('mac')] }, k(4)),
		on('k 5 missed', 'four of five', mismatch, { os, fs, board, disk, mac: [other('mac')] }, k(5)),
		on(
			'k 3, two enrolled',
			'the needed number does not sink [MA2]',
			mismatch,
			{ os, disk },
			{ ...k(3), fp: { os, disk } }
		),
		on(
			'k 1, one enrolled',
			'one component opens nothing [MA6]',
			mismatch,
			{ disk },
			{ ...k(1), fp: { disk } }
		),
		on('claim k too high', 'recomputed from the policy by the verifier [MA2]', 'ok', fingerprint, {
			k: 5,
			pol: { ...minimal.pol, k: 2 }
		}),
		on(
			'claim k too low',
			'recomputed from the policy by the verifier [MA2]',
			mismatch,
			{ os, fs, board, disk, mac: [other('mac')] },
			{ ...k(5), k: 1 }
		),
		on('given by hand', 'stands alone [MA2]', 'ok', { given: hashed('given') }, given),
		on('another given by hand', 'not the same', mismatch, { given: hashed('other given') }, given),
		on('given by hand, not allowed', 'verifiers hold the policy [MA6]', mismatch, given.fp, {
			...given,
			pol: { ...minimal.pol, given: false }
		}),
		on(
			'given by hand and a disk',
			'stands alone [MA6]',
			mismatch,
			{ ...given.fp, disk },
			{ ...given, fp: { ...given.fp, disk } }
		),
		on('given, not enrolled', 'the enrolled machine has components', mismatch, given.fp),
		on('virtual machine allowed', 'the license lets it', 'ok', fingerprint, {}, true),
		on(
			'virtual machine refused',
			'the license does not [S8]',
			'VIRTUAL_MACHINE_REFUSED',
			fingerprint,
			{ pol: { ...minimal.pol, vm: false } },
			true
		),
		on('no virtual machine', 'the license refuses only virtual ones', 'ok', fingerprint, {
			pol: { ...minimal.pol, vm: false }
		})
	];
}

function retirements(): FileVector[] {
	const revoked = token('revocation', revocationClaims(['some other', minimal.act]), keys.hub);
	return [
		fileVector(
			[
				'retired by the file',
				'the revocation in it names its own activation [FI8]',
				'ACTIVATION_RETIRED'
			],
			armour('activation', hubKey, revoked, hubKey, token('activation', minimal, keys.hub))
		)
	];
}

function orders(): FileVector[] {
	const asked = {
		product: 'atlas',
		version: '1',
		now: NOW + 9 * YEAR,
		machine: { fp: {}, vm: true }
	};
	const all = { pol: { ...minimal.pol, vm: false }, exp: NOW + DAY };
	return [
		inContext(
			'several reasons: product first',
			'product, version, build, machine, time',
			'PRODUCT_MISMATCH',
			asked,
			all
		),
		inContext(
			'several reasons: version next',
			'the product is right',
			'VERSION_NOT_COVERED',
			{ ...asked, product: undefined },
			all
		),
		inContext(
			'several reasons: machine before time',
			'product and version are right',
			'VIRTUAL_MACHINE_REFUSED',
			{ ...asked, product: undefined, version: '8' },
			all
		),
		inContext(
			'several reasons: time last',
			'all else is right',
			'ACTIVATION_EXPIRED',
			{ now: asked.now },
			all
		)
	];
}

/** What depends on files seen before. Verifiers that keep no state cannot tell. */
export function stateVectors(): FileVector[] {
	const act = minimal.act;
	const seen = (
		name: string,
		why: string,
		expect: Expected,
		state: FileVector['state'],
		text = file()
	) => fileVector([name, why, expect], text, { state, now: NOW });
	return [
		seen('first file', 'nothing seen before', 'ok', {}),
		seen('generation seen', 'the same file again [FI1]', 'ok', { generations: { [act]: 1 } }),
		seen('older generation', 'a newer file was seen [FI1]', 'GENERATION_SUPERSEDED', {
			generations: { [act]: 2 }
		}),
		seen(
			'newer generation',
			'the next file',
			'ok',
			{ generations: { [act]: 3 } },
			armour('activation', hubKey, token('activation', full, keys.hub))
		),
		seen('retired earlier', 'an earlier file said so [FI8]', 'ACTIVATION_RETIRED', {
			retired: revocationClaims([act]).acts
		}),
		seen('another retired', 'not this one', 'ok', { retired: revocationClaims(['another']).acts }),
		seen('voided earlier', 'an earlier trust file said so [FI8]', 'HUB_KEY_VOIDED', {
			voided: [keys.hub.kid]
		}),
		seen(
			'one second before exp by trusted time',
			'the clock is right',
			'ok',
			{ trustedAt: NOW + 999 },
			ended
		),
		seen(
			'clock set back',
			'trusted time is past exp [CL1]',
			'ACTIVATION_EXPIRED',
			{ trustedAt: NOW + 1000 },
			ended
		)
	];
}
