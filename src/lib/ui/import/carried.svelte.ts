/**
 * Files on their way to Take in from elsewhere in the app: opened by the system, not by a page.
 *
 * @module
 */
export const carried = $state<{ files: File[] }>({ files: [] });
