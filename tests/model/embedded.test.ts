import { embeddedHome } from '../makers/served-hub.ts';
import { lives } from './lives.ts';

lives('the embedded database', embeddedHome);
