/**
 * What the manifests of both packages have in common with each other and with the checkout.
 *
 * @module
 */

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.ts';

const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	version: string;
	license: string;
	dependencies: Record<string, string>;
};

/** The version of a dependency that the checkout pins. */
export function pinned(name: string): string {
	const version = own.dependencies[name];
	if (version === undefined) throw new Error(`${name} is no dependency`);
	return version;
}

/** Writes the manifest and puts the licence beside it. */
export function writeManifest(
	folder: string,
	manifest: { name: string } & Record<string, unknown>
): void {
	const { name, ...fields } = manifest;
	const { version, license } = own;
	const whole = { name, version, license, type: 'module', ...fields };
	writeFileSync(join(folder, 'package.json'), `${JSON.stringify(whole, undefined, '\t')}\n`);
	copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}
