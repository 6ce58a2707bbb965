/**
 * What each claim means, by its name or by `type.name` where that differs. A claim without a meaning
 * ends the script.
 *
 * @module
 */
import type { TokenType } from '../../src/lib/formats/tokens.ts';

const meanings: Record<string, string> = {
	v: 'Format of the token; this one is 1. A higher one is `FORMAT_VERSION_UNSUPPORTED`, but in a request it says what its maker can read.',
	jti: 'Id of the token.',
	iat: 'When it was signed, by the clock of whoever signed. Only of what a hub or a root signed does it count [CL1].',
	x: 'Anything: names in it that a reader does not know are ignored [FI7]. Among the terms of a license: `upgrade`, the number of the customer’s license for newer majors [UP1]; `trial`, for how many days a trial goes on from its first activation [TR1]; `grace`, for how many days after its end files that end with it still open, with a warning [GR1].',
	iss: 'What the hub that signed is called, for people: keys decide, not this.',

	sub: 'Id of the license.',
	num: 'License number in its canonical form; its last symbol is a check (section 7).',
	prd: 'Product.',
	title: 'What people call the product.',
	ed: 'Edition.',
	ent: 'Entitlements.',
	clients: 'How many clients may connect to one site server.',
	ver: 'Majors of the product that are covered, both ends included.',
	mnt: 'Until when maintenance goes: later builds are not covered.',
	org: 'The organization that the license was issued to.',
	contact: 'Where a person asks the vendor.',
	pol: 'What the vendor asks of machines: components that must match [MA2], whether virtual machines and names given by hand are allowed [MA6], minutes that a client runs on without its server.',

	nbf: 'From when it holds. Equal to `iat` in what our hubs sign, and compared with no clock.',
	exp: 'When it ends: at this very second it has ended. Absent: never.',
	seats: 'Seats of the license when this key was signed.',
	sec: 'Secret of the license, for proofs [RE2]: base64url of 16 bytes.',

	proof: 'That its maker held the license key (below). Absent: asked by number alone [RE2].',
	fp: 'The fingerprint that identifies the machine [MA1].',
	vm: 'Whether the machine is virtual.',
	held: 'The key was not made on the machine, but by a desk for it: its return proves nothing [SE5].',
	os: 'Operating system, for people.',
	pv: 'Version of the product that asks; only its major is judged.',
	name: 'Who asks.',
	label: 'What people call the machine: its host or asset tag. Names files [FI4].',
	site: 'Label of a place.',
	cnf: 'Public key of the machine, which signs this very token.',

	act: 'Id of the activation. A draw has the `jti` of its allotment, a dot and the slot [AL2].',
	gen: 'Generation of this file, from 1; a verifier refuses one older than the newest it has seen [FI1].',
	req: '`jti` of the request that it answers.',
	k: 'How many components must match, for people: `pol.k`, at least 2; 1 where the fingerprint is given. Verifiers judge by `pol` and `fp` (MA2).',
	allot: '`jti` of the allotment.',
	slot: 'Slot of the allotment that it was drawn from, at most `max`.',

	'activation-request.org': 'Organization of whoever asks.',
	'activation.cnf': 'Thumbprint of the machine key that signed the request.',
	'activation.allot': '`jti` of the allotment that a desk drew it from; only a draw has it.',

	max: 'Slots are 1 to this.',
	fexp: 'When every file drawn from it ends.',
	'allotment.exp': 'When issuing ends; it binds the desk alone [AL3].',
	'allotment.cnf': 'Public key of the desk, which signs draws and the close.',
	'hub-key.nbf': 'What the key signs has an `iat` from this on.',
	'hub-key.exp': 'What the key signs has an `iat` before this.',
	'hub-key.cnf': 'The hub key.',
	use: 'Token types that the key may sign.',
	seq: 'Number of this list, from 1. Readers keep the union of all lists that they have seen [FI8]: none takes anything back.',
	roots: 'Root keys that readers may trust from now on.',
	kids: 'Thumbprints of hub keys that are void.',
	drawn: 'Every slot that was drawn, rising, none above `max`.',
	outbox: 'Id of the outbox that the push comes from.',
	sha256: 'base64url of SHA-256 over the bytes of the body.',
	code: 'Code of the refusal: [refusals.md](refusals.md). A reader shows one that it does not know as it is.',
	facts: 'Its details, by name.',
	'return.gen': 'Generation of the file that is given back with it.',
	'return.cnf': 'Public key of the machine, whose thumbprint is the `cnf.jkt` of the activation.',
	ret: '`jti` of the return that it answers.',
	freed: '`true`: the seat is free. A time: it cools until then.',
	'revocation.sub': 'Id of the license whose activations these are.',
	'lease.act': 'Id of the activation whose clients the lease is one of.',
	'lease.gen': 'Generation of that activation’s file when the lease was granted.',
	nonce:
		'What the client chose for this claim: an answer to another claim is none to this one [LE5].',
	cid: 'The client: `key:` and base64url of SHA-256 over its X25519 key, or `name:` and a name that was given to it [LE3].',
	dh: 'X25519 public key of the site server, base64url (RFC 7748).',
	'lease.site': 'What the site server is called.',
	'lease.pv': 'Version of the product on the server, for warnings [S5].',
	ttl: 'Seconds that it lives after each renewal.',
	grace: 'Seconds that the client goes on without its server.',
	used: 'Clients that hold a lease of the product, this one among them.',
	res: 'The resource that the client opens [RS1].',
	'usage.act': 'Id of the activation of the machine that reports.',
	'usage.gen': 'Generation of that activation’s file, which is carried with it.',
	'usage.site': 'What the site server is called.',
	'usage.clients': 'Clients that were allowed when it was signed.',
	'usage.cnf': 'Public key of the machine, whose thumbprint is the `cnf.jkt` of the activation.',
	hour: 'Hours since 1970, UTC: that of the first number of each list, which have the same length.',
	peak: 'The most clients at once, hour by hour.',
	denied: 'Claims that were refused for want of a lease.',
	waiting: 'The most clients in line at once.',
	acts: 'base64url of the first 9 bytes of SHA-256 over each retired `act`.'
};

export function meaningOf(type: TokenType, claim: string): string {
	const found = meanings[`${type}.${claim}`] ?? meanings[claim];
	if (found === undefined)
		throw new Error(`say in scripts/spec/meanings.ts what ${claim} means in ${type}`);
	return found;
}
