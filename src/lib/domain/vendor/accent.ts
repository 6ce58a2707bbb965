/**
 * A vendor's color, made readable: what is written in it and what is written on it reach 4.5:1 on every
 * ground of the desk, light and dark. Its hue stays; its lightness moves as little as that takes. [VF1]
 *
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 * @see https://bottosson.github.io/posts/oklab/ for OKLCH
 * @module
 */

/** `#rrggbb`, in lower case. */
export type HexColor = string;

/** What a theme is drawn with, in the names of `app.css`. */
export type ThemeColors = {
	accent: HexColor;
	/** For words: links, and the place where one is. */
	strong: HexColor;
	/** A ground that carries words in the color. */
	soft: HexColor;
	/** What is written on the color. */
	on: HexColor;
};

export type AccentColors = { light: ThemeColors; dark: ThemeColors };

export const LEAST_CONTRAST = 4.5;

export function isHexColor(text: string): boolean {
	return /^#[0-9a-f]{6}$/.test(text);
}

/** Lightness 0 to 1, chroma from 0, hue in degrees. */
type Oklch = { l: number; c: number; h: number };
type Rgb = readonly [red: number, green: number, blue: number];

/** The grounds of `app.css` that come closest to the words on them. */
const GROUNDS = {
	light: { l: 0.96, c: 0.006, h: 230 },
	dark: { l: 0.235, c: 0.017, h: 240 }
} satisfies Record<string, Oklch>;

const STEP = 0.005;
/** How much further words are from the ground than what is filled with the color. */
const STRONGER = 0.06;

export function accentColors(color: HexColor): AccentColors {
	const chosen = oklchOf(color);
	const { c, h } = chosen;
	const soft = {
		light: hexOf({ l: 0.955, c: Math.min(c, 0.018), h }),
		dark: hexOf({ l: 0.29, c: Math.min(c, 0.035), h })
	};
	const on = { light: '#ffffff', dark: hexOf({ l: 0.2, c: Math.min(c, 0.03), h }) };
	const theme = (name: 'light' | 'dark'): ThemeColors => {
		const beside = [hexOf(GROUNDS[name]), soft[name], on[name]];
		const step = name === 'light' ? -STEP : STEP;
		const reached = reach(chosen, step, beside);
		const further = reached.l + Math.sign(step) * STRONGER;
		const strong = reach({ c, h, l: Math.min(1, Math.max(0, further)) }, step, beside);
		return {
			// What reaches it as it is stays to the last bit.
			accent: reached === chosen ? color : hexOf(reached),
			strong: hexOf(strong),
			soft: soft[name],
			on: on[name]
		};
	};
	return { light: theme('light'), dark: theme('dark') };
}

/** The first from there that is far enough from all of them; black and white are. */
function reach(from: Oklch, step: number, others: readonly HexColor[]): Oklch {
	for (let tried = from; ; tried = { ...tried, l: tried.l + step }) {
		const hex = hexOf(tried);
		if (others.every((other) => contrast(hex, other) >= LEAST_CONTRAST)) return tried;
		if (step < 0 ? tried.l <= 0 : tried.l >= 1) return tried;
	}
}

/** From 1 to 21. */
export function contrast(one: HexColor, other: HexColor): number {
	const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter! + 0.05) / (darker! + 0.05);
}

function luminance(color: HexColor): number {
	const [red, green, blue] = linearOf(color);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** With as much of its chroma as a screen can show. */
function hexOf({ l, c, h }: Oklch): HexColor {
	const lightness = Math.min(1, Math.max(0, l));
	let [shown, beyond] = [0, c];
	if (isShown(rgbOf({ l: lightness, c, h }))) shown = c;
	else
		for (let halved = 0; halved < 20; halved++) {
			const middle = (shown + beyond) / 2;
			if (isShown(rgbOf({ l: lightness, c: middle, h }))) shown = middle;
			else beyond = middle;
		}
	return `#${rgbOf({ l: lightness, c: shown, h }).map(byteOf).join('')}`;
}

/** Half of what an eighth bit tells apart is no color beyond. */
function isShown(rgb: Rgb): boolean {
	return rgb.every((part) => part >= -0.0002 && part <= 1.0002);
}

function byteOf(part: number): string {
	const bounded = Math.min(1, Math.max(0, part));
	const curved = bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * bounded ** (1 / 2.4) - 0.055;
	return Math.round(curved * 255)
		.toString(16)
		.padStart(2, '0');
}

function linearOf(color: HexColor): Rgb {
	const part = (at: number) => {
		const value = parseInt(color.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	};
	return [part(1), part(3), part(5)];
}

export function oklchOf(color: HexColor): Oklch {
	const [red, green, blue] = linearOf(color);
	const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
	const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
	const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
	const a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short;
	const b = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short;
	const l = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short;
	return { l, c: Math.hypot(a, b), h: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360 };
}

function rgbOf({ l, c, h }: Oklch): Rgb {
	const a = c * Math.cos((h * Math.PI) / 180);
	const b = c * Math.sin((h * Math.PI) / 180);
	const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
	return [
		4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
		-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
		-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short
	];
}
