/**
 * `npm run spec`: makes `docs/spec/*.md`, the tables that SPEC.md leaves to the code.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';
import { specPages } from './spec/pages.ts';

for (const [name, text] of Object.entries(await specPages())) {
	writeFileSync(join(root, 'docs/spec', name), text);
	console.log(`docs/spec/${name}: ${text.split('\n').length - 1} lines`);
}
