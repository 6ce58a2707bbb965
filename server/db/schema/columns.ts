/**
 * Columns that many tables have, in one form.
 *
 * @module
 */
import { bigint, text } from 'drizzle-orm/pg-core';

/** NumericDate seconds, as everywhere else. */
export const seconds = (name: string) => bigint(name, { mode: 'number' });
export const revision = () => bigint('revision', { mode: 'number' }).notNull();
export const customerId = () => text('customer_id').notNull();
