/**
 * Files on their way to the screen Import: opened by the system, or found on another screen.
 *
 * @module
 */
export const incoming = $state<{ files: File[] }>({ files: [] });
