/**
 * What `@keyferry/sdk/explain` exports: from a refusal to the words a person reads.
 *
 * @module
 */
export { componentList } from './words/components.ts';
export { explain, explainCode } from './explain.ts';
export type { Language, Message } from './words/message.ts';
