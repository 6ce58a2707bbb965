/**
 * Questions and answers on a terminal, or through pipes: scripts drive the same program.
 *
 * @module
 */
import { createInterface } from 'node:readline';

export type Terminal = {
	say: (...lines: string[]) => void;
	/** The next line, or `undefined` at the end of input. */
	ask: (question: string) => Promise<string | undefined>;
	/** Like `ask`; a pasted armour is read up to its END line. */
	askText: (question: string) => Promise<string | undefined>;
	close: () => void;
};

export function openTerminal(): Terminal {
	const { stdin, stdout } = process;
	const lines: string[] = [];
	let ended = false;
	let wake: (() => void) | undefined;
	const reader = createInterface({
		input: stdin,
		output: stdout,
		terminal: stdin.isTTY && stdout.isTTY
	});
	reader.on('line', (line) => {
		lines.push(line);
		wake?.();
	});
	reader.on('close', () => {
		ended = true;
		wake?.();
	});

	const nextLine = async (): Promise<string | undefined> => {
		while (lines.length === 0 && !ended)
			await new Promise<void>((done) => {
				wake = done;
			});
		return lines.shift();
	};
	const say = (...said: string[]) => void stdout.write(said.map((line) => `${line}\n`).join(''));
	const ask = async (question: string) => {
		// The reader knows its prompt, so that editing a line redraws it.
		reader.setPrompt(question);
		if (!ended) reader.prompt();
		else stdout.write(question);
		const line = await nextLine();
		// A script's answers are not echoed: end the line for it.
		if (!stdin.isTTY || line === undefined) stdout.write('\n');
		return line?.trim();
	};
	return {
		say,
		ask,
		async askText(question) {
			let text = await ask(question);
			if (!text?.startsWith('Keyferry') && !text?.startsWith('-----BEGIN')) return text;
			while (!/-----END KEYFERRY [A-Z-]+-----/.test(text)) {
				const more = await nextLine();
				if (more === undefined) break;
				text = `${text}\n${more}`;
			}
			return text;
		},
		close: () => reader.close()
	};
}

/** Columns aligned; nothing from a file may steer the terminal. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(...rows.map(([name]) => name.length));
	return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${plain(value)}`);
}

export function plain(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

export function day(seconds: number | undefined, without = ''): string {
	return seconds === undefined ? without : new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** To the minute, in the time of this machine. */
export function moment(seconds: number): string {
	const at = new Date(seconds * 1000);
	return `${at.toLocaleDateString('sv')} ${at.toLocaleTimeString('sv', { timeStyle: 'short' })}`;
}
