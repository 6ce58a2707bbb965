import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { adoptingContract } from './adopting-contract.ts';

adoptingContract('the embedded database', makeEmbeddedStore);
