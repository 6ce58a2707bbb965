/**
 * What a person chose in this program: where its licenses come from, and where saved results lie. A
 * product keeps them where it keeps its other settings. [S4, S6]
 *
 * @module
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LicensingType } from '#lib/sdk/node/connecting.ts';

export type Settings = {
	licensing: LicensingType;
	save: (licensing: LicensingType) => void;
	/** Results that were saved: they open whatever the license says. */
	results: () => string[];
	/** @returns Whether there was room. */
	keep: (lines: readonly string[]) => boolean;
};

/** @param folder - Else `KEYFERRY_STATE`, else one of the user. */
export function openSettings(folder?: string): Settings {
	const home = folder ?? process.env.KEYFERRY_STATE ?? join(homedir(), '.config', 'atlas-server');
	const [file, saved] = [join(home, 'atlas-settings.json'), join(home, 'atlas-results.txt')];
	const settings: Settings = {
		licensing: existsSync(file)
			? (JSON.parse(readFileSync(file, 'utf8')) as { licensing: LicensingType }).licensing
			: 'file',
		save(licensing) {
			settings.licensing = licensing;
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, `${JSON.stringify({ licensing }, null, '\t')}\n`);
		},
		results: () => (existsSync(saved) ? readFileSync(saved, 'utf8').trim().split('\n') : []),
		keep(lines) {
			try {
				mkdirSync(home, { recursive: true });
				appendFileSync(saved, lines.map((line) => `${line}\n`).join(''));
				return true;
			} catch {
				return false;
			}
		}
	};
	return settings;
}

/** In words, for the screen. */
export function typeName(type: LicensingType): string {
	if (type === 'file') return 'File: this machine has a license file of its own';
	if ('online' in type) return `Online: its license file is fetched from ${type.online}`;
	const named = [type.server].flat().join(', ');
	return `Server: a license server counts this client (${named || 'as the network says'})`;
}
