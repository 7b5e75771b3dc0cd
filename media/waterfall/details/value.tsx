import { useState } from 'preact/hooks';
import { beginningOf, type MarkedText } from '../../../src/core/base/markedText.ts';
import { formatCount } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { visibleLines } from '../../../src/core/base/visibleText.ts';
import { IconButton } from '../button.tsx';

/** Of a value that wasn't unfolded. */
const folded = { characters: 1_000, lines: 16 };
/** What a page can show without a pause; all of it can be copied. */
const most = { characters: 100_000, lines: 10_000 };

export interface ValueProps {
  readonly marked: MarkedText;
  /** What it is the value of, for who can't see that. */
  readonly name: string;
}

/** Text from a span, made visible; long text is folded until the reader asks for all. */
export function Value({ marked, name }: ValueProps) {
  const [all, setAll] = useState(false);
  const shown = beginningOf(marked, all ? most : folded);
  const isCut = shown !== marked;
  const size = formatCount(marked.reduce((sum, { text }) => sum + text.length, 0));
  return (
    <>
      <span
        class={all ? 'value value-all' : 'value'}
        {...(all && { tabIndex: 0, role: 'group', 'aria-label': name })}
      >
        {shown.map(({ kind, text }, index) =>
          kind === 'plain' ? (
            visibleLines(text)
          ) : (
            <span key={index} class={`mark-${kind}`}>
              {visibleLines(text)}
            </span>
          ),
        )}
        {isCut && '…'}
      </span>
      {isCut && all && (
        <span class="value-rest">{message('{0} characters; copy to see all', size)}</span>
      )}
      {(isCut || all) && (
        <button type="button" class="link" onClick={() => setAll(!all)}>
          {all ? message('Show less') : message('Show all ({0} characters)', size)}
        </button>
      )}
    </>
  );
}

/** Says for a moment that it copied. */
export function CopyButton({
  name,
  onCopy,
  tabIndex,
}: {
  /** What is copied, for the button's label. */
  readonly name: string;
  readonly onCopy: () => void;
  readonly tabIndex?: number;
}) {
  const [copied, setCopied] = useState(false);
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      label={message('Copy {0}', name)}
      {...(tabIndex !== undefined && { tabIndex })}
      onClick={() => {
        onCopy();
        setCopied(true);
        window.setTimeout(() => setCopied(false), 1_200);
      }}
    />
  );
}
