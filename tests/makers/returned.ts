/**
 * Returns of files that a hub or a desk has signed.
 *
 * @module
 */
import { isRefusal } from '#lib/domain/refusal.ts';
import { joinTokens, readFile } from '#lib/formats/file.ts';
import { returnOf, type TestMachine } from './hub.ts';

/** As its machine makes it: of a draw, the allotment rides along. */
export async function returnOfFile(file: string, machine: TestMachine): Promise<string> {
	const read = readFile(file);
	if (isRefusal(read)) throw new Error(read.refused);
	const { trust: _, revocation: __, ...plain } = read;
	const bare = (await returnOf(file, machine)).split('~').at(-1)!;
	return `${joinTokens(plain)}~${bare}`;
}
