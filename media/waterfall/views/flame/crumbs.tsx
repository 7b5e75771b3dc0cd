import { message } from '../../../../src/core/base/message.ts';
import { pathOf, type FlameLayout } from '../../../../src/core/waterfall/flame/flameLayout.ts';
import type { PageTrace } from '../../openTrace.ts';
import { nodeName } from './flameTexts.ts';

/** Of a longer way only its end is written out. */
const longest = 5;

interface CrumbsProps {
  readonly trace: PageTrace;
  readonly layout: FlameLayout;
  readonly zoomed: number;
  readonly zoomTo: (node: number) => void;
}

/** The way to the node that is zoomed to, each step a way back. */
export function Crumbs({ trace, layout, zoomed, zoomTo }: CrumbsProps) {
  const path = pathOf(layout.tree, zoomed);
  const shown = path.length > longest ? path.slice(1 - longest) : path.slice(1);
  return (
    <nav aria-label={message('Zoom')}>
      <ol class="crumbs">
        <li>
          {zoomed === 0 ? (
            <span aria-current="true">{message('Entire trace')}</span>
          ) : (
            <button type="button" class="link" onClick={() => zoomTo(0)}>
              {message('Entire trace')}
            </button>
          )}
        </li>
        {shown.length < path.length - 1 && (
          <li>
            <span>…</span>
          </li>
        )}
        {shown.map((node) => (
          <li key={node}>
            {node === zoomed ? (
              <span aria-current="true">{nodeName(trace, layout, node)}</span>
            ) : (
              <button type="button" class="link" onClick={() => zoomTo(node)}>
                {nodeName(trace, layout, node)}
              </button>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
