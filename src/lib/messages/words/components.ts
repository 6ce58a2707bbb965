/**
 * The parts of a machine by the names people know.
 *
 * @module
 */
import type { Component } from '#lib/domain/machines/machine.ts';
import type { Language } from './message.ts';
import { list } from './wording.ts';

const names: Record<Language, Record<Component, string>> = {
	en: {
		os: 'operating system',
		fs: 'root volume',
		board: 'mainboard',
		disk: 'system disk',
		mac: 'network adapters',
		given: 'given fingerprint'
	},
	de: {
		os: 'Betriebssystem',
		fs: 'Stammlaufwerk',
		board: 'Hauptplatine',
		disk: 'Systemlaufwerk',
		mac: 'Netzwerkkarten',
		given: 'vorgegebener Fingerabdruck'
	}
};

/** The name of a component, or its code where a newer version made it. */
export function componentName(component: string, language: Language): string {
	return (names[language] as Record<string, string>)[component] ?? component;
}

/** `mainboard and system disk`; what there is to say of none is the caller's. */
export function componentList(components: readonly string[], language: Language): string {
	return list(
		components.map((component) => componentName(component, language)),
		language
	);
}
