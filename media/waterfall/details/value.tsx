import { useState } from 'preact/hooks';
import { formatCount } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { shortened, visibleLines } from '../../../src/core/base/visibleText.ts';
import { IconButton } from '../button.tsx';

/** Characters of a value shown at once; all of it can be copied. */
const valueLimit = 2_000;

export interface ValueProps {
  readonly text: string;
  readonly copy: (text: string) => void;
  /** What is copied, for the button's label. */
  readonly name: string;
}

/** Text from a span, bounded and made visible, with a button that copies the whole of it. */
export function Value({ text, copy, name }: ValueProps) {
  const isLong = text.length > valueLimit;
  return (
    <>
      <span
        class="value"
        {...(mayScroll(text) && { tabIndex: 0, role: 'group', 'aria-label': name })}
      >
        {visibleLines(shortened(text, valueLimit))}
        {isLong && (
          <span class="value-rest">
            {message('{0} characters; copy to see all', formatCount(text.length))}
          </span>
        )}
      </span>
      <CopyButton name={name} onCopy={() => copy(text)} />
    </>
  );
}

/** A tall value scrolls in its place: the keyboard must reach it. */
const mayScroll = (text: string) => text.length > 240 || text.split('\n', 11).length > 10;

/** Says for a moment that it copied. */
export function CopyButton({ name, onCopy }: { name: string; onCopy: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      label={message('Copy {0}', name)}
      onClick={() => {
        onCopy();
        setCopied(true);
        window.setTimeout(() => setCopied(false), 1_200);
      }}
    />
  );
}
