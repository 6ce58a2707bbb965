/**
 * What people and cameras read: QR codes, file names, license numbers, fingerprint codes.
 *
 * @module
 */
import type { Comparison, Component, Fingerprint, Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal } from '#lib/domain/refusal.ts';
import { encodeBase45 } from '#lib/formats/base45.ts';
import { encodeFingerprint } from '#lib/formats/fingerprint-code.ts';
import { decodeToken, type DecodedToken } from '#lib/formats/jws.ts';
import { encodeQr } from '#lib/formats/qr.ts';
import type { TokenType } from '#lib/formats/tokens.ts';
import { activation } from './activation-chain.ts';
import { keys } from './keys.ts';
import {
	fingerprint,
	full,
	hashed,
	hubKey,
	id,
	licenseClaims,
	minimal,
	requestClaims,
	revocationClaims,
	token,
	trustClaims
} from './tokens.ts';
import type { Expected } from './vector.ts';

export type QrVector = {
	name: string;
	why: string;
	/** As a camera sees them, in this order. */
	codes: string[];
	/** `waiting`: frames are missing. */
	expect: Expected | 'waiting';
	/** What the codes decode to, byte for byte. */
	token?: string;
};

function mustDecode(text: string): DecodedToken {
	const decoded = decodeToken(text);
	if (isRefusal(decoded)) throw new Error(decoded.refused);
	return decoded;
}

export function qrVectors(): QrVector[] {
	const codes = (text: string) => encodeQr(mustDecode(text));
	const ok = (name: string, why: string, text: string, seen = codes(text)): QrVector => ({
		name,
		why,
		codes: seen,
		expect: 'ok',
		token: text
	});
	const bad = (
		name: string,
		why: string,
		seen: string[],
		expect: QrVector['expect'] = 'QR_MALFORMED'
	): QrVector => ({ name, why, codes: seen, expect });
	const request = token('activation-request', requestClaims, keys.machine);
	const large = token(
		'revocation',
		revocationClaims(Array.from({ length: 120 }, (_, n) => id(n))),
		keys.hub
	);
	const frames = codes(large);
	const [code = ''] = codes(activation);
	const other = codes(
		token(
			'revocation',
			revocationClaims(Array.from({ length: 121 }, (_, n) => id(n + 500))),
			keys.hub
		)
	);
	const bytes = (type: number, deflated: Uint8Array) =>
		`KF1:${encodeBase45(Buffer.concat([Uint8Array.of(type), Buffer.alloc(32), deflated, Buffer.alloc(64)]))}`;
	// A last block of no compression: 00000001, length, its complement, bytes. RFC 1951 section 3.2.4
	const stored = (text: string) => {
		const head = Buffer.from([1, 0, 0, 0, 0]);
		head.writeUInt16LE(text.length, 1);
		head.writeUInt16LE(0xffff - text.length, 3);
		return Buffer.concat([head, Buffer.from(text)]);
	};
	return [
		ok('an activation', 'one code', activation),
		ok('a full activation', 'every claim', token('activation', full, keys.hub)),
		ok('a request', 'one code', request),
		ok('a license key', 'one code', token('license', licenseClaims, keys.hub)),
		ok('a hub key', 'a file is one code per token', hubKey),
		ok('a trust token', 'one code', token('trust', trustClaims(), keys.root)),
		ok('in frames', 'too large for one code', large),
		ok('frames backwards', 'any order', large, frames.toReversed()),
		ok(
			'frames twice',
			'a camera sees each many times',
			large,
			frames.flatMap((frame) => [frame, frame])
		),
		ok('another set first', 'the last set wins', large, [other[0]!, ...frames]),
		ok('frames of two sets mixed, then one whole', 'damage starts the collection over', large, [
			other[0]!,
			...frames.slice(1),
			...frames
		]),
		bad('a frame missing', 'not whole yet', frames.slice(1), 'waiting'),
		bad('without prefix', 'some other QR code', [code.slice(4)]),
		bad('a web address', 'some other QR code', ['https://example.com/']),
		bad('prefix in lower case', 'not ours', [`kf1:${code.slice(4)}`]),
		bad('empty', 'nothing behind the prefix', ['KF1:']),
		bad('a foreign sign', 'base45 has no lower case', [`${code.slice(0, 50)}a${code.slice(51)}`]),
		bad('cut by one', 'an impossible length', [code.slice(0, -1)]),
		bad('cut short', 'no room for kid and signature', [code.slice(0, 100)]),
		bad('a group too large', ':::  is above 65535', [`KF1::::${code.slice(7)}`]),
		bad('unknown type', 'a number that names none', [bytes(200, stored('{}'))]),
		bad('frame beyond its count', '3 of 2', ['KF1:3/2:ABC']),
		bad('too many frames', 'at most 32', ['KF1:1/33:ABC']),
		bad('no deflate', 'a block of a type that does not exist', [bytes(4, Uint8Array.of(7, 7, 7))]),
		bad(
			'stored, not compressed',
			'deflate in its plainest form; no JSON object of an activation, but well formed',
			[bytes(4, stored('{}'))],
			'ok'
		),
		bad('payload over the limit', 'inflating is bounded [FI3]', [
			bytes(4, stored(`"${'x'.repeat(9000)}"`))
		]),
		bad(
			'no JSON inside',
			'the same strictness as everywhere [FI3]',
			[bytes(4, stored('{'))],
			'TOKEN_MALFORMED'
		),
		bad(
			'duplicate keys inside',
			'the same strictness as everywhere [FI3]',
			[bytes(4, stored('{"a":1,"a":2}'))],
			'TOKEN_MALFORMED'
		)
	];
}

export type FileNameVector = {
	name: string;
	type: TokenType;
	label?: string;
	number: string;
	request: string;
	file: string;
};

export function fileNameVectors(): FileNameVector[] {
	// The last group of the number, and the end of the request's id.
	const tail = 'C4XR_000004';
	const names: [string, FileNameVector['type'], string | undefined, string][] = [
		['a request', 'activation-request', 'rack-07', `rack-07_${tail}.kfreq`],
		['its answer has the same stem', 'activation', 'rack-07', `rack-07_${tail}.kfact`],
		['and its refusal', 'refusal', 'rack-07', `rack-07_${tail}.kfref`],
		['no label', 'activation', undefined, `machine_${tail}.kfact`],
		['accents', 'activation', 'Büro Süd', `Buro-Sud_${tail}.kfact`],
		['another script', 'activation', '机器 7 号', `机器-7-号_${tail}.kfact`],
		['right to left, and marks', 'activation', '\u202eשרת\u200f 07', `שרת-07_${tail}.kfact`],
		['signs with marks of their own', 'activation', 'सर्वर', `सर्वर_${tail}.kfact`],
		['a device of Windows', 'activation', 'con', `con_${tail}.kfact`],
		['nothing that is left', 'activation', '…\u3164', `machine_${tail}.kfact`],
		['path signs', 'activation', '../../etc/passwd', `etc-passwd_${tail}.kfact`],
		['control characters', 'activation', 'a\u0000b\nc', `a-b-c_${tail}.kfact`],
		['40 characters', 'activation', 'a'.repeat(41), `${'a'.repeat(40)}_${tail}.kfact`],
		['a dash at the cut', 'activation', `${'a'.repeat(39)} b`, `${'a'.repeat(39)}_${tail}.kfact`]
	];
	return names.map(([name, type, label, file]) => ({
		name,
		type,
		label,
		number: minimal.num,
		request: minimal.req,
		file
	}));
}

export type NumberVector = { name: string; text: string; expect: Expected; number?: string };

export function numberVectors(): NumberVector[] {
	const number = minimal.num;
	const ok = (name: string, text: string, read = number): NumberVector => ({
		name,
		text,
		expect: 'ok',
		number: read
	});
	const bad = (name: string, text: string): NumberVector => ({
		name,
		text,
		expect: 'LICENSE_NUMBER_INVALID'
	});
	return [
		ok('canonical', number),
		ok('lower case', number.toLowerCase()),
		ok('without prefix', number.slice(3)),
		ok('without dashes', number.replaceAll('-', '')),
		ok('with spaces', ` ${number.replaceAll('-', ' ')} `),
		ok('with long dashes', number.replaceAll('-', '–')),
		ok('O for 0', number.replace('90', '9O')),
		ok('a full stop after it', `${number}.`),
		ok('in quotes', `“${number}”`),
		ok('in brackets', `(${number})`),
		ok('with a label', `License: ${number}`),
		ok('with underscores', number.replaceAll('-', '_')),
		ok('with points', number.replaceAll('-', '.')),
		ok('with a zero width space', number.replace('-', '\u200b-')),
		ok('with a soft hyphen', number.replace('-', '\u00ad-')),
		ok('with marks of direction', `\u200f${number}\u200e`),
		ok('with minus signs', number.replaceAll('-', '\u2212')),
		ok('with ideographic spaces', number.replaceAll('-', '\u3000')),
		ok(
			'in full width',
			number.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
		),
		ok(
			'with Arabic-Indic digits',
			number.replace(/\d/g, (sign) => String.fromCharCode(0x660 + Number(sign)))
		),
		ok(
			'with Devanagari digits',
			number.replace(/\d/g, (sign) => String.fromCharCode(0x966 + Number(sign)))
		),
		ok(
			'with Cyrillic look-alikes',
			number
				.replace('K', 'К')
				.replace('M', 'М')
				.replace('T', 'Т')
				.replace('C', 'С')
				.replace('X', 'Х')
		),
		ok(
			'with Greek look-alikes',
			number.replace('K', 'Κ').replace('M', 'Μ').replace('T', 'Τ').replace('X', 'Χ')
		),
		ok('zeros and ones', 'KF-OOOO-OOOO-OOOO', 'KF-0000-0000-0000'),
		bad('wrong check symbol', number.replace(/.$/, 'S')),
		bad('one wrong symbol', number.replace('7Q', '8Q')),
		bad('two neighbours swapped', number.replace('7Q', 'Q7')),
		bad('one short', number.slice(0, -1)),
		bad('one long', `${number}0`),
		bad('U is no symbol', number.replace('Q', 'U')),
		bad('Z is no symbol', number.replace('Q', 'Z')),
		bad('a number and more', `${number} and more`),
		bad('two numbers', `${number}, ${number}`),
		bad('empty', ''),
		bad('another prefix', `KG-${number.slice(3)}`)
	];
}

export type FingerprintVector = { name: string; text: string; expect: Expected; machine?: Machine };

export function fingerprintVectors(): FingerprintVector[] {
	const physical: Machine = { fp: fingerprint, vm: false };
	const text = encodeFingerprint(physical);
	const given: Machine = { fp: { given: hashed('given') }, vm: true };
	const ok = (name: string, code: string, machine: Machine): FingerprintVector => ({
		name,
		text: code,
		expect: 'ok',
		machine
	});
	const bad = (name: string, code: string): FingerprintVector => ({
		name,
		text: code,
		expect: 'FINGERPRINT_MALFORMED'
	});
	return [
		ok('a machine', text, physical),
		ok('wrapped by a terminal', text.replace(/.{60}/g, '$&\r\n'), physical),
		ok('given by hand, virtual', encodeFingerprint(given), given),
		ok('nothing readable', encodeFingerprint({ fp: {}, vm: false }), { fp: {}, vm: false }),
		bad(
			'one sign changed',
			text.replace(/.(?=.{20}$)/, (sign) => (sign === 'A' ? 'B' : 'A'))
		),
		bad('checksum missing', text.slice(0, text.lastIndexOf('.'))),
		bad('another prefix', text.replace('KFFP1', 'KFFP2')),
		bad('empty', ''),
		bad(
			'unknown component',
			encodeFingerprint({ fp: { cpu: hashed('cpu') } as Fingerprint, vm: false })
		),
		bad('vm missing', encodeFingerprint({ fp: fingerprint } as Machine)),
		bad('over 2,048 characters', `KFFP1.${'A'.repeat(3000)}.00000000`)
	];
}

export type MatchVector = {
	name: string;
	enrolled: Fingerprint;
	present: Fingerprint;
	k: number;
	/** Whether the license accepts a name given by hand. [MA6] */
	given: boolean;
	outcome: Comparison;
};

export function matchVectors(): MatchVector[] {
	const { os, fs, board, disk, mac } = fingerprint;
	const other = hashed('other');
	const five: Component[] = ['os', 'fs', 'board', 'disk', 'mac'];
	const match = (
		name: string,
		[enrolled, present, k, given = true]: [Fingerprint, Fingerprint, number, boolean?],
		[same, needed]: [boolean, number],
		matched: Component[],
		differ: Component[]
	): MatchVector => ({
		name,
		enrolled,
		present,
		k,
		given,
		outcome: { same, matched, differ, needed }
	});
	const [byHand, twoParts] = [{ given: other }, { os, disk }];
	return [
		match('the same', [fingerprint, fingerprint, 2], [true, 2], five, []),
		match(
			'two of five, one of them hardware: absent ones weigh as well',
			[fingerprint, twoParts, 2],
			[false, 2],
			['os', 'disk'],
			['fs', 'board', 'mac']
		),
		match(
			'two of five enrolled, five at hand',
			[twoParts, fingerprint, 2],
			[false, 2],
			['os', 'disk'],
			['fs', 'board', 'mac']
		),
		match(
			'reinstalled: the hardware is the same',
			[fingerprint, { os: other, fs: other, board, disk, mac }, 2],
			[true, 2],
			['board', 'disk', 'mac'],
			['os', 'fs']
		),
		match(
			'two of three hardware components replaced',
			[fingerprint, { os, fs, board, disk: other, mac: [other] }, 2],
			[false, 2],
			['os', 'fs', 'board'],
			['disk', 'mac']
		),
		match(
			'one of three hardware components replaced',
			[fingerprint, { os, fs, board, disk, mac: [other] }, 2],
			[true, 2],
			['os', 'fs', 'board', 'disk'],
			['mac']
		),
		match(
			'exactly half of the weight',
			[{ os, fs, disk }, { os, fs: other, disk, mac }, 2],
			[false, 2],
			['os', 'disk'],
			['fs', 'mac']
		),
		match('only software', [{ os, fs }, { os, fs }, 2], [false, 2], ['os', 'fs'], []),
		match(
			'one of three',
			[fingerprint, { os: other, fs: other, board }, 2],
			[false, 2],
			['board'],
			['os', 'fs', 'disk', 'mac']
		),
		match(
			'k does not sink with what was enrolled',
			[twoParts, twoParts, 3],
			[false, 3],
			['os', 'disk'],
			[]
		),
		match('k is at least two', [twoParts, { disk }, 1], [false, 2], ['disk'], ['os']),
		match(
			'one of two addresses is half of them',
			[{ disk, mac }, { disk, mac: [mac[0]!] }, 2],
			[false, 2],
			['disk'],
			['mac']
		),
		match(
			'two of three addresses are more than half',
			[{ disk, mac: [...mac, other] }, { disk, mac }, 2],
			[true, 2],
			['disk', 'mac'],
			[]
		),
		match(
			'two of four addresses in both lists together',
			[{ disk, mac: [...mac, other] }, { disk, mac: [...mac, hashed('another')] }, 2],
			[false, 2],
			['disk'],
			['mac']
		),
		match('given by hand', [byHand, byHand, 2], [true, 1], ['given'], []),
		match('given by hand, not allowed', [byHand, byHand, 2, false], [false, 1], ['given'], []),
		match(
			'given by hand and something more',
			[{ given: other, disk }, { given: other, disk }, 2],
			[false, 1],
			['disk', 'given'],
			[]
		),
		match(
			'given by hand against components',
			[byHand, fingerprint, 2],
			[false, 1],
			[],
			[...five, 'given']
		),
		match('nothing enrolled matches nothing', [{}, fingerprint, 2], [false, 2], [], five),
		match('nothing at hand', [fingerprint, {}, 2], [false, 2], [], five)
	];
}
