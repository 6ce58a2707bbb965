/**
 * What may be wrong with how a screen is laid out, found in the page itself: what is wider than the window,
 * cut off, run together, covered by something else, or turned by a name that runs from right to left.
 *
 * @module
 */
import { expect, type Page } from '@playwright/test';
import { savePicture } from './save-picture.ts';

/** In pixels; `text`: how large texts are, as a browser is told by whoever reads with difficulty. */
const VIEWS = [
	{ name: 'on a phone', width: 360, height: 740, text: 1 },
	// What a window of 1280 pixels shows at 200 %.
	{ name: 'zoomed', width: 640, height: 380, text: 1 },
	{ name: 'on a phone, with large text', width: 361, height: 740, text: 2 },
	{ name: 'wide', width: 1280, height: 760, text: 1 }
];

/** Text of a browser that nobody has changed. */
const USUAL = { standard: 16, fixed: 13 };

/** In each size of window and text. @param what - Names the screen where something is found. */
export async function expectLaidOut(page: Page, what = page.url()): Promise<void> {
	const before = page.viewportSize();
	const session = await page.context().newCDPSession(page);
	for (const { name, text, ...size } of VIEWS) {
		const fontSizes = { standard: USUAL.standard * text, fixed: USUAL.fixed * text };
		await session.send('Page.setFontSizes', { fontSizes });
		await page.setViewportSize(size);
		await page.evaluate(
			() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
		);
		// A list of many rows is drawn once more for another size.
		const message = `${what}, ${name}`;
		await expect.poll(() => page.evaluate(findFlaws), { message }).toEqual([]);
		if (name === 'wide' || name === 'on a phone') await savePicture(page, `${what}-${size.width}`);
	}
	await session.send('Page.setFontSizes', { fontSizes: USUAL });
	await session.detach();
	if (before) await page.setViewportSize(before);
}

/** Runs on the page. @returns What is wrong, each once. */
function findFlaws(): string[] {
	const found = new Set<string>();
	const { documentElement: root } = document;
	const named = (element: Element) =>
		`${element.tagName.toLowerCase()}.${element.className || '-'} “${element.textContent.trim().slice(0, 50)}”`;

	type Drawn = { node: Text; text: string; parent: HTMLElement; box: DOMRect };
	const range = document.createRange();

	/** Texts that are drawn, those in a fold that is closed excluded. */
	function textsIn(around: Element): Drawn[] {
		const walker = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
		const texts: Drawn[] = [];
		for (
			let node = walker.nextNode() as Text | null;
			node;
			node = walker.nextNode() as Text | null
		) {
			const parent = node.parentElement;
			if (!parent || node.data.trim() === '' || !parent.checkVisibility()) continue;
			range.selectNodeContents(node);
			const box = range.getBoundingClientRect();
			if (box.width > 1 && box.height > 1) texts.push({ node, text: node.data, parent, box });
		}
		return texts;
	}

	/** The part of a text that whatever lies around it lets be seen or scrolled to. */
	function expectWhole({ parent, box }: Drawn): void {
		let [left, right, top, bottom] = [box.left, box.right, box.top, box.bottom];
		for (let at: HTMLElement | null = parent; at; at = at.parentElement) {
			const style = getComputedStyle(at);
			// Read aloud and not seen.
			if (style.clipPath !== 'none') return;
			const isPainted = /paint|strict|content/.test(style.contain);
			const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
			const cuts = (overflow: string) => isPainted || overflow === 'hidden' || overflow === 'clip';
			const { left: l, right: r, top: t, bottom: b } = at.getBoundingClientRect();
			if (scrolls(style.overflowX)) [left, right] = [l, l];
			else if (cuts(style.overflowX)) {
				// Three dots say that there is more; the whole stands behind the link. Among the items of
				// a row of boxes none are drawn.
				const hasDots = style.textOverflow === 'ellipsis' && !/flex|grid/.test(style.display);
				if (hasDots) [left, right] = [l, l];
				else if (left < l - 1.5 || right > r + 1.5) found.add(`cut sideways: ${named(parent)}`);
			}
			if (scrolls(style.overflowY)) [top, bottom] = [t, t];
			else if (cuts(style.overflowY) && (top < t - 3 || bottom > b + 3))
				found.add(`cut above or below: ${named(parent)}`);
			if (style.position === 'fixed') return;
		}
		if (left < -1 || right > root.clientWidth + 1) found.add(`beyond the window: ${named(parent)}`);
	}

	/** Whether a point shows the element itself, what is in it, or what it is in. */
	function isSeen(element: Element, x: number, y: number): boolean {
		const top = document.elementFromPoint(x, y);
		// Of what is chosen among several, an input that nobody sees lies over its name.
		const isOne = top?.closest('label')?.contains(element);
		return (
			!top || isOne || top.contains(element) || element.contains(top) || isLabelOf(top, element)
		);
	}

	const isLabelOf = (top: Element, element: Element) =>
		[...((element as HTMLInputElement).labels ?? [])].some((label) => label.contains(top));

	/** What stays in its place and lies over the rest: a bar, a head, a notice. */
	const isOver = (element: Element | null): boolean => {
		for (let at = element; at && at !== document.body; at = at.parentElement)
			if (/fixed|sticky/.test(getComputedStyle(at).position)) return true;
		return false;
	};

	/** It is in a row or a pane that scrolls, beyond what is seen of that; or it is only read aloud. */
	function isScrolledAway(parent: HTMLElement, x: number, y: number): boolean {
		for (let at: HTMLElement | null = parent; at; at = at.parentElement) {
			const { clipPath, overflowX, overflowY } = getComputedStyle(at);
			if (clipPath !== 'none') return true;
			if (overflowX === 'visible' && overflowY === 'visible') continue;
			const { left, right, top, bottom } = at.getBoundingClientRect();
			if (x < left || x > right || y < top || y > bottom) return true;
		}
		return false;
	}

	/** A word of a heading that goes on in the next line without a hyphen, in texts of their usual size. */
	function expectWholeWords(heading: Element): void {
		if (getComputedStyle(root).fontSize !== '16px') return;
		for (const { node, parent } of textsIn(heading))
			for (const { 0: word, index } of node.data.matchAll(/\p{L}+/gu)) {
				range.setStart(node, index);
				range.setEnd(node, index + word.length);
				const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
				if (new Set(tops).size > 1) found.add(`broken within “${word}”: ${named(parent)}`);
			}
	}

	/** Two texts of one line, each in an element of its own, that are read as one word. */
	function expectApart(before: Drawn, after: Drawn): void {
		const isOneLine = Math.abs(before.box.bottom - after.box.bottom) < 3;
		const isGap = Math.abs(after.box.left - before.box.right) >= 1;
		if (before.parent === after.parent || !isOneLine || isGap) return;
		if (/[\p{L}\p{N}]$/u.test(before.text) && /^[\p{L}\p{N}]/u.test(after.text))
			found.add(`run together: “${before.text}${after.text}”`);
	}

	function expectUncovered({ parent, box }: Drawn): void {
		const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
		if (x < 0 || x >= innerWidth || y < 0 || y >= innerHeight) return;
		if (isSeen(parent, x, y) || isScrolledAway(parent, x, y)) return;
		// What lies under a bar is scrolled to; two texts in one place are not.
		if (!isOver(document.elementFromPoint(x, y))) found.add(`covered: ${named(parent)}`);
	}

	/** Each thing to press can be brought into sight, whole and with nothing over it. */
	function expectReachable(element: HTMLElement): void {
		element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
		const { left, top, width, height } = element.getBoundingClientRect();
		const [x, y] = [left + width / 2, top + Math.min(height / 2, innerHeight / 3)];
		const over = document.elementFromPoint(x, y);
		if (over && !isSeen(element, x, y))
			found.add(`not to be pressed: ${named(element)}, under ${named(over)}`);
		if (x < 0 || x > innerWidth) found.add(`not to be scrolled to: ${named(element)}`);
	}

	if (root.scrollWidth > innerWidth) found.add(`${root.scrollWidth - innerWidth} pixels too wide`);
	const dialog = document.querySelector('dialog[open]');
	const around = dialog ?? document.body;
	const texts = textsIn(around);
	for (const text of texts) expectWhole(text);
	for (const text of texts) expectUncovered(text);
	for (const heading of around.querySelectorAll('h1, h2')) expectWholeWords(heading);
	for (const [at, text] of texts.entries()) if (at > 0) expectApart(texts[at - 1]!, text);

	const PRESSED = 'a[href], button, input, select, textarea, summary';
	const isDrawn = (element: HTMLElement) => {
		const { width, height } = element.getBoundingClientRect();
		return element.checkVisibility() && width > 1 && height > 1 && !element.closest('.skip');
	};
	const pressed = [...around.querySelectorAll<HTMLElement>(PRESSED)].filter(isDrawn);
	const MOST = 60;
	for (const element of pressed.slice(0, MOST)) expectReachable(element);
	scrollTo({ top: 0, behavior: 'instant' });

	const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
	for (const { text, parent } of texts) {
		if (!RIGHT_TO_LEFT.test(text)) continue;
		const outside = text.replace(/\u2068[^\u2069]*\u2069/g, '');
		const isApart = /isolate|plaintext/.test(getComputedStyle(parent).unicodeBidi);
		if (RIGHT_TO_LEFT.test(outside) && !isApart && parent.tagName !== 'OPTION')
			found.add(`turns what is around it: ${named(parent)}`);
	}
	for (const field of around.querySelectorAll<HTMLInputElement>('input, textarea'))
		if (RIGHT_TO_LEFT.test(field.value) && field.dir !== 'auto')
			found.add(`a field that does not read as it was typed: ${field.outerHTML}`);
	return [...found];
}
