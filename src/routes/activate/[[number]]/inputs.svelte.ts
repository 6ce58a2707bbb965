/**
 * The two texts of the form that are read while they are typed: the key or number of a license, and the
 * code of a machine.
 *
 * @module
 */
import { type LicenseChoice, readLicenseChoice } from '#lib/desk/requests/license-choice.ts';
import { readMachineCode } from '#lib/desk/requests/machine-code.ts';
import {
	isCompleteLicenseNumber,
	parseLicenseNumber
} from '#lib/domain/licenses/license-number.ts';
import type { Machine } from '#lib/domain/machines/machine.ts';
import { isRefusal, type Refusal } from '#lib/domain/refusal.ts';

/** Longer than any number: what is typed is then a key. */
const NUMBER_LENGTH_LIMIT = 40;

export class KeyInput {
	text = $state('');
	choice = $state.raw<LicenseChoice>();
	refusal = $state.raw<Refusal>();

	/** Of a whole number, only its check symbol can tell that one character is wrong. */
	get isOneOff(): boolean {
		return this.refusal?.refused === 'LICENSE_NUMBER_INVALID' && isCompleteLicenseNumber(this.text);
	}

	/** @param isWhole - Nobody is typing any more: what is not complete now is wrong. */
	async read(text: string, isWhole = false): Promise<void> {
		if (this.choice && text === this.text) return;
		this.text = text;
		this.choice = undefined;
		this.refusal = undefined;
		if (!text.trim()) return;
		if (text.length <= NUMBER_LENGTH_LIMIT && !isCompleteLicenseNumber(text)) {
			const number = isWhole ? parseLicenseNumber(text) : undefined;
			if (isRefusal(number)) this.refusal = number;
			return;
		}
		const read = await readLicenseChoice(text);
		if (text !== this.text) return;
		if (isRefusal(read)) this.refusal = isSearch(text) ? undefined : read;
		else this.choice = read;
	}

	async readScanned(files: readonly string[]): Promise<void> {
		for (const file of files) {
			const read = await readLicenseChoice(file);
			// The hub key of a license key is a code of its own: no mistake, and not what is looked for.
			if (isRefusal(read) && isHubKey(read)) continue;
			await this.read(file);
			if (this.choice) return;
		}
	}
}

export class MachineInput {
	text = $state('');
	machine = $state.raw<Machine>();
	refusal = $state.raw<Refusal>();

	async read(text: string): Promise<void> {
		this.text = text;
		this.machine = undefined;
		this.refusal = undefined;
		if (!text.trim()) return;
		const read = await readMachineCode(text);
		if (text !== this.text) return;
		if (isRefusal(read)) this.refusal = read;
		else this.machine = read;
	}
}

/** The words of a search may be as many letters as a number has: with a space between they are words. */
function isSearch(text: string): boolean {
	return /\p{L}\s+\p{L}/u.test(text) && !/^\s*KF\b/i.test(text);
}

function isHubKey(read: Refusal): boolean {
	return read.refused === 'TOKEN_TYPE_UNEXPECTED' && read.facts.found === 'hub-key';
}
