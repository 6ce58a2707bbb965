import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { codesContract } from './codes-contract.ts';

codesContract('the embedded database', makeEmbeddedStore);
