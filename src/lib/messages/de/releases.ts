/**
 * German: downloads, and the vendor's releases.
 *
 * @module
 */
import type { ReleasesTexts } from '../en/releases.ts';
import { size } from '../words/wording.ts';
import { many } from './phrases.ts';

export const releasesDe: ReleasesTexts = {
	title: 'Downloads',
	truth: (licenses) =>
		licenses === 0
			? 'Keine Ihrer Lizenzen ist für ein Produkt mit Releases hier.'
			: `Was ${many(licenses, 'Ihrer Lizenzen', 'Ihrer Lizenzen')} ausführen ${licenses === 1 ? 'darf' : 'dürfen'}.`,
	ofOne: (title, number) => `Was Lizenz ${number} von ${title} ausführen darf.`,
	all: 'Alle meine Lizenzen',
	signIn: 'Melden Sie sich an, um herunterzuladen, was Ihre Lizenzen ausführen dürfen.',
	offline: 'Downloads brauchen den Server. Versuchen Sie es, wenn er erreichbar ist.',
	system: 'Für',
	anySystem: 'Jedes System',
	platforms: {
		'linux-x64': 'Linux (x64)',
		'linux-arm64': 'Linux (ARM)',
		'windows-x64': 'Windows (x64)',
		'macos-arm64': 'macOS (Apple-Chip)',
		any: 'Alle Systeme'
	},
	download: (version) => `${version} herunterladen`,
	file: 'Herunterladen',
	files: 'Dateien',
	others: (count) => `${many(count, 'Datei', 'Dateien')} für andere Systeme`,
	size: (bytes) => size(bytes, 'de'),
	sum: 'SHA-256',
	copySum: 'SHA-256 kopieren',
	notes: 'Was neu ist',
	released: 'Erschienen',
	license: (number, customer) => `${number} · ${customer}`,
	newest: 'Die neueste Version.',
	newer: 'Warum keine neuere Version',
	notVersion: (version) => `Nicht ${version}:`,
	older: 'Ältere Versionen',
	olderVersion: (version) => `Version ${version}`,
	none: 'Keine Version, die diese Lizenz ausführen darf',
	upgrade: 'Upgrades ansehen',
	begun: (name) => `${name} wird heruntergeladen.`,
	console: {
		title: 'Releases',
		count: (count) =>
			count === 0
				? 'Noch nichts veröffentlicht.'
				: `${many(count, 'Release', 'Releases')}, die neuesten zuerst.`,
		add: 'Release hinzufügen',
		emptyTitle: 'Noch keine Releases',
		emptyText: 'Was hier steht, wird jeder Lizenz angeboten, die es ausführen darf.',
		product: 'Produkt',
		version: 'Version',
		versionHint:
			'Zum Beispiel 8.2.1 oder 8.3-rc1. Die erste Zahl entscheidet, welche Lizenzen sie umfassen.',
		date: 'Tag',
		dateHint: 'Wird mit dem Ende der Wartung verglichen.',
		needs: 'Benötigte Berechtigungen',
		notes: 'Was neu ist',
		platform: 'Läuft auf',
		how: 'Wo die Datei ist',
		upload: 'Hochladen',
		link: 'An einer Adresse',
		file: 'Datei',
		url: 'Adresse',
		bytes: 'Größe in Byte',
		name: 'Dateiname',
		save: 'Veröffentlichen',
		addFile: 'Datei hinzufügen',
		sending: (name) => `${name} wird hochgeladen`,
		broken:
			'Das Hochladen brach ab. Nichts davon wurde behalten: Senden Sie die Datei noch einmal.',
		added: (name) => `${name} wurde hinzugefügt.`,
		withdraw: 'Zurückziehen',
		withdrawTitle: (title, version) => `${title} ${version} zurückziehen?`,
		withdrawText:
			'Das Release wird niemandem mehr angeboten, und Links darauf enden. Es bleibt in dieser Liste und kann nicht noch einmal veröffentlicht werden.',
		reason: 'Grund',
		needReason: 'Nennen Sie den Grund, für das Protokoll.',
		withdrawn: 'Zurückgezogen',
		noFiles: 'Noch keine Datei: wird niemandem angeboten.',
		missing: 'Fehlt auf dem Server',
		elsewhere: 'Anderswo',
		wrong: {
			product: 'Wählen Sie ein Produkt.',
			version: 'Schreiben Sie sie wie 8.2.1.',
			date: 'Wählen Sie einen Tag.',
			file: 'Wählen Sie eine Datei, deren Name aus Buchstaben, Ziffern, Punkten und Bindestrichen besteht.',
			url: 'Geben Sie die Adresse der Datei ein.',
			bytes: 'Geben Sie die Größe in Byte ein.',
			sum: 'Geben Sie die SHA-256 ein: 64 Ziffern und Buchstaben von a bis f.',
			name: 'Geben Sie einen Namen aus Buchstaben, Ziffern, Punkten und Bindestrichen ein.'
		}
	}
};
