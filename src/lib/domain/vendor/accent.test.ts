import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { accentColors, contrast, isHexColor, LEAST_CONTRAST, oklchOf } from './accent.ts';

const colors = fc
	.integer({ min: 0, max: 0xffffff })
	.map((value) => `#${value.toString(16).padStart(6, '0')}`);

/** The grounds that `app.css` draws, as CSS says them, by theme. */
const css = readFileSync(new URL('../../../app.css', import.meta.url), 'utf8');
const grounds = ['ground', 'surface', 'sunken'].map((name) => {
	const said = new RegExp(`--${name}: light-dark\\((oklch\\([^)]*\\)), (oklch\\([^)]*\\))\\)`);
	const [, light, dark] = said.exec(css)!;
	return { light: luminanceOf(light!), dark: luminanceOf(dark!) };
});

/** Grays in all but name: their lightness alone says how bright they are. */
function luminanceOf(oklch: string): number {
	return Number(/[\d.]+/.exec(oklch)![0]) ** 3;
}

/** Contrast with a ground, of which no more than its luminance is known. */
function against(color: string, ground: number): number {
	const own = contrast(color, '#000000') * 0.05;
	const [darker, lighter] = [own, ground + 0.05].sort((a, b) => a - b);
	return lighter! / darker!;
}

test('[VF1] whatever the color, what is written in it and on it reaches 4.5:1', () => {
	fc.assert(
		fc.property(colors, (color) => {
			const themes = accentColors(color);
			for (const name of ['light', 'dark'] as const) {
				const { accent, strong, soft, on } = themes[name];
				expect([accent, strong, soft, on].every(isHexColor)).toBe(true);
				for (const [one, other] of [
					[accent, on],
					[accent, soft],
					[strong, soft],
					[strong, on]
				] as const)
					expect(contrast(one, other)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
				for (const ground of grounds) {
					expect(against(accent, ground[name])).toBeGreaterThanOrEqual(LEAST_CONTRAST);
					expect(against(strong, ground[name])).toBeGreaterThanOrEqual(LEAST_CONTRAST);
				}
			}
		}),
		{ numRuns: 2_000, examples: [['#000000'], ['#ffffff'], ['#ffd400']] }
	);
});

test('[VF1] its hue stays, and a color that reaches it stays to the last bit', () => {
	fc.assert(
		fc.property(colors, (color) => {
			const { h } = oklchOf(color);
			const { light, dark } = accentColors(color);
			for (const { accent } of [light, dark]) {
				const made = oklchOf(accent);
				// Eight bits tell no hue of what is nearly gray.
				if (made.c < 0.05) continue;
				const apart = Math.abs(made.h - h);
				expect(Math.min(apart, 360 - apart)).toBeLessThan(5);
			}
		}),
		{ numRuns: 2_000 }
	);
	expect(accentColors('#1f5fbf').light.accent).toBe('#1f5fbf');
	expect(accentColors('#ffd400').light.accent).not.toBe('#ffd400');
	expect(accentColors('#ffd400').dark.accent).toBe('#ffd400');
});
