/** Tables of Markdown, as narrow as their cells: nobody edits them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A page that says how it was made. */
export function page(title: string, parts: readonly string[]): string {
	const made = 'Made from the code by `npm run spec`: change the code, not this page.';
	return `${[`# ${title}`, made, ...parts].join('\n\n')}\n`;
}

export function code(text: string): string {
	return `\`${text}\``;
}

function escaped(cell: string): string {
	return cell.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
