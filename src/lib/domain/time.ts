/**
 * Spans of time, in seconds.
 *
 * @module
 */
export const DAY_SECONDS = 86_400;
