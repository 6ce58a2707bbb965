/**
 * The commands of a push as they stand, before anything is read: each whole, and in its place. [SY2]
 *
 * @module
 */
import { refuse } from '#lib/domain/refusal.ts';
import type { DamagedCommand } from '#lib/formats/push.ts';
import type { Command } from '#lib/protocol/commands.ts';
import { sha256 } from '#server/db/sha256.ts';
import type { SigningDesk } from '#server/ledger/held/ask.ts';

export type Push = {
	outbox: string;
	commands: readonly Command[];
	/** Commands that could not be read; each is refused by itself. */
	damaged?: readonly DamagedCommand[];
	/** The desk that signed it. Absent: protocol 1, taken for outboxes that have no key. [SY9] */
	desk?: SigningDesk;
};

/** Tells the sound commands from those that contradict themselves. */
export function judgeCommands({ outbox, commands: pushed, damaged: unread = [] }: Push): {
	sound: Command[];
	damaged: DamagedCommand[];
} {
	const sound: Command[] = [];
	const damaged = [...unread];
	let before = 0;
	for (const [at, command] of pushed.entries()) {
		const { id, n, dependsOn } = command;
		const contradicts = (claim: string, reason: string) => {
			const path = `commands.${at}.${claim}`;
			damaged.push({ id, n, refusal: refuse('BODY_INVALID', { path, reason }) });
		};
		if (command.outbox !== outbox) contradicts('outbox', 'other-outbox');
		else if (n <= before) contradicts('n', 'order');
		else if (command.hash !== hashOf(command)) contradicts('hash', 'mismatch');
		else if (dependsOn !== undefined && dependsOn >= n) contradicts('dependsOn', 'order');
		else if (dependsOn !== undefined && damaged.some((each) => each.n === dependsOn))
			damaged.push({ id, n, refusal: refuse('DEPENDENCY_REFUSED', { dependsOn }) });
		else sound.push(command);
		before = Math.max(before, n);
	}
	return { sound, damaged };
}

/** base64url SHA-256 over the JSON of `[type, version, args]`. */
export function hashOf({
	type,
	version,
	args
}: Pick<Command, 'type' | 'version' | 'args'>): string {
	return sha256(JSON.stringify([type, version, args]));
}
