/**
 * A logo on its way to the hub: looked at here as the hub does, so that its refusal comes at once.
 *
 * @module
 */
import { isRefusal, refuse, type Refusal } from '#lib/domain/refusal.ts';
import { cleanLogo, LOGO_BYTES } from '#lib/formats/png.ts';

/** @returns The picture alone, as base64. */
export async function readLogo(file: File): Promise<string | Refusal<'LOGO_INVALID'>> {
	if (file.size > LOGO_BYTES) return refuse('LOGO_INVALID', { reason: 'too-large' });
	const cleaned = cleanLogo(new Uint8Array(await file.arrayBuffer()));
	if (isRefusal(cleaned)) return cleaned;
	return btoa(Array.from(cleaned, (byte) => String.fromCharCode(byte)).join(''));
}
