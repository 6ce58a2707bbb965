/**
 * English: downloads, and the vendor's releases.
 *
 * @module
 */
import type { Platform } from '#lib/domain/vendor/release.ts';
import { size } from '../words/wording.ts';
import { many } from './phrases.ts';

export const releasesEn = {
	title: 'Downloads',
	truth: (licenses: number) =>
		licenses === 0
			? 'None of your licenses is for a product with releases here.'
			: `What ${many(licenses, 'license')} of yours may run.`,
	ofOne: (title: string, number: string) => `What license ${number} may run of ${title}.`,
	all: 'All my licenses',
	signIn: 'Sign in to download what your licenses may run.',
	offline: 'Downloads need the server. Try again when it can be reached.',
	system: 'For',
	anySystem: 'Any system',
	platforms: {
		'linux-x64': 'Linux (x64)',
		'linux-arm64': 'Linux (ARM)',
		'windows-x64': 'Windows (x64)',
		'macos-arm64': 'macOS (Apple silicon)',
		any: 'All systems'
	} satisfies Record<Platform, string>,
	download: (version: string) => `Download ${version}`,
	file: 'Download',
	files: 'Files',
	others: (count: number) => `${many(count, 'file')} for other systems`,
	size: (bytes: number) => size(bytes, 'en'),
	sum: 'SHA-256',
	copySum: 'Copy SHA-256',
	notes: 'What is new',
	released: 'Released',
	license: (number: string, customer: string) => `${number} · ${customer}`,
	newest: 'The newest version.',
	newer: 'Why no newer version',
	notVersion: (version: string) => `Not ${version}:`,
	older: 'Older versions',
	olderVersion: (version: string) => `Version ${version}`,
	none: 'No version that this license may run',
	upgrade: 'See upgrades',
	begun: (name: string) => `${name} is being downloaded.`,
	console: {
		title: 'Releases',
		count: (count: number) =>
			count === 0 ? 'Nothing was released yet.' : `${many(count, 'release')}, the newest first.`,
		add: 'Add a release',
		emptyTitle: 'No releases yet',
		emptyText: 'What is added here is offered to each license that may run it.',
		product: 'Product',
		version: 'Version',
		versionHint: 'Such as 8.2.1 or 8.3-rc1. Its first number decides which licenses cover it.',
		date: 'Day',
		dateHint: 'Compared with the end of maintenance.',
		needs: 'Entitlements that it needs',
		notes: 'What is new',
		platform: 'Runs on',
		how: 'Where the file is',
		upload: 'Upload it',
		link: 'At an address',
		file: 'File',
		url: 'Address',
		bytes: 'Size in bytes',
		name: 'File name',
		save: 'Release',
		addFile: 'Add a file',
		sending: (name: string) => `Uploading ${name}`,
		broken: 'The upload broke off. Nothing of it was kept: send it again.',
		added: (name: string) => `${name} was added.`,
		withdraw: 'Withdraw',
		withdrawTitle: (title: string, version: string) => `Withdraw ${title} ${version}?`,
		withdrawText:
			'Nobody is offered it from then on, and links to it end. It stays in this list and cannot be released again.',
		reason: 'Reason',
		needReason: 'Say why, for the audit.',
		withdrawn: 'Withdrawn',
		noFiles: 'No file yet: nobody is offered it.',
		missing: 'Missing on the server',
		elsewhere: 'Elsewhere',
		wrong: {
			product: 'Choose a product.',
			version: 'Write it like 8.2.1.',
			date: 'Choose a day.',
			file: 'Choose a file whose name has letters, digits, dots and hyphens.',
			url: 'Enter the address of the file.',
			bytes: 'Enter its size in bytes.',
			sum: 'Enter its SHA-256: 64 digits and letters from a to f.',
			name: 'Enter a name of letters, digits, dots and hyphens.'
		}
	}
};

export type ReleasesTexts = typeof releasesEn;
