import type { MessageBundle } from '../core/base/message.ts';
import { pageHtml, type PageHtml } from './pageHtml.ts';

export interface WaterfallPage extends Pick<
  PageHtml,
  'scriptUri' | 'styleUri' | 'cspSource' | 'nonce' | 'title' | 'language'
> {
  /** The page keeps it over a reload; empty: the host knows which one it shows. */
  readonly traceId: string;
  /** In that language, for `useMessages`; undefined: English. */
  readonly messages?: MessageBundle;
}

/** Said before the host has answered, or where it answers with a reason: the rest comes with the trace. */
const earlySentences = ['Loading the trace…', "Can't open the trace", 'Try again'];

/**
 * The whole document of the waterfall page. Nothing of a trace but its id is ever written into it:
 * data comes by message. Its images are those that it makes itself.
 */
export const waterfallHtml = ({ traceId, messages = {}, ...page }: WaterfallPage): string =>
  pageHtml({
    ...page,
    root: 'waterfall',
    data: { 'trace-id': traceId, messages: early(messages) },
    images: 'blob:',
  });

const early = (messages: MessageBundle): string =>
  JSON.stringify(
    Object.fromEntries(
      earlySentences.flatMap((sentence) =>
        messages[sentence] === undefined ? [] : [[sentence, messages[sentence]]],
      ),
    ),
  );
