/** A queue with a piece that no hub can judge, and an intake of odd pieces: neither stops a neighbor. [FI3, SY3] */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { openDesk, type Desk } from '../../fixtures/desk.ts';
import { bring, journalOf, signIn } from '../../fixtures/field-work.ts';
import { askFor, makeLicense, makeMachine, type TestLicense } from '../../fixtures/hub.ts';
import { Profile } from '../../fixtures/profile.ts';
import { embeddedHome, ORIGIN, serveHub, type ServedHub } from '../../fixtures/served-hub.ts';

let hub: ServedHub;
let license: TestLicense;
let desk: Desk;
beforeAll(async () => {
	hub = await serveHub(embeddedHome);
	license = await makeLicense(hub, { seats: 99 });
	const profile = new Profile();
	profile.line = hub.line;
	desk = await openDesk(profile, ORIGIN);
	const person = await hub.addPerson('technician');
	await hub.setRole(person, license.customerId, 'technician');
	await signIn(desk, person);
});
afterAll(async () => {
	desk.life.end();
	await hub.remove();
});

async function makeText(label: string): Promise<{ jti: string; text: string }> {
	const jti = uuidv7();
	const text = await askFor({ number: license.number }, await makeMachine(), { jti, label });
	return { jti, text };
}

const outcomes = async () =>
	(await journalOf(desk)).outbox
		.sort((a, b) => a.n - b.n)
		.map(({ state, result }) =>
			state === 'waiting' ? state : (result?.refusal?.refused ?? 'done')
		);

test('[FI3] requests padded with NUL, and pasted with half a sign, are submitted as well', async () => {
	for (const padding of ['\0'.repeat(512), '\n\ud83d', ''])
		await desk.do(async ({ importText, keepItems, submitRequests }) => {
			const { jti, text } = await makeText('rack');
			const { items } = await importText(`${text}${padding}`, 'Pasted text');
			expect(items.map(({ state }) => state)).toEqual(['new']);
			await keepItems(items);
			await submitRequests([jti]);
		});
	await desk.do((calls) => calls.round());
	expect(await outcomes()).toEqual(['done', 'done', 'done']);
	expect((await journalOf(desk)).held).toBeUndefined();
});

test('[SY3] of a queue with pieces that the hub cannot read, these alone are held', async () => {
	const asked = [];
	for (let n = 0; n < 9; n++) {
		const { jti, text } = await makeText(`rack-${n}`);
		await bring(desk, text, jti);
		asked.push(jti);
	}
	// As an earlier version of the desk may have written them.
	const odd = [asked[0]!, asked[4]!, asked[8]!];
	await desk.do(async ({ strict }) => {
		for (const [at, subject] of odd.entries()) {
			const row = await strict.outbox.where('subject').equals(subject).first();
			const request = ['a\0b', 'a\ud800', '\0'][at]!;
			await strict.outbox.put({ ...row!, args: { request } });
		}
	});
	for (let again = 0; again < 2; again++) {
		await desk.do((calls) => calls.round());
		const states = asked.map((jti) => (odd.includes(jti) ? 'waiting' : 'done'));
		expect((await outcomes()).slice(3)).toEqual(states);
		expect((await journalOf(desk)).held).toBe('hub-fault');
	}
});

test('[FI3] a drop of odd files between good ones has a line for each', async () => {
	const [first, last] = [await makeText('first'), await makeText('last')];
	const broken = new File(['x'], 'broken.kfreq');
	Object.defineProperty(broken, 'arrayBuffer', { value: () => Promise.reject(new Error('gone')) });
	Object.defineProperty(broken, 'slice', { value: () => broken });
	const huge = new File(['PK\u0003\u0004'], 'huge.zip');
	Object.defineProperty(huge, 'size', { value: 5e9 });
	const files = [
		new File([first.text], 'first.kfreq'),
		new File([''], 'empty.kfreq'),
		new File([first.text.slice(0, 300)], 'cut.kfreq'),
		broken,
		huge,
		new File([new Uint8Array(5_000_000)], 'zeros.kfreq'),
		new File(['PK\u0003\u0004 and no more'], 'torn.zip'),
		new File([last.text], 'last.kfreq')
	];
	const batch = await desk.do((calls) => calls.importFiles(files));
	expect(batch?.items.map(({ source, state }) => [source, state])).toEqual([
		['first.kfreq', 'new'],
		['empty.kfreq', 'foreign'],
		['cut.kfreq', 'damaged'],
		['broken.kfreq', 'damaged'],
		['huge.zip', 'damaged'],
		['zeros.kfreq', 'damaged'],
		['torn.zip', 'damaged'],
		['last.kfreq', 'new']
	]);
	expect(await desk.do((calls) => calls.keepItems(batch!.items))).toBe(2);
});
