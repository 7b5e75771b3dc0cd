import { message } from '../../base/message.ts';
import { shortened } from '../../base/visibleText.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { PathOptions } from '../options.ts';
import { locateFrame, type FramePlace } from './locateFrame.ts';
import { parseStack } from './parseStack.ts';
import { parsePrismaInvocation } from './prismaInvocation.ts';
import type { StackFrame } from './stackFrame.ts';
import type { StackText } from './stackTexts.ts';

/** A frame as it was recorded, and where it is in the workspace. */
interface RecordedFrame {
  /** `OrdersService.remove (/app/dist/orders.js:12:3)`. */
  readonly text: string;
  /** Undefined: of a library, or of code that isn't here. */
  readonly place: FramePlace | undefined;
}

/** A stack trace of a span. */
export interface RecordedStack {
  readonly type: string;
  readonly message: string;
  /** Innermost first; before them the call that Prisma names. */
  readonly frames: readonly RecordedFrame[];
}

const longestText = 500;

/** The frames of stack traces with their places; traces without any frame are left out. */
export function recordedStacks(
  texts: readonly StackText[],
  index: CodeIndex,
  options: PathOptions,
): readonly RecordedStack[] {
  return texts.flatMap((text) => {
    const reason = text.isFailure
      ? message('From the recorded exception.')
      : message('From the stack where the span was started.');
    const recorded = ({ text: line }: StackFrame, place: FramePlace | undefined) => ({
      text: shortened(line, longestText),
      place,
    });
    const frames = parseStack(text.stack).map((frame) =>
      recorded(frame, locateFrame(frame, index, options, reason)),
    );
    const call = parsePrismaInvocation(text.message) ?? parsePrismaInvocation(text.stack);
    if (call !== undefined) {
      const said = message('The Prisma call that failed.');
      frames.unshift(recorded(call, locateFrame(call, index, options, said)));
    }
    return frames.length === 0 ? [] : [{ type: text.type, message: text.message, frames }];
  });
}
