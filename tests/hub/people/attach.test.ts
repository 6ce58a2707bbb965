import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { attachContract } from './attach-contract.ts';

attachContract('the embedded database', makeEmbeddedStore);
