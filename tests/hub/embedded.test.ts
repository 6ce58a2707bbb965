import { makeEmbeddedStore } from '../fixtures/stores.ts';
import { allotmentContract } from './allotment-contract.ts';
import { changingContract } from './changing-contract.ts';
import { hubContract } from './contract.ts';
import { givingBackContract } from './giving-back-contract.ts';
import { pushContract } from './push-contract.ts';
import { renewalContract } from './renewal-contract.ts';
import { syncContract } from './sync-contract.ts';
import { waitingContract } from './waiting-contract.ts';

hubContract('the embedded database', makeEmbeddedStore);
allotmentContract('the embedded database', makeEmbeddedStore);
syncContract('the embedded database', makeEmbeddedStore);
pushContract('the embedded database', makeEmbeddedStore);
givingBackContract('the embedded database', makeEmbeddedStore);
changingContract('the embedded database', makeEmbeddedStore);
renewalContract('the embedded database', makeEmbeddedStore);
waitingContract('the embedded database', makeEmbeddedStore);
