/**
 * The vendor's face, as the hub tells it to anybody: what desk, sheets and mail show of whose they are. [VF1]
 *
 * @module
 */
import type { AccentColors, HexColor } from '#lib/domain/vendor/accent.ts';

/** What is absent is Keyferry's own. */
export type Face = {
	/** Another one wherever anything of it is another. */
	version: string;
	name?: string;
	/** E-mail address that people ask for help. */
	support?: string;
	accent?: AccentColors;
	/** A PNG as a `data:` address. */
	logo?: string;
};

/** As the hub keeps it. */
export type StoredFace = {
	name?: string;
	support?: string;
	/** As it was chosen. */
	accent?: HexColor;
	/** A PNG as base64, cleaned. */
	logo?: string;
};

/** What is absent stays; `null` takes it away. */
export type FaceChange = { [K in keyof StoredFace]?: StoredFace[K] | null };
