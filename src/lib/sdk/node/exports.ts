/**
 * What `@keyferry/sdk/node` exports: all of `@keyferry/sdk`, and the machine with what it holds.
 *
 * @module
 */
export * from '../exports.ts';
export type { Connection, ConnectWishes, LicensingType } from './connecting.ts';
export type { ConnectionEvents } from './client/connection-events.ts';
export type { HeldLease } from './client/held-lease.ts';
export { testConnection, type ConnectionLine, type TestWishes } from './client/test-connection.ts';
export { openLicensing, type Ask, type Licensing, type LicensingOptions } from './licensing.ts';
export type { Taken, Whose } from './load.ts';
export { machine } from './machine.ts';
export type { MadeRequest } from './request.ts';
export type { MadeReturn } from './returns.ts';
export type { Probe } from './sources/probe.ts';
export { recordedProbe, type Recording } from './sources/recorded.ts';
export type {
	LicenseStatus,
	RefusedRequest,
	ServerStatus,
	Status,
	WaitingRequest
} from './status.ts';
