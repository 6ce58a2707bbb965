/**
 * A desk that draws: its key, its outbox and the blocks of seats that it was given, through the same
 * decisions and signatures as the one in a browser.
 *
 * @module
 */
import { decideDraw, type BoundSlot } from '#lib/domain/allotment.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';
import type { Command, CommandArgs, CommandResult, CommandType } from '#lib/protocol/commands.ts';
import type { PushReply } from '#lib/protocol/push.ts';
import { joinTokens, readFile, writeFile } from '#lib/formats/file.ts';
import type { Claims } from '#lib/formats/tokens.ts';
import { uuidv7 } from '#lib/formats/uuid.ts';
import { claimsOfDraw, signClose } from '#lib/signing/draw.ts';
import { signToken } from '#lib/signing/jws.ts';
import { signPush } from '#lib/signing/push.ts';
import { verifyRequest } from '#lib/signing/request.ts';
import type { Asker } from '#server/hub/hub.ts';
import { hashOf, push } from '#server/operations/push/push.ts';
import { makeKey, type TestKey } from './chain.ts';
import { claimsOf, type TestHub } from './hub.ts';

/** A block as its desk keeps it. */
export type OwnBlock = {
	file: string;
	claims: Claims['allotment'];
	bound: BoundSlot[];
	/** Files by request. */
	files: Map<string, string>;
};

export type DrawingDesk = Awaited<ReturnType<typeof makeDrawingDesk>>;

const NAME = 'Field phone';

/** A desk that asks a hub in the same process. */
export function makeDrawingDesk({ hub }: Pick<TestHub, 'hub'>, asker: Asker) {
	return makeDeskThatAsks(async ({ outbox, commands }, key) => {
		const desk = { jkt: key.signer.kid, jwk: key.jwk, name: NAME };
		const reply = await push(hub, { outbox, commands, desk }, asker);
		if (isRefusal(reply)) throw new Error(reply.refused);
		return reply.results;
	});
}

/** A desk that signs its pushes and sends them over HTTP, under somebody's API key. */
export function makeDistantDesk({ url, token }: { url: string; token: string }) {
	return makeDeskThatAsks(async ({ outbox, commands }, { signer, jwk }) => {
		const body = { protocol: 2, outbox, key: jwk, desk: NAME, commands: [...commands] };
		const answer = await fetch(`${url}/rpc/sync.push`, {
			method: 'POST',
			headers: {
				...{ 'content-type': 'application/json', 'x-keyferry': '1' },
				authorization: `Bearer ${token}`
			},
			body: JSON.stringify(await signPush(body, { signer, now: 1 }))
		});
		const said = (await answer.json()) as { result?: { data: PushReply } };
		if (!said.result) throw new Error(JSON.stringify(said));
		return said.result.data.results;
	});
}

type Ask = (
	asked: { outbox: string; commands: readonly Command[] },
	key: TestKey
) => Promise<CommandResult[]>;

async function makeDeskThatAsks(ask: Ask) {
	const key = await makeKey();
	const outbox = uuidv7();
	const signed = { jkt: key.signer.kid, jwk: key.jwk, name: NAME };
	let n = 0;

	function command<T extends CommandType>(type: T, args: CommandArgs[T], id = uuidv7()): Command {
		n += 1;
		const body = { type, version: 1, args };
		return { id, outbox, n, ...body, hash: hashOf(body), createdAt: 1 };
	}

	const send = (commands: readonly Command[]) => ask({ outbox, commands }, key);

	/** @returns What the hub said to one command. */
	async function tell<T extends CommandType>(type: T, args: CommandArgs[T], id?: string) {
		const [result] = await send([command(type, args, id)]);
		return result!;
	}

	async function reserve(number: string, seats: number): Promise<OwnBlock> {
		const { file, refusal } = await tell('allotment.reserve', { number, seats });
		if (!file || refusal) throw new Error(refusal?.refused);
		return ownBlock(file);
	}

	/** @param policyK - As its terms say. @returns A draw file, the same for the same request. */
	async function draw(block: OwnBlock, request: string, now: number): Promise<string | Refusal> {
		const read = readFile(request);
		const verified = isRefusal(read) ? read : await verifyRequest(read.body);
		if (isRefusal(verified)) return verified;
		const { claims } = block;
		const { jti: id, fp, label } = verified.claims;
		const slot = decideDraw({
			allotment: {
				id: claims.jti,
				max: claims.max,
				state: 'open',
				issueUntil: claims.exp,
				terms: claims
			},
			bound: block.bound,
			request: { id, fp },
			k: claims.pol.k,
			now
		});
		if (isRefusal(slot)) return slot;
		const known = block.files.get(id);
		if (slot.isRepeat && known !== undefined) return known;
		const others = block.bound.filter((row) => row.slot !== slot.slot);
		block.bound = [...others, { slot: slot.slot, gen: slot.gen, fp, request: id, label }];
		const file = await sign(block, claimsOfDraw(claims, verified, { jti: uuidv7(), ...slot }));
		block.files.set(id, file);
		return file;
	}

	/** Signs whatever it is told to, as a copied or changed desk would. */
	async function sign({ file }: OwnBlock, claims: Claims['activation']): Promise<string> {
		const token = await signToken('activation', claims, key.signer);
		return writeFile([...tokensOf(file), token], ['Keyferry activation file']);
	}

	async function close({ file, claims, bound }: OwnBlock, drawn?: number[]): Promise<string> {
		const slots = drawn ?? bound.map(({ slot }) => slot);
		const said = { jti: uuidv7(), allot: claims.jti, drawn: slots };
		const token = await signClose(said, { signer: key.signer, now: 1 });
		return writeFile([...tokensOf(file), token], ['Keyferry close file']);
	}

	return { key, outbox, signed, command, send, tell, reserve, draw, sign, close };
}

export function ownBlock(file: string): OwnBlock {
	return { file, claims: claimsOf<'allotment'>(file), bound: [], files: new Map() };
}

/** The hub key and the allotment. */
function tokensOf(file: string): string[] {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	return joinTokens(read).split('~').slice(-2);
}
