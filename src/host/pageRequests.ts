import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';

/** A field of what a page sent, which can be anything; undefined where it has none. */
export const fieldOf = (params: unknown, key: string): unknown =>
  typeof params === 'object' && params !== null
    ? (params as Readonly<Record<string, unknown>>)[key]
    : undefined;

/** For a request that no page of ours makes. */
export const refused = (): SourceError =>
  new SourceError('rejected', message('Invalid request from the page.'));
