/**
 * What the list of licenses is asked for. [DK2]
 *
 * @module
 */
import { licenseFilters, type LicenseFilter } from './license-filter.ts';
import { byUrgency, licenseOrders, type LicenseSortOrder } from './license-order.ts';
import { ListAddress, type ListQuery } from '#lib/search/list-query.ts';

export type LicenseQuery = ListQuery<LicenseFilter, LicenseSortOrder>;

export const licenseAddress = new ListAddress(licenseFilters, licenseOrders, byUrgency);
