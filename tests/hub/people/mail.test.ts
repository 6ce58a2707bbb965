import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { mailContract } from './mail-contract.ts';

mailContract('the embedded database', makeEmbeddedStore);
