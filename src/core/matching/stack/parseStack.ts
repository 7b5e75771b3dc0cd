import { frameFormats } from './frameFormats.ts';
import { firstLines, type StackFrame } from './stackFrame.ts';

const maxFrames = 100;
const beginsTraceback = /^(?:Exception Group )?Traceback \(most recent call last\)/;
/** Of Python's exception groups. */
const margin = /^[|+] +/;

/**
 * Frames of a stack trace, innermost first, in the format of V8, Java, Go, Python, PHP or Rust. What
 * isn't a frame is passed over; only the first hundred frames are read. Python's come the other way round
 * and are turned, each traceback by itself: of a group of exceptions its own, then theirs.
 */
export function parseStack(stack: string): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  let traceback: StackFrame[] | undefined;
  let before = '';
  const close = () => {
    frames.push(...(traceback ?? []).reverse());
    traceback = undefined;
  };
  for (const raw of firstLines(stack)) {
    const line = raw.trim().replace(margin, '');
    if (beginsTraceback.test(line)) {
      close();
      traceback = [];
    } else {
      const frame = frameOf(line, before);
      if (frame !== undefined) (traceback ?? frames).push(frame);
    }
    before = line;
  }
  close();
  return frames.slice(0, maxFrames);
}

function frameOf(line: string, before: string): StackFrame | undefined {
  for (const read of frameFormats) {
    const frame = read(line, before);
    if (frame !== undefined) return frame;
  }
  return undefined;
}
