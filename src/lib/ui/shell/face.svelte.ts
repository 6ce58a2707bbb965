/**
 * Whose desk this is, as every screen and sheet shows it: the vendor's name, logo and color, or
 * Keyferry's own. [VF1]
 *
 * @module
 */
import type { ThemeColors } from '#lib/domain/vendor/accent.ts';
import type { Face } from '#lib/protocol/face.ts';

const PROPERTIES = {
	accent: '--accent',
	strong: '--accent-strong',
	soft: '--accent-soft',
	on: '--on-accent'
} satisfies Record<keyof ThemeColors, string>;

class ShownFace {
	#face = $state.raw<Face>();

	/** Nothing is shown that may turn out to be another's. */
	get isKnown(): boolean {
		return this.#face !== undefined;
	}

	get name(): string {
		return this.#face?.name ?? 'Keyferry';
	}

	get logo(): string | undefined {
		return this.#face?.logo;
	}

	/** Who answers questions. */
	get support(): string | undefined {
		return this.#face?.support;
	}

	show(face: Face): void {
		this.#face = face;
		const { accent } = face;
		const { style } = document.documentElement;
		for (const [part, property] of Object.entries(PROPERTIES)) {
			const of = part as keyof ThemeColors;
			if (accent)
				style.setProperty(property, `light-dark(${accent.light[of]}, ${accent.dark[of]})`);
			else style.removeProperty(property);
		}
	}
}

export const shownFace = new ShownFace();
