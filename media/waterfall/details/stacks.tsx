import { message } from '../../../src/core/base/message.ts';
import { shortened, visibleText } from '../../../src/core/base/visibleText.ts';
import type { ShownFrame, ShownLocation, ShownStack } from '../../../src/protocol/waterfall.ts';
import { Icon } from '../icons.tsx';
import { oneLine } from '../traceText.ts';
import { frameRuns } from './frameRuns.ts';
import { Section } from './section.tsx';

export interface StacksProps {
  readonly stacks: readonly ShownStack[];
  /** The span's own status message, which isn't repeated. */
  readonly said: string;
  readonly openFrame: (stack: number, frame: number) => void;
}

const longestMessage = 400;

/** The stack traces of a span: frames of the workspace are links, the others lie folded between them. */
export function Stacks({ stacks, said, openFrame }: StacksProps) {
  return (
    <Section
      id="stack"
      title={message('Stack')}
      {...(stacks.length > 1 && { count: stacks.length })}
    >
      {stacks.map((stack, index) => (
        <div key={index} class="stack">
          <p class="stack-head">
            <strong>{oneLine(stack.type) || message('Error')}</strong>
            {stack.message.trim() !== said.trim() && (
              <span> {visibleText(shortened(stack.message.trim(), longestMessage))}</span>
            )}
          </p>
          <Frames frames={stack.frames} open={(frame) => openFrame(index, frame)} />
        </div>
      ))}
    </Section>
  );
}

interface FramesProps {
  readonly frames: readonly ShownFrame[];
  readonly open: (frame: number) => void;
}

function Frames({ frames, open }: FramesProps) {
  return (
    <ol class="frames">
      {frameRuns(frames).map(({ first, frames: run }) => (
        <li key={first}>
          {run[0]?.location ? (
            <FrameButton
              location={run[0].location}
              reason={run[0].reason}
              onClick={() => open(first)}
            />
          ) : (
            <FramesElsewhere frames={run} />
          )}
        </li>
      ))}
    </ol>
  );
}

interface FrameButtonProps {
  readonly location: ShownLocation;
  readonly reason: string;
  readonly onClick: () => void;
}

function FrameButton({ location, reason, onClick }: FrameButtonProps) {
  return (
    <button type="button" class="frame" title={oneLine(reason)} onClick={onClick}>
      <Icon name="code" />
      <span class="frame-symbol">{oneLine(location.symbol)}</span>{' '}
      <span class="frame-place">
        {oneLine(location.file)}:{location.line}
      </span>
    </button>
  );
}

/** Frames of libraries and of code that isn't here: one is shown dimmed, several fold. */
function FramesElsewhere({ frames }: { frames: readonly ShownFrame[] }) {
  const [only, ...more] = frames;
  if (only && more.length === 0) return <span class="frame-elsewhere">{oneLine(only.text)}</span>;
  return (
    <details class="frames-folded">
      <summary>
        <Icon name="chevron" />
        {message('{0} frames outside the workspace', frames.length)}
      </summary>
      {frames.map(({ text }, index) => (
        <span key={index} class="frame-elsewhere">
          {oneLine(text)}
        </span>
      ))}
    </details>
  );
}
