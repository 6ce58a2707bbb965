import { embeddedHome } from '../fixtures/served-hub.ts';
import { modelRuns } from './runs.ts';

modelRuns('the embedded database', embeddedHome);
