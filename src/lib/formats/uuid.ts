/**
 * UUID version 7: ids that sort by the time they were made.
 *
 * @see RFC 9562 section 5.7
 * @module
 */

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function uuidv7(nowMs: number = Date.now()): string {
	const bytes = randomBytes();
	new DataView(bytes.buffer).setUint32(0, Math.floor(nowMs / 0x1_0000));
	new DataView(bytes.buffer).setUint16(4, nowMs % 0x1_0000);
	bytes[6] = 0x70 | (bytes[6]! & 0x0f);
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	let text = '';
	for (let at = 0; at < 16; at++)
		text += (at === 4 || at === 6 || at === 8 || at === 10 ? '-' : '') + HEX[bytes[at]!]!;
	return text;
}

// Asked for by the hundred: what is fetched at once costs little more than one of them.
const pool = new Uint8Array(16 * 64);
let used = pool.length;

function randomBytes(): Uint8Array<ArrayBuffer> {
	if (used === pool.length) {
		crypto.getRandomValues(pool);
		used = 0;
	}
	const bytes = pool.slice(used, used + 16);
	used += 16;
	return bytes;
}
