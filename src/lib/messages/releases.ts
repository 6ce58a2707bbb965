/**
 * Releases: what a license may download, and what staff release, in each language. Not kept for offline use.
 *
 * @module
 */
import { releasesDe } from './de/releases.ts';
import { releasesEn } from './en/releases.ts';

export const releasesTexts = { en: releasesEn, de: releasesDe };
