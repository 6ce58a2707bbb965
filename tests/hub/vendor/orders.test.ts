import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { ordersContract } from './orders-contract.ts';

ordersContract('the embedded database', makeEmbeddedStore);
