import { makeEmbeddedStore } from '../../fixtures/stores.ts';
import { webhooksContract } from './webhooks-contract.ts';

webhooksContract('the embedded database', makeEmbeddedStore);
