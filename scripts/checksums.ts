import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** One line per file under a folder, as `sha256sum -c` reads them. */
export function checksums(folder: string): string {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
		.sort();
	const lines = files.map((file) => {
		const sum = createHash('sha256')
			.update(readFileSync(join(folder, file)))
			.digest('hex');
		return `${sum}  ${file}\n`;
	});
	return lines.join('');
}
