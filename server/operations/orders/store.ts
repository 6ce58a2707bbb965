/**
 * How the audit calls a store: whoever signs events with one of the hub's secrets. [AU1]
 *
 * @module
 */
export const STORE = 'store';
