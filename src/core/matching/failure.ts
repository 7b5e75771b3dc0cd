import { message } from '../base/message.ts';
import { onceEach } from '../base/onceEach.ts';
import type { CodeIndex } from '../code/model.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import type { Match } from './match.ts';
import { locateFrame, type FramePlace } from './stack/locateFrame.ts';
import { parseStack } from './stack/parseStack.ts';
import { parsePrismaInvocation } from './stack/prismaInvocation.ts';
import { stackTexts, type StackText } from './stack/stackTexts.ts';
import { fileName } from './lookups.ts';
import type { PathOptions } from './options.ts';

/**
 * Where in the workspace the first exception that a span recorded came from: the call that Prisma names
 * in its message, else the innermost stack frame that is workspace code, through source maps: one that surely is before
 * one that may be.
 */
export function failureLocation(
  span: RawSpan,
  index: CodeIndex,
  options: PathOptions,
): FramePlace | undefined {
  if (span.events.length === 0 && span.status !== 'error') return undefined;
  for (const text of stackTexts(span)) {
    const failure = text.isFailure ? locateFailure(text, index, options) : undefined;
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Step 6 of the ladder, for a span nothing else says the code of: where it failed. */
export const failureMatch = ({
  location,
  symbol,
  confidence,
  reason,
  drifted,
}: FramePlace): Match => ({
  location,
  symbol,
  confidence,
  reason,
  alternatives: [],
  handlerId: undefined,
  callId: undefined,
  ...(drifted && { drifted }),
});

/** A match that also says where its span failed. */
export function withFailure(match: Match, { location, symbol }: FramePlace): Match {
  const failed = message('Failed in {0}, {1}:{2}.', symbol, fileName(location.path), location.line);
  return { ...match, reason: `${match.reason} ${failed}` };
}

/** Of one mapping, by stack, then message: each span that an exception passes records it, as does each that fails alike. */
const placesOf = onceEach<PathOptions, Map<string, Map<string, FramePlace | undefined>>>(
  () => new Map(),
);

/** The line that one recorded exception came from: see `failureLocation`. */
export function locateFailure(
  text: StackText,
  index: CodeIndex,
  options: PathOptions,
): FramePlace | undefined {
  const known = placesOf(options);
  const byMessage = known.get(text.stack) ?? new Map<string, FramePlace | undefined>();
  known.set(text.stack, byMessage);
  if (!byMessage.has(text.message)) byMessage.set(text.message, locate(text, index, options));
  return byMessage.get(text.message);
}

function locate(
  { message: said, stack }: StackText,
  index: CodeIndex,
  options: PathOptions,
): FramePlace | undefined {
  const call = parsePrismaInvocation(said) ?? parsePrismaInvocation(stack);
  const inCall = call && locateFrame(call, index, options, message('The Prisma call that failed.'));
  if (inCall) return inCall;
  const reason = message('Innermost workspace frame of the exception.');
  let doubtful: FramePlace | undefined;
  for (const frame of parseStack(stack)) {
    const found = locateFrame(frame, index, options, reason);
    if (found?.doubtful) doubtful ??= found;
    else if (found !== undefined) return found;
  }
  return doubtful;
}
