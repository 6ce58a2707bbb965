/**
 * A hub whose key has ended signs nothing and forgets nothing; with a new key it goes on where it was.
 * [KE1]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import { DAY_SECONDS } from '#lib/domain/time.ts';
import { decodeToken } from '#lib/formats/jws.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { signToken } from '#lib/signing/jws.ts';
import {
	exportPublicJwk,
	generateKeyPair,
	importPrivateJwk,
	signerOf,
	type PrivateJwk
} from '#lib/signing/keys.ts';
import { activations, licenses } from '#server/db/schema/ledger.ts';
import type { Store } from '#server/db/store.ts';
import { bindSigner } from '#server/keys/bound-signer.ts';
import type { KeyFile } from '#server/keys/folder.ts';
import { makeHub } from '#server/keys/make-hub.ts';
import { answerFile } from '#server/ledger/held/answer.ts';
import { activate } from '#server/operations/activations/activate.ts';
import { retireMachine } from '#server/operations/activations/retire-machine.ts';
import { returnActivations } from '#server/operations/facts/return-activations.ts';
import { renewLicense } from '#server/operations/licenses/renew-license.ts';
import { signOwed } from '#server/operations/licenses/sign-owed.ts';
import { makeDrawingDesk } from '../../fixtures/drawing-desk.ts';
import {
	askFor,
	claimsOf,
	makeLicense,
	makeMachine,
	makeTestHub,
	returnOf,
	type TestHub,
	type TestLicense
} from '../../fixtures/hub.ts';
import { startHub } from '../../fixtures/running-hub.ts';
import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { KEYFERRY } from '../../fixtures/program.ts';

const ENDED = { refused: 'HUB_KEY_ENDED' };

describe('[KE1] a hub whose key has ended', () => {
	let store: Store;
	let made: TestHub;
	let keyEndsAt: number;
	beforeAll(async () => {
		store = await makeEmbeddedStore();
		keyEndsAt = Math.floor(Date.now() / 1000) + 10 * DAY_SECONDS;
		made = await makeTestHub(store, { keyEndsAt });
	});
	afterAll(() => store.close());
	beforeEach(() => (made.hub.signer.ended() ? rotate() : undefined));

	const end = () => (made.clock.now = Math.max(made.clock.now, made.hub.signer.endsAt));
	/** As `keyferry hub-key rotate` and a reload do it. */
	const rotate = async () => {
		const pair = await generateKeyPair(true);
		const signer = await signerOf(pair);
		const endsAt = made.clock.now + 10 * DAY_SECONDS;
		const grant = await signToken(
			'hub-key',
			{
				v: 1,
				jti: uuidv7(),
				iat: made.clock.now,
				nbf: made.clock.now,
				exp: endsAt,
				cnf: { jwk: await exportPublicJwk(pair.publicKey) },
				use: ['license', 'activation', 'refusal', 'revocation', 'receipt', 'allotment']
			},
			made.root.signer
		);
		await made.hub.addGrant(signer.kid, grant);
		made.hub.signer = bindSigner({ ...signer, endsAt }, () => made.clock.now);
		await signOwed(made.hub);
	};
	const submit = async (text: string) => {
		const answer = await activate(made.hub, text);
		return isRefusal(answer) ? answer : { ...answer, file: answerFile(made.hub, answer) };
	};
	const granted = async (license: TestLicense, text?: string) => {
		const machine = await makeMachine();
		const request = text ?? (await askFor(license, machine));
		const answer = await submit(request);
		if (isRefusal(answer)) throw new Error(answer.refused);
		expect(answer.refusal).toBeUndefined();
		return { machine, request, file: answer.file };
	};
	const countsOf = async ({ licenseId }: TestLicense) => {
		const [row] = await store.db.select().from(licenses).where(eq(licenses.licenseId, licenseId));
		const { active, reserved, waiting } = row!;
		return { active, reserved, waiting };
	};

	test('grants, renews, retires and issues nothing; what it gave before it gives again', async () => {
		const license = await makeLicense(made, { seats: 5 });
		const { customerId, licenseId } = license;
		const before = await granted(license);
		made.clock.now = keyEndsAt - 1;
		const last = await granted(license);
		expect(claimsOf<'activation'>(last.file).iat).toBe(keyEndsAt - 1);
		end();
		const refused = await submit(await askFor(license, await makeMachine()));
		expect(refused).toMatchObject({
			...ENDED,
			facts: { kid: made.hub.signer.kid, endedAt: keyEndsAt }
		});
		for (const { request, file } of [before, last])
			expect(await submit(request)).toMatchObject({ file, isNew: false });
		const unknown = { number: 'KF-0000-0000-0000' };
		expect(await submit(await askFor(unknown, await makeMachine()))).toMatchObject(ENDED);

		const { act } = claimsOf<'activation'>(last.file);
		const signings: (() => Promise<unknown>)[] = [
			() => renewLicense(made.hub, { customerId, licenseId }, { seats: 7 }),
			() => makeLicense(made),
			() => retireMachine(made.hub, { act, reason: 'lost' }, license.manager)
		];
		for (const signing of signings) await expect(signing()).rejects.toMatchObject({ told: ENDED });
		expect(await countsOf(license)).toMatchObject({ active: 2 });
		await rotate();
		await granted(license);
		expect(await countsOf(license)).toMatchObject({ active: 3 });
	});

	test('[SY10] a return counts at once, and gets its receipt when it is brought again', async () => {
		const license = await makeLicense(made, { seats: 1 });
		const { file, machine } = await granted(license);
		const returned = await returnOf(file, machine);
		end();
		for (let times = 0; times < 2; times++)
			expect(await returnActivations(made.hub, [returned])).toMatchObject([ENDED]);
		expect(await countsOf(license)).toMatchObject({ active: 0 });
		await rotate();
		const [receipt] = await returnActivations(made.hub, [returned]);
		if (!receipt || isRefusal(receipt)) throw new Error('no receipt');
		expect(claimsOf<'receipt'>(answerFile(made.hub, receipt))).toMatchObject({ freed: true });
		const again = await returnActivations(made.hub, [returned]);
		expect(again).toMatchObject([{ token: receipt.token, isNew: false }]);
		await granted(license);
	});

	test('[SY3] a push settles no request and loses no fact', async () => {
		const license = await makeLicense(made, { seats: 4, deskSeats: 2, offlineShare: 3 } as object);
		const desk = await makeDrawingDesk(made, license.manager);
		const block = await desk.reserve(license.number, 2);
		const { file, machine } = await granted(license);
		const request = await askFor(license, await makeMachine());
		const drawn = await desk.draw(
			block,
			await askFor(license, await makeMachine()),
			made.clock.now
		);
		end();
		const told = {
			request: await desk.tell('activation.request', { request }),
			returned: await desk.tell('activation.return', { file: await returnOf(file, machine) }),
			reserved: await desk
				.tell('allotment.reserve', { number: license.number, seats: 1 })
				.then(({ refusal }) => ({ refusal })),
			drawn: await desk.tell('activation.draw', { file: drawn as string })
		};
		expect(told).toMatchObject({
			request: { refusal: ENDED },
			returned: { refusal: ENDED },
			reserved: { refusal: ENDED },
			drawn: { refusal: undefined }
		});
		// Its machine is told what its desk signed. The hub's own file comes with its key.
		expect(claimsOf<'activation'>(told.drawn.file!)).toMatchObject({ gen: 1, slot: 1 });
		expect(await countsOf(license)).toMatchObject({ active: 1, reserved: 1 });
		await rotate();
		const [signed] = await store.db
			.select()
			.from(activations)
			.where(and(eq(activations.licenseId, license.licenseId), eq(activations.state, 'active')));
		expect(signed).toMatchObject({ act: `${block.claims.jti}.1`, gen: 2, drawn: false });
		expect((await desk.tell('activation.request', { request })).file).toBeDefined();
	});

	test('[RE1] who waits for a seat is served once there is a key', async () => {
		const license = await makeLicense(made, { seats: 1 });
		const desk = await makeDrawingDesk(made, license.manager);
		const { file, machine } = await granted(license);
		const request = await askFor(license, await makeMachine());
		await desk.tell('request.wait', { request });
		end();
		await returnActivations(made.hub, [await returnOf(file, machine)]);
		expect(await countsOf(license)).toEqual({ active: 0, reserved: 0, waiting: 1 });
		await rotate();
		expect(await countsOf(license)).toEqual({ active: 1, reserved: 0, waiting: 0 });
		expect(((await submit(request)) as { refusal?: Refusal }).refusal).toBeUndefined();
	});
});

describe('[KE1] a hub whose key ends soon', () => {
	test('says so in its log, to who asks whether it is ready, to staff and on the command line', async () => {
		const home = mkdtempSync(join(tmpdir(), 'keyferry-key-'));
		const [data, rootFile] = [join(home, 'data'), join(home, 'data-root.json')];
		await makeHub({ folder: data, rootFile, iss: 'Example Software' });
		const endsAt = Math.floor(Date.now() / 1000) + 30 * DAY_SECONDS;
		const kid = await endKeyAt(data, rootFile, endsAt);
		const day = new Date(endsAt * 1000).toISOString().slice(0, 10);
		const hub = await startHub({ data });

		const ready = await fetch(`${hub.address}/health/ready`);
		expect(ready.status).toBe(200);
		const next = 'keyferry hub-key rotate';
		expect(await ready.json()).toEqual({
			ready: true,
			key: { kid, endsAt, hasEnded: false, next }
		});
		await expect.poll(hub.log).toContain(`the hub key ends on ${day}`);
		const meOf = async (headers: Record<string, string>) => {
			const answer = await fetch(`${hub.address}/rpc/session.me`, {
				headers: { 'x-keyferry': '1', ...headers }
			});
			return ((await answer.json()) as { result: { data: { hubKey?: object } } }).result.data;
		};
		const staff = await meOf({ authorization: `Bearer ${hub.demo.token}` });
		expect(staff.hubKey).toEqual({ kid, endsAt, hasEnded: false });
		const { email, password } = hub.demo.users.find(({ role }) => role === 'manager')!;
		const signedIn = await fetch(`${hub.address}/auth/sign-in/email`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', origin: hub.address },
			body: JSON.stringify({ email, password })
		});
		const cookie = signedIn.headers.getSetCookie().join('; ');
		expect(await meOf({ cookie })).not.toHaveProperty('hubKey');

		const listed = spawnSync(process.execPath, [KEYFERRY, 'hub-key', 'list', '--data', data]);
		const [line, ...notice] = listed.stdout.toString().trim().split('\n');
		expect(line).toMatch(new RegExp(`^${kid}  signs  .* to ${day}$`));
		expect(notice.join('\n')).toContain(`ends on ${day}`);
		await hub.stop();
		rmSync(home, { recursive: true, force: true });
	});
});

/** Gives the hub's key another end, as its root would have signed it. */
async function endKeyAt(data: string, rootFile: string, exp: number): Promise<string> {
	const [name] = readdirSync(join(data, 'keys'));
	const path = join(data, 'keys', name!);
	const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
	const decoded = decodeToken(file.token);
	if (isRefusal(decoded)) throw new Error(decoded.refused);
	const root = await importPrivateJwk(JSON.parse(readFileSync(rootFile, 'utf8')) as PrivateJwk);
	const claims = { ...(decoded.payload as Claims['hub-key']), exp };
	const token = await signToken('hub-key', claims, root);
	writeFileSync(path, JSON.stringify({ ...file, token }));
	return name!.replace('.json', '');
}
