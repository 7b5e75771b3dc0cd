import { useLayoutEffect, useRef } from 'preact/hooks';
import { message } from '../../src/core/base/message.ts';
import { IconButton } from './button.tsx';

type Line = readonly [keys: string, meaning: string];

/** All keys of the page, over it until Escape. */
export function KeySheet({ close }: { readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="key-sheet"
      ref={dialog}
      aria-labelledby="key-sheet-title"
      onClose={close}
      onClick={(event: MouseEvent) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <header>
        <h2 id="key-sheet-title">{message('Keyboard shortcuts')}</h2>
        <IconButton icon="close" label={message('Close')} onClick={() => dialog.current?.close()} />
      </header>
      <div class="key-groups">
        {groups().map(({ title, lines }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map(([keys, meaning]) => (
                <div key={keys}>
                  <dt>
                    {keys.split(' ').map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}

const groups = (): readonly { readonly title: string; readonly lines: readonly Line[] }[] => [
  {
    title: message('Spans'),
    lines: [
      ['↑ ↓', message('previous, next row')],
      ['Home End', message('first, last row')],
      ['PageUp PageDown', message('a page up, down')],
      ['← →', message('collapse or go up; expand or go down')],
      ['Enter', message('open the line')],
      ['Space', message('details')],
    ],
  },
  {
    title: message('Rows'),
    lines: [
      ['r', message('as opened')],
      ['a', message('all spans')],
      ['e *', message('expand one level, all')],
      ['c', message('collapse all')],
      ['E S', message('expand to errors, to slow spans')],
      ['f', message('only the selected span and below')],
      ['g', message('group repeated spans')],
      ['u U', message('undo, redo')],
    ],
  },
  {
    title: message('Find'),
    lines: [
      ['/', message('filter')],
      ['n N', message('next, previous match')],
      ['x X', message('next, previous error')],
      ['m', message('only matches, or all spans')],
      ['Esc', message('clear the filter')],
    ],
  },
  {
    title: message('Time'),
    lines: [
      ['+ -', message('zoom in, out')],
      ['z', message('zoom to the span')],
      ['0', message('entire trace')],
      ['⇧← ⇧→', message('earlier, later')],
      ['Ctrl+wheel', message('zoom at the pointer')],
    ],
  },
  {
    title: message('Page'),
    lines: [
      ['1 2 …', message('views of the trace')],
      ['o', message('in a comparison: open the line')],
      ['?', message('this list')],
    ],
  },
];
