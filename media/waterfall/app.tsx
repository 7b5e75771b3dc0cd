import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { message } from '../../src/core/base/message.ts';
import { rowAt } from '../../src/core/waterfall/rows.ts';
import { Icon } from './icons.tsx';
import type { Host } from './host.ts';
import type { WaterfallModel } from './model.ts';
import { Notices, Notification } from './notices.tsx';
import { Summary } from './summary.tsx';
import { Toolbar } from './toolbar.tsx';
import { Body } from './body.tsx';
import { Minimap } from './timeline/minimap.tsx';
import type { PageActions } from './actions.ts';

export interface AppProps {
  readonly model: WaterfallModel;
  readonly host: Host;
  readonly actions: PageActions;
}

export function App({ model, host, actions }: AppProps) {
  const [, redraw] = useState(0);
  // Before the browser paints: the trace may come sooner than an effect would listen.
  useLayoutEffect(() => {
    const listening = model.changed(() => redraw(model.generation));
    return () => listening.dispose();
  }, [model]);
  const tree = useRef<HTMLDivElement>(null);
  const { trace } = model;
  if (!trace) return <Waiting model={model} retry={actions.retry} />;
  const focusTree = () => {
    if (model.selected === undefined) model.select(rowAt(model.rows, 0));
    tree.current?.focus();
  };
  return (
    <div class={model.onlyCritical ? 'page only-critical' : 'page'}>
      <Summary model={model} trace={trace} copy={actions.copy} />
      <Notices model={model} trace={trace} />
      <Toolbar model={model} focusTree={focusTree} />
      <Minimap model={model} trace={trace} />
      <Body model={model} trace={trace} host={host} actions={actions} tree={tree} />
      <Notification model={model} />
      <div class="spoken" role="status" aria-live="polite">
        {model.announcement}
      </div>
    </div>
  );
}

/** Before there is a trace: on its way, or why it isn't. */
function Waiting({ model, retry }: { model: WaterfallModel; retry: () => void }) {
  if (model.failure === '')
    return (
      <div class="waiting" role="status">
        <div class="waiting-bars" aria-hidden="true">
          {[0, 1, 2, 3, 4, 5].map((bar) => (
            <div key={bar} class={`waiting-bar waiting-bar-${bar}`} />
          ))}
        </div>
        <h1>{message('Loading the trace…')}</h1>
      </div>
    );
  return (
    <div class="waiting waiting-failed" role="alert">
      <Icon name="error" />
      <h1>{message("Can't open the trace")}</h1>
      <p>{model.failure}</p>
      <button type="button" class="button" onClick={retry}>
        {message('Try again')}
      </button>
    </div>
  );
}
