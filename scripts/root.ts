import { fileURLToPath } from 'node:url';

/** The checkout that these scripts belong to, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));
